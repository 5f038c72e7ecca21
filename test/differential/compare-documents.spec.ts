import { describe, expect, it } from '@jest/globals';
import { compareDocuments } from './compare-documents.js';

const ID = 'aaaaaaaaaaaaaaaa';
const document = (fields: object): string => JSON.stringify({ name: 'a', id: ID, ...fields });
const exceptions = (...ids: string[]): object => ({
  cause: { exceptions: ids.map((id, index) => ({ id, ...(ids[index + 1] && { cause: ids[index + 1] }) })) },
});

describe('documents of the exporter and of X-Ray Local', () => {
  it('are the same in another order of keys', () => {
    expect(compareDocuments(['{"a":1,"b":{"c":2,"d":3}}\n'], ['{"b":{"d":3,"c":2},"a":1}'])).toEqual([]);
  });

  it('differ by a value, a key, and a missing document', () => {
    expect(compareDocuments([document({ x: [1] })], [document({ x: [2] })])).toEqual([
      { path: '[0].x[0]', exporter: '1', ours: '2' },
    ]);
    expect(compareDocuments([document({ x: null })], [document({})])).toHaveLength(1);
    expect(compareDocuments([document({})], [])).toHaveLength(1);
  });

  it('differ by the type of a value', () => {
    expect(compareDocuments([document({ x: 1 })], [document({ x: '1' })])).toHaveLength(1);
  });

  it('differ by a digit that a number does not hold, except where X-Ray itself has doubles', () => {
    const texts = (field: string): [string[], string[]] => [
      [`{"${field}":{"n":9007199254740993}}`],
      [`{"${field}":{"n":9007199254740992}}`],
    ];

    expect(compareDocuments(...texts('metadata'))).toHaveLength(1);
    expect(compareDocuments(...texts('annotations'))).toEqual([]);
  });

  it('differ by a property of a prototype', () => {
    const own = ['{"metadata":{"default":{"__proto__":1,"toString":1}}}'];

    expect(compareDocuments(own, ['{"metadata":{"default":{"toString":1}}}'])).toHaveLength(1);
  });

  it('may have other ids of exceptions, but not another chain of causes', () => {
    const [first, second, third] = ['1', '2', '3'].map((digit) => digit.repeat(16)) as [
      string,
      string,
      string,
    ];
    const theirs = [document(exceptions(first, second))];

    expect(compareDocuments(theirs, [document(exceptions(second, third))])).toEqual([]);
    expect(compareDocuments(theirs, [document(exceptions(second, second))])).toHaveLength(1);
  });

  it('may have another id of the segment around a local root, which its subsegment must name', () => {
    const pair = (id: string, parentId: string): string[] => [
      document({ parent_id: parentId }),
      JSON.stringify({ name: 'service', id }),
    ];
    const [one, other] = ['1'.repeat(16), '2'.repeat(16)] as [string, string];

    expect(compareDocuments(pair(one, one), pair(other, other))).toEqual([]);
    expect(compareDocuments(pair(one, one), pair(other, one))).toHaveLength(1);
  });

  it('must not have a fixed id replaced', () => {
    expect(compareDocuments([document({})], [document({ id: 'b'.repeat(16) })])).toHaveLength(1);
  });
});
