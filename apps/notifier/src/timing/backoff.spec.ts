import { describe, expect, it } from '@jest/globals';
import { Backoff } from './backoff.js';

describe('Backoff', () => {
  it('doubles from the first wait to the longest, and begins anew after a reset', () => {
    const backoff = new Backoff(1000, 10_000);

    const waits = Array.from({ length: 6 }, () => backoff.nextMs());
    backoff.reset();

    expect(waits).toEqual([1000, 2000, 4000, 8000, 10_000, 10_000]);
    expect(backoff.nextMs()).toBe(1000);
  });
});
