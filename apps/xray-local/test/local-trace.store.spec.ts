import { describe, expect, it } from '@jest/globals';
import { toSegmentHead } from '#xray-model';
import type { SegmentDocument } from '#xray-model';
import { LocalTraceStore } from '../src/store/local-trace.store.js';
import type { LocalTraceStoreOptions } from '../src/store/local-trace.store.js';
import { MAX_TRACE_BYTES } from '../src/store/trace-record.js';
import type { StorableDocument } from '../src/store/trace.store.js';
import { aSegment, aTraceId, BASE_SEC } from './segment-documents.js';

function createStore(options: Partial<LocalTraceStoreOptions> = {}): LocalTraceStore {
  return new LocalTraceStore({ maxTraces: 100, maxBytes: 1e9, retentionMs: 1e9, ...options });
}

/** JSON may end in white space, which makes a document of any length. */
function storable(document: SegmentDocument, documentBytes = 300): StorableDocument {
  return { ...toSegmentHead(document), text: JSON.stringify(document).padEnd(documentBytes) };
}

const everything = { startSec: 0, endSec: 5e9 };

function storedIds(store: LocalTraceStore): string[] {
  return Array.from(store.find({ window: everything, by: 'activity' }), ({ id }) => id);
}

describe('LocalTraceStore', () => {
  it('shows a document as soon as it is put', () => {
    const store = createStore();

    store.put([storable(aSegment(1))]);

    expect(store.get(aTraceId(1))!.trace.segments).toHaveLength(1);
    expect(storedIds(store)).toEqual([aTraceId(1)]);
    expect(store.counts()).toMatchObject({ traces: 1, documents: 1, documentBytes: 300 });
  });

  it('assembles a trace once, and again after a new document', () => {
    const store = createStore();
    store.put([storable(aSegment(1))]);
    const stored = store.get(aTraceId(1))!;
    const { trace, summary, contribution } = stored;

    expect(stored.trace).toBe(trace);
    expect(stored.summary).toBe(summary);
    expect(stored.contribution).toBe(contribution);
    expect(summary.Revision).toBe(1);

    store.put([storable(aSegment(2, { trace_id: aTraceId(1), parent_id: aSegment(1).id }))]);

    expect(stored.trace.segments).toHaveLength(2);
    expect(stored.summary.Revision).toBe(2);
    expect(stored.contribution).not.toBe(contribution);
  });

  it.each([
    ['before', false],
    ['after', true],
  ])('keeps the complete document when the one in progress comes %s it', (_case, isReversed) => {
    const store = createStore();
    const complete = aSegment(1);
    const { end_time: _endTime, ...rest } = complete;
    const documents = [storable({ ...rest, in_progress: true }, 310), storable(complete, 320)];

    store.put(isReversed ? documents.toReversed() : documents);

    expect(store.get(aTraceId(1))!.trace.isPartial).toBe(false);
    expect(store.counts()).toMatchObject({ documents: 1, documentBytes: 320 });
  });

  it('moves a trace in time when an earlier document arrives or one is replaced', () => {
    const store = createStore();
    store.put([storable(aSegment(1, { start_time: BASE_SEC }))]);
    const earlier = { start_time: BASE_SEC - 500, trace_id: aTraceId(1) };
    const before = { window: { startSec: BASE_SEC - 500, endSec: BASE_SEC - 100 }, by: 'activity' as const };

    store.put([storable(aSegment(2, earlier))]);
    expect([...store.find(before)]).toHaveLength(1);

    store.put([storable(aSegment(2, { ...earlier, start_time: BASE_SEC - 1 }))]);
    expect([...store.find(before)]).toHaveLength(0);
    expect(storedIds(store)).toHaveLength(1);
  });

  it('finds a long trace in every window that it reaches into', () => {
    const store = createStore();
    store.put([storable(aSegment(1, { start_time: BASE_SEC, end_time: BASE_SEC + 7200 }))]);

    const window = { startSec: BASE_SEC + 3600, endSec: BASE_SEC + 3660 };

    expect([...store.find({ window, by: 'activity' })]).toHaveLength(1);
    expect([...store.find({ window, by: 'id' })]).toHaveLength(0);
  });

  it('places a trace by the time in its id, and by its start when the id tells no plausible time', () => {
    const store = createStore();
    const said = aTraceId(1, BASE_SEC - 60);
    const random = aTraceId(2, 'f0f0f0f0');
    store.put([storable(aSegment(1, { trace_id: said })), storable(aSegment(2, { trace_id: random }))]);
    const idsIn = (startSec: number): string[] =>
      Array.from(store.find({ window: { startSec, endSec: startSec + 10 }, by: 'id' }), ({ id }) => id);

    expect(idsIn(BASE_SEC - 60)).toEqual([said]);
    expect(idsIn(BASE_SEC)).toEqual([random]);
  });

  it('drops and counts the traces that were quiet for the longest when there are too many', () => {
    const store = createStore({ maxTraces: 2 });
    store.put([storable(aSegment(1))]);
    store.put([storable(aSegment(2))]);
    store.put([storable(aSegment(9, { trace_id: aTraceId(1) }))]);

    store.put([storable(aSegment(3))]);

    expect(storedIds(store).sort()).toEqual([aTraceId(1), aTraceId(3)]);
    expect(store.get(aTraceId(2))).toBeUndefined();
    expect(store.counts()).toMatchObject({
      documents: 3,
      evictedTraces: { count: 1, bytes: 0, retention: 0 },
    });
  });

  it('drops and counts traces when the documents are too large together', () => {
    const store = createStore({ maxBytes: 1000 });
    for (let number = 1; number <= 5; number += 1) store.put([storable(aSegment(number), 300)]);

    expect(storedIds(store).sort()).toEqual([3, 4, 5].map((number) => aTraceId(number)));
    expect(store.counts()).toMatchObject({ documentBytes: 900, evictedTraces: { bytes: 2 } });
  });

  it('drops and counts traces that have received nothing for the retention time', () => {
    let nowMs = 0;
    const store = createStore({ retentionMs: 1000, now: () => nowMs });
    store.put([storable(aSegment(1)), storable(aSegment(2))]);
    nowMs = 900;
    store.put([storable(aSegment(9, { trace_id: aTraceId(1) }))]);

    nowMs = 1500;

    expect(store.get(aTraceId(2))).toBeUndefined();
    expect(storedIds(store)).toEqual([aTraceId(1)]);
    expect(store.counts().evictedTraces).toEqual({ count: 0, bytes: 0, retention: 1 });
  });

  it('refuses documents of a trace that has become too large, and says so on the trace', () => {
    const store = createStore();
    store.put([storable(aSegment(1), MAX_TRACE_BYTES - 300)]);
    const late = storable(aSegment(2, { trace_id: aTraceId(1) }), 301);

    expect(store.put([late])).toEqual([late]);

    expect(store.get(aTraceId(1))).toMatchObject({ isLimitExceeded: true });
    expect(store.counts()).toMatchObject({ documents: 1 });
  });

  it('has every document of far more than it keeps at hand, and takes more for any trace', () => {
    const store = createStore({ maxTraces: 1000 });
    const documentOf = (number: number) => aSegment(number, { annotations: { text: `ä💥 ${number}` } });
    for (let number = 1; number <= 300; number += 1) store.put([storable(documentOf(number), 60_000)]);

    store.put([storable(aSegment(999, { trace_id: aTraceId(1), parent_id: aSegment(1).id }))]);

    for (let number = 1; number <= 300; number += 1) {
      const { trace } = store.get(aTraceId(number))!;
      expect(trace.segments).toHaveLength(number === 1 ? 2 : 1);
      expect(trace.entities.get(documentOf(number).id)!.document).toEqual(documentOf(number));
    }
    expect(store.counts()).toMatchObject({ traces: 300, documents: 301, documentBytes: 18_000_300 });
  });

  it('works in slices on what queries will ask for, until nothing is left', () => {
    const store = createStore();
    for (let number = 1; number <= 50; number += 1) store.put([storable(aSegment(number))]);
    const { contribution } = store.get(aTraceId(1))!;
    let slices = 0;

    while (store.hasWork) {
      store.workFor(0);
      slices += 1;
    }

    expect(slices).toBe(49);
    expect(store.get(aTraceId(1))!.contribution).toBe(contribution);
    store.put([storable(aSegment(60, { trace_id: aTraceId(1) }))]);
    expect(store.hasWork).toBe(true);
  });
});
