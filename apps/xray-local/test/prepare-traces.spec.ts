import { describe, expect, it } from '@jest/globals';
import { prepareTraces } from '../src/api/prepare-traces.js';
import type { StoredTrace, TraceStore } from '../src/store/trace.store.js';

const QUERY = { window: { startSec: 0, endSec: 60 }, by: 'activity' } as const;
const PREPARE_MS = 2;

/** As much of a stored trace as is asked for; working it out holds up the process. */
class SlowTrace implements Pick<StoredTrace, 'id' | 'isPrepared' | 'prepare'> {
  preparedCount = 0;

  constructor(
    readonly id: string,
    public isPrepared = false,
  ) {}

  prepare(): void {
    const endMs = performance.now() + PREPARE_MS;
    while (performance.now() < endMs);
    this.preparedCount += 1;
    this.isPrepared = true;
  }
}

function storeOf(traces: Map<string, SlowTrace>): TraceStore {
  return {
    find: () => traces.values() as unknown as Iterable<StoredTrace>,
    get: (id: string) => traces.get(id) as unknown as StoredTrace,
  } as unknown as TraceStore;
}

function someTraces(count: number): Map<string, SlowTrace> {
  const ids = Array.from({ length: count }, (_, index) => String(index));
  return new Map(ids.map((id) => [id, new SlowTrace(id)]));
}

describe('prepareTraces', () => {
  it('lets others be answered in between', async () => {
    const traces = someTraces(40);
    let isDone = false;
    let answers = 0;
    const answer = (): void => {
      answers += 1;
      if (!isDone) setImmediate(answer);
    };
    setImmediate(answer);

    await prepareTraces(storeOf(traces), QUERY);
    isDone = true;

    expect([...traces.values()].every(({ isPrepared }) => isPrepared)).toBe(true);
    expect(answers).toBeGreaterThan(2);
  });

  it('leaves out what is prepared, and what has gone or was replaced meanwhile', async () => {
    const traces = someTraces(20);
    const [ready, , ...others] = [...traces.values()];
    const [gone, replaced] = others.slice(-2);
    if (ready) ready.isPrepared = true;

    const preparing = prepareTraces(storeOf(traces), QUERY);
    traces.delete(gone?.id ?? '');
    traces.set(replaced?.id ?? '', new SlowTrace(replaced?.id ?? ''));
    await preparing;

    expect([ready, gone, replaced].map((trace) => trace?.preparedCount)).toEqual([0, 0, 0]);
    expect(others[0]?.preparedCount).toBe(1);
  });
});
