import { describe, expect, it } from '@jest/globals';
import { matchesArn, matchesWildcard } from './wildcard.js';

describe('matchesWildcard', () => {
  it.each([
    ['*', '', true],
    ['', '', true],
    ['', 'a', false],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['a*c', 'ac', true],
    ['a*c', 'abcabc', true],
    ['a*b*c', 'a-b-b-c-c', true],
    ['*ab', 'aab', true],
    ['a*c', 'abcd', false],
    ['a.c', 'abc', false],
    ['Abc', 'abc', false],
    ['***', 'anything', true],
  ])('compares the pattern "%s" with "%s": %s', (pattern, text, expected) => {
    expect(matchesWildcard(pattern, text)).toBe(expected);
  });

  it('does not run away on a pattern of many stars', () => {
    const startedMs = performance.now();

    expect(matchesWildcard('*a'.repeat(200) + 'b', 'a'.repeat(20_000))).toBe(false);
    expect(performance.now() - startedMs).toBeLessThan(1000);
  });
});

describe('matchesArn', () => {
  it.each([
    ['arn:aws:sns:*:000000000000:signups', 'arn:aws:sns:us-east-1:000000000000:signups', true],
    ['arn:aws:sns:*:signups', 'arn:aws:sns:us-east-1:000000000000:signups', false],
    ['arn:aws:*:signups', 'arn:aws:sns:us-east-1:000000000000:signups', false],
    ['arn:aws:iam::000000000000:role/*', 'arn:aws:iam::000000000000:role/a:b', true],
    ['*', 'arn:aws:iam::000000000000:role/a', false],
  ])('compares %s with %s: %s', (pattern, arn, expected) => {
    expect(matchesArn(pattern, arn)).toBe(expected);
  });
});
