import { describe, expect, it } from '@jest/globals';
import { computed, signal } from '../../src/state/signal.js';

describe('computed', () => {
  it('is worked out anew after a change, and not before', () => {
    const price = signal(2);
    let workCount = 0;
    const total = computed(() => {
      workCount += 1;
      return price.value * 3;
    });

    expect([total.value, total.value, workCount]).toEqual([6, 6, 1]);
    price.value = 2;
    expect([total.value, workCount]).toEqual([6, 1]);
    price.value = 5;
    expect([total.value, workCount]).toEqual([15, 2]);
  });

  it('may follow from others, and keeps what it made as long as nothing changes', () => {
    const name = signal('a');
    const list = computed(() => [name.value]);
    const pair = computed(() => ({ list: list.value }));
    const before = pair.value;

    expect(pair.value).toBe(before);
    name.value = 'b';
    expect(pair.value.list).toEqual(['b']);
  });
});
