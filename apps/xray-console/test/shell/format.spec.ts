import { describe, expect, it } from '@jest/globals';
import { formatAge, formatDateTime, formatShare, formatSpan, formatTime, plural } from '../../src/format.js';
import { sortRows } from '../../src/ui/sort-rows.js';
import { parseLocalDateTime, toLocalDateTime } from '../../src/ui/local-date-time.js';

describe('formats', () => {
  it.each([
    [0, 10, '0 %'],
    [0, 0, '0 %'],
    [1, 10, '10 %'],
    [1, 3, '33 %'],
    [1, 30, '3.3 %'],
    [1, 5000, '<0.1 %'],
    [9999, 10_000, '99.9 %'],
    [10, 10, '100 %'],
  ])('%i of %i is %s', (count, total, text) => {
    expect(formatShare(count, total)).toBe(text);
  });

  it('tell times and spans', () => {
    const noon = new Date(2026, 10, 22, 12, 5, 9).getTime() / 1000;

    expect(formatTime(noon)).toBe('12:05:09');
    expect(formatDateTime(noon)).toBe('2026-11-22 12:05:09');
    expect([90, 300, 3600, 21_600].map(formatSpan)).toEqual(['90 seconds', '5 minutes', '1 hour', '6 hours']);
    expect([0.2, 5, 61, 7300].map(formatAge)).toEqual(['just now', '5 s ago', '1 min ago', '2 h ago']);
    expect([1, 2].map((count) => plural(count, 'trace'))).toEqual(['1 trace', '2 traces']);
  });

  it('fill a date field and read it', () => {
    expect(parseLocalDateTime(toLocalDateTime(1_795_341_600))).toBe(1_795_341_600);
    expect(parseLocalDateTime('')).toBeUndefined();
  });
});

describe('sortRows', () => {
  const rows = [{ v: 2 }, { v: undefined }, { v: 10 }, { v: 1 }];

  it('sorts both ways, and puts what has no value last', () => {
    const sorted = (direction: 'ascending' | 'descending') =>
      sortRows(rows, ({ v }) => v, direction).map(({ v }) => v);

    expect(sorted('ascending')).toEqual([1, 2, 10, undefined]);
    expect(sorted('descending')).toEqual([10, 2, 1, undefined]);
  });

  it('leaves the order as it is where nothing sorts', () => {
    expect(sortRows(rows, undefined, 'ascending')).toEqual(rows);
  });
});
