import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { TimeIndex } from './time-index.js';
import type { TimeEntry } from './time-index.js';

function anEntry(id: number, startSec: number, lengthSec: number): TimeEntry<number> {
  return { id: String(id).padStart(6, '0'), startSec, endSec: startSec + lengthSec, value: id };
}

function byNewest(left: TimeEntry<number>, right: TimeEntry<number>): number {
  return right.startSec - left.startSec || (left.id < right.id ? 1 : -1);
}

const times = fc.tuple(fc.nat(50), fc.oneof(fc.nat(3), fc.nat(100)));

describe('TimeIndex', () => {
  it('finds in a window what a scan of everything finds, newest first', () => {
    fc.assert(
      fc.property(
        fc.array(times, { maxLength: 1500, size: 'max' }),
        fc.nat(40),
        fc.nat(40),
        fc.nat(3),
        (starts, fromSec, lengthSec, removeEvery) => {
          const index = new TimeIndex<number>();
          const entries = starts.map(([startSec, endSec], id) => anEntry(id, startSec, endSec));
          for (const entry of entries) index.add(entry);
          const isKept = (_entry: unknown, position: number): boolean =>
            removeEvery === 0 || position % removeEvery > 0;
          for (const removed of entries.filter((entry, position) => !isKept(entry, position)))
            index.remove(removed);
          const kept = entries.filter(isKept);

          const window = { startSec: fromSec, endSec: fromSec + lengthSec };
          const expected = kept
            .filter(({ startSec, endSec }) => startSec < window.endSec && endSec >= window.startSec)
            .sort(byNewest);

          expect([...index.newestFirst(window)]).toEqual(expected);
          expect(index.size).toBe(kept.length);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('goes on behind a position, also among entries that start together', () => {
    const index = new TimeIndex<number>();
    for (let id = 0; id < 2000; id += 1) index.add(anEntry(id, Math.floor(id / 100), 0));
    const window = { startSec: 0, endSec: 100 };

    const seen: number[] = [];
    let before: TimeEntry<number> | undefined;
    for (let page = 0; page < 40; page += 1) {
      const found = index.newestFirst(window, before);
      for (let count = 0; count < 50; count += 1) {
        const { value } = found.next() as IteratorYieldResult<TimeEntry<number>>;
        seen.push(value.value);
        before = value;
      }
    }

    expect(seen).toEqual(Array.from({ length: 2000 }, (_, id) => 1999 - id));
    expect([...index.newestFirst(window, before)]).toEqual([]);
  });

  it('looks only at the chunks that a window can be in', () => {
    const index = new TimeIndex<number>();
    let reads = 0;
    for (let id = 0; id < 20_000; id += 1) {
      const { startSec, ...entry } = anEntry(id, id, 1);
      const endSec = startSec + 1;
      index.add({
        ...entry,
        startSec,
        get endSec() {
          reads += 1;
          return endSec;
        },
      });
    }
    reads = 0;

    const found = [...index.newestFirst({ startSec: 10_000, endSec: 10_010 })];

    expect(found).toHaveLength(11);
    expect(reads).toBeLessThan(1100);
  });

  it('does not take out what it does not hold', () => {
    const index = new TimeIndex<number>();
    index.add(anEntry(1, 5, 1));

    expect(index.remove(anEntry(1, 5, 1))).toBe(false);
    expect(index.remove(anEntry(2, 0, 1))).toBe(false);
    expect(index.size).toBe(1);
  });
});
