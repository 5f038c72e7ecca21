import { describe, expect, it } from '@jest/globals';
import { TextPacker } from '../src/store/text-packer.js';

describe('TextPacker', () => {
  it('gives back what it was given, in any order, before and after it has been compressed', () => {
    const texts = Array.from({ length: 500 }, (_, index) => `${index} ä💥\u001e`.repeat(index % 97));
    texts.push('x'.repeat(1_000_000), '', 'the last one');
    const packer = new TextPacker();

    const packed = texts.map((text) => packer.pack(text));

    expect(packed.map((one) => packer.read(one))).toEqual(texts);
    expect(packed.toReversed().map((one) => packer.read(one))).toEqual(texts.toReversed());
    expect(packed.filter(({ text }) => text !== undefined).length).toBeLessThan(50);
  });

  it('keeps a fraction of what it was given', () => {
    const packer = new TextPacker();
    const packed = Array.from({ length: 1000 }, (_, index) => {
      return packer.pack(JSON.stringify({ id: index, filling: 'a service of this machine '.repeat(10) }));
    });
    const blocks = new Set(packed.map(({ block }) => block));

    let bytes = 0;
    for (const block of blocks) bytes += block?.characters.length ?? 0;

    expect(bytes).toBeLessThan(30_000);
  });
});
