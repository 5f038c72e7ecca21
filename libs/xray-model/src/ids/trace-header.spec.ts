import { describe, expect, it } from '@jest/globals';
import { formatTraceHeader, parseTraceHeader } from './trace-header.js';

const ROOT = '1-5759e988-bd862e3fe1be46a994272793';
const PARENT = '53995c3f42cd8ad8';

describe('parseTraceHeader', () => {
  it.each([
    [`Root=${ROOT};Parent=${PARENT};Sampled=1`, { root: ROOT, parent: PARENT, sampled: true }],
    [`Root=${ROOT};Parent=${PARENT};Sampled=0`, { root: ROOT, parent: PARENT, sampled: false }],
    [`Root=${ROOT}`, { root: ROOT }],
    [` sampled = 1 ; ROOT = ${ROOT.toUpperCase()} ;`, { root: ROOT, sampled: true }],
    [`Root=${ROOT};Sampled=?`, { root: ROOT, other: [['Sampled', '?']] }],
    [
      `Self=1-67891234-12456789abcdef012345678;Root=${ROOT};Lineage=a:1|b:0;=x;y`,
      {
        root: ROOT,
        other: [
          ['Self', '1-67891234-12456789abcdef012345678'],
          ['Lineage', 'a:1|b:0'],
        ],
      },
    ],
    [`Root=${ROOT};Parent=${PARENT.toUpperCase()}`, { root: ROOT, parent: PARENT }],
    [`Root=${ROOT};Parent=abc`, { root: ROOT }],
  ])('reads %s', (text, header) => {
    expect(parseTraceHeader(text)).toEqual(header);
  });

  it.each(['', 'Root=', 'Root=abc;Sampled=1', `Parent=${PARENT}`, ROOT])('finds no trace in %j', (text) => {
    expect(parseTraceHeader(text)).toBeUndefined();
  });
});

describe('formatTraceHeader', () => {
  it.each([
    `Root=${ROOT}`,
    `Root=${ROOT};Parent=${PARENT};Sampled=1`,
    `Root=${ROOT};Parent=${PARENT};Sampled=0;Lineage=a:1|b:0`,
    `Root=${ROOT};Sampled=?`,
  ])('writes %s as it was read', (text) => {
    const header = parseTraceHeader(text);

    expect(header && formatTraceHeader(header)).toBe(text);
  });
});
