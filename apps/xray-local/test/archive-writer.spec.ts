import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { toSegmentHead } from '#xray-model';
import { LocalTraceStore } from '../src/store/local-trace.store.js';
import type { ArchiveBatch, TraceArchive } from '../src/store/trace-archive.js';
import { aSegment, aTraceId } from './segment-documents.js';

function createArchive() {
  const batches: ArchiveBatch[] = [];
  const archive = {
    file: 'a file',
    failure: undefined as Error | undefined,
    loadHeads: () => [],
    readPacked: () => [],
    readDigest: () => undefined,
    write: (batch: ArchiveBatch) => {
      if (archive.failure !== undefined) throw archive.failure;
      batches.push(structuredClone(batch));
    },
    close: () => undefined,
  } satisfies TraceArchive & { failure: Error | undefined };
  return { archive, batches };
}

function createStore(archive: TraceArchive) {
  const problems: string[] = [];
  const store = new LocalTraceStore({
    maxTraces: 10,
    maxBytes: 1e9,
    retentionMs: 1e12,
    archive,
    onProblem: (message) => void problems.push(message),
  });
  const put = (number: number, padTo = 0): void => {
    const document = aSegment(number);
    store.put([{ ...toSegmentHead(document), text: JSON.stringify(document).padEnd(padTo) }]);
  };
  return { store, put, problems };
}

describe('a store with an archive', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('writes within a second, all at once', () => {
    const { archive, batches } = createArchive();
    const { store, put } = createStore(archive);

    put(1);
    put(2);
    expect(store.counts().disk).toMatchObject({ unwrittenDocuments: 2 });
    jest.advanceTimersByTime(1000);

    expect(batches.map(({ traces }) => traces.map(({ head }) => head.id))).toEqual([
      [aTraceId(1), aTraceId(2)],
    ]);
    expect(store.counts().disk).toMatchObject({ unwrittenDocuments: 0 });
  });

  it('writes at once when much is waiting', () => {
    const { archive, batches } = createArchive();
    const { put } = createStore(archive);

    for (let number = 1; number <= 9; number += 1) put(number, 500_000);

    expect(batches).toHaveLength(1);
  });

  it('keeps what could not be written, says so, and writes it when that works again', () => {
    const { archive, batches } = createArchive();
    const { store, put, problems } = createStore(archive);
    archive.failure = new Error('the disk is full');

    put(1);
    jest.advanceTimersByTime(1000);
    put(2);
    jest.advanceTimersByTime(4000);

    expect(store.counts().disk).toMatchObject({ failedWrites: 1, unwrittenDocuments: 2 });
    expect(problems).toEqual(['traces cannot be written to disk']);
    expect(store.get(aTraceId(1))!.trace.segments).toHaveLength(1);

    archive.failure = undefined;
    jest.advanceTimersByTime(5000);

    expect(batches.map(({ traces }) => traces.length)).toEqual([2]);
    expect(store.counts().disk).toMatchObject({ failedWrites: 1, unwrittenDocuments: 0 });
  });

  it('holds its limits while nothing can be written', () => {
    const { archive } = createArchive();
    const { store, put } = createStore(archive);
    archive.failure = new Error('the disk is full');

    for (let number = 1; number <= 100; number += 1) put(number, 100_000);

    expect(store.counts()).toMatchObject({
      traces: 10,
      documentBytes: 1_000_000,
      evictedTraces: { count: 90 },
    });
  });

  it('does not write what came and went in between', () => {
    const { archive, batches } = createArchive();
    const { put } = createStore(archive);

    for (let number = 1; number <= 30; number += 1) put(number);
    jest.advanceTimersByTime(1000);

    expect(batches).toHaveLength(1);
    expect(batches[0]!.traces).toHaveLength(10);
  });
});
