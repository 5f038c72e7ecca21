import { describe, expect, it } from '@jest/globals';
import type { Column } from './table.js';
import { renderTable } from './table.js';

const plain = (text: string): string => text;

function render(columns: Column[], rows: string[][], maxWidth = 80): string[] {
  return renderTable({ columns, rows, maxWidth, paintTitle: plain });
}

describe('renderTable', () => {
  it('aligns columns by their widest cell and leaves no space at the end of a line', () => {
    const lines = render(
      [{ title: 'NAME' }, { title: 'N', align: 'right' }, { title: '' }],
      [
        ['signup-api', '7', ''],
        ['SNS', '120', 'x'],
      ],
    );

    expect(lines).toEqual(['NAME          N', 'signup-api    7', 'SNS         120  x']);
  });

  it('cuts only columns that may be cut, the widest first, to fit the terminal', () => {
    const columns = [{ title: 'A', minWidth: 4 }, { title: 'B' }, { title: 'C', minWidth: 4 }];
    const lines = render(columns, [['aaaaaaaaaa', 'bbbbbbbb', 'cccccc']], 20);

    expect(lines[1]).toBe('aaa…  bbbbbbbb  ccc…');
  });

  it('rather overflows than cuts below the least width', () => {
    const lines = render([{ title: 'A', minWidth: 6 }], [['aaaaaaaaaa']], 3);

    expect(lines[1]).toBe('aaaaa…');
  });

  it('leaves out what may be when it is empty, and in order when the terminal is too narrow', () => {
    const columns = [
      { title: 'A', minWidth: 3, dropOrder: 3 },
      { title: 'B', dropOrder: 2 },
      { title: 'C', dropOrder: 1 },
      { title: 'D' },
    ];
    const rows = [['aaaa', 'bbbb', 'cccc', 'dddd']];

    expect(render(columns, rows, 22)[1]).toBe('aaaa  bbbb  cccc  dddd');
    expect(render(columns, rows, 21)[1]).toBe('aa…  bbbb  cccc  dddd');
    expect(render(columns, rows, 20)[1]).toBe('aaaa  bbbb  dddd');
    expect(render(columns, rows, 14)[1]).toBe('aaaa  dddd');
    expect(render(columns, rows, 2)[1]).toBe('dddd');
    expect(render(columns, [['a', '', 'c', '']])).toEqual(['A  C  D', 'a  c']);
  });

  it('counts wide characters as two cells and pads by what is seen', () => {
    const lines = render(
      [{ title: 'A' }, { title: 'B' }],
      [
        ['日本', 'x'],
        ['abcd', 'y'],
      ],
    );

    expect(lines.slice(1)).toEqual(['日本  x', 'abcd  y']);
  });

  it('paints the text of a cell and not its padding', () => {
    const paint = (text: string): string => `<${text}>`;
    const lines = renderTable({
      columns: [{ title: 'A', align: 'right' }],
      rows: [[{ text: '1', paint }], ['100']],
      maxWidth: 80,
      paintTitle: plain,
    });

    expect(lines).toEqual(['  A', '  <1>', '100']);
  });

  it('shows control characters instead of obeying them', () => {
    expect(render([{ title: 'A' }], [['\u001B[31mred\u0007\nnext']])[1]).toBe('\uFFFD[31mred\uFFFD next');
  });
});
