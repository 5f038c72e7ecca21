import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MAX_SEGMENT_BYTES, toSegmentHead } from '#xray-model';
import type { SegmentDocument } from '#xray-model';
import { EvictionReport } from '../src/report/eviction-report.js';
import { ArchiveError, ArchiveTakenError } from '../src/store/trace-archive.js';
import { DATABASE_FILE, openStores } from '../src/store/open-stores.js';
import type { Stores, StoreSettings } from '../src/store/open-stores.js';
import type { StorableDocument } from '../src/store/trace.store.js';
import { aSegment, aTraceId } from './segment-documents.js';

const everything = { window: { startSec: 0, endSec: 5e9 }, by: 'activity' as const };

function storable(document: SegmentDocument, padTo = 0): StorableDocument {
  return { ...toSegmentHead(document), text: JSON.stringify(document).padEnd(padTo) };
}

function storedIds({ traces }: Stores): string[] {
  return Array.from(traces.find(everything), ({ id }) => id).sort();
}

describe('stored traces', () => {
  let dataDir: string;
  let logLines: { level: string; message: string; fields: object }[];
  let open: Stores[];

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'xray-local-store-'));
    logLines = [];
    open = [];
  });
  afterEach(() => {
    for (const { close } of open) close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  function openAll(settings: Partial<StoreSettings> = {}): Stores {
    const log = (level: string, message: string, fields = {}): void =>
      void logLines.push({ level, message, fields });
    const stores = openStores(
      { dataDir, maxTraces: 100, maxBytes: 1e9, retentionMs: 1e12, ...settings },
      { log, evictions: new EvictionReport(log) },
    );
    open.push(stores);
    return stores;
  }

  function reopen(stores: Stores, settings: Partial<StoreSettings> = {}): Stores {
    stores.close();
    return openAll(settings);
  }

  it('are there after a restart, with all that was known of them', () => {
    const stores = openAll();
    const { start_time: startSec } = aSegment(1);
    stores.traces.put([storable(aSegment(1)), storable(aSegment(2, { start_time: startSec + 7 }))]);
    stores.traces.put([storable(aSegment(3, { trace_id: aTraceId(1), parent_id: aSegment(1).id }))]);
    const before = stores.traces.get(aTraceId(1))!;

    const after = reopen(stores);

    expect(storedIds(after)).toEqual([aTraceId(1), aTraceId(2)]);
    expect(after.traces.get(aTraceId(1))!.summary).toEqual(before.summary);
    expect(after.traces.get(aTraceId(1))!.contribution).toEqual(before.contribution);
    expect(after.traces.counts()).toMatchObject({
      traces: 2,
      documents: 3,
      disk: { unwrittenDocuments: 0, failedWrites: 0, unreadableTraces: 0 },
    });
  });

  it('take later documents after a restart as before it', () => {
    const { end_time: _end, ...rest } = aSegment(1);
    const inProgress = storable({ ...rest, in_progress: true });
    const stores = openAll();
    stores.traces.put([inProgress]);

    const second = reopen(stores);
    expect(second.traces.get(aTraceId(1))!.trace.isPartial).toBe(true);
    second.traces.put([storable(aSegment(1))]);
    second.traces.put([inProgress]);
    const third = reopen(second);

    expect(third.traces.get(aTraceId(1))!.trace.isPartial).toBe(false);
    expect(third.traces.counts()).toMatchObject({ traces: 1, documents: 1 });
  });

  it('keep any text that can be a document', () => {
    const names = ['', 'ä', '💥', '\u2028', '"', '\\', '\u001f', 'x'.repeat(MAX_SEGMENT_BYTES - 1000)];
    const annotations = Object.fromEntries(names.map((name, index) => [`key${index}`, name]));
    const stores = openAll();
    stores.traces.put([storable(aSegment(1, { annotations })), storable(aSegment(2))]);

    const { trace } = reopen(stores).traces.get(aTraceId(1))!;

    expect(trace.segments[0]!.document.annotations).toEqual(annotations);
  });

  it('answer filters from what was worked out before the restart', () => {
    const stores = openAll();
    stores.traces.put([storable(aSegment(1, { fault: true })), storable(aSegment(2))]);
    const isFault = { kind: 'boolean', keyword: 'fault', value: true } as const;
    const faultIds = ({ traces }: Stores): string[] =>
      [...traces.find(everything)].filter((stored) => stored.matches(isFault, {})).map(({ id }) => id);
    expect(faultIds(stores)).toEqual([aTraceId(1)]);

    expect(faultIds(reopen(stores))).toEqual([aTraceId(1)]);
  });

  it('that had to go stay away, and the file does not grow for them', () => {
    const limits = { maxTraces: 50, maxBytes: 300_000 };
    let stores = openAll(limits);
    for (let number = 1; number <= 2000; number += 1) stores.traces.put([storable(aSegment(number), 10_000)]);
    const { evictedTraces, traces, documentBytes } = stores.traces.counts();

    expect(traces).toBe(30);
    expect(documentBytes).toBeLessThanOrEqual(300_000);
    expect(evictedTraces.count + evictedTraces.bytes).toBe(1970);
    expect(logLines.filter(({ message }) => message.startsWith('dropped'))).toHaveLength(1);
    stores = reopen(stores, limits);
    expect(storedIds(stores)).toHaveLength(30);
    expect(storedIds(stores)).toContain(aTraceId(2000));
    stores.close();
    expect(statSync(join(dataDir, DATABASE_FILE)).size).toBeLessThan(10e6);
  });

  it('go at the start when the limits have become smaller', () => {
    const stores = openAll();
    for (let number = 1; number <= 10; number += 1) stores.traces.put([storable(aSegment(number))]);

    const smaller = reopen(stores, { maxTraces: 3 });
    smaller.traces.put([storable(aSegment(11))]);

    expect(storedIds(smaller)).toEqual([9, 10, 11].map((number) => aTraceId(number)));
    expect(smaller.traces.counts().evictedTraces.count).toBe(8);
  });

  it.each([
    ['no database at all', (bytes: Buffer) => Buffer.from('not a database'.repeat(bytes.length))],
    ['a damaged beginning', (bytes: Buffer) => bytes.fill(0xff, 100, 20_000)],
    ['cut off', (bytes: Buffer) => bytes.subarray(0, 5000)],
  ])('in a file that is %s are set aside, and new ones begun', (_case, damage) => {
    const stores = openAll();
    for (let number = 1; number <= 20; number += 1) stores.traces.put([storable(aSegment(number), 5000)]);
    stores.close();
    const file = join(dataDir, DATABASE_FILE);
    writeFileSync(file, damage(readFileSync(file)));

    const after = openAll();
    after.traces.put([storable(aSegment(50))]);

    expect(storedIds(after)).toEqual([aTraceId(50)]);
    const setAside = after.traces.counts().disk!.setAside!;
    expect(readdirSync(dataDir)).toContain(setAside.slice(dataDir.length + 1));
    expect(logLines).toContainEqual({
      level: 'error',
      message: expect.stringContaining('set aside'),
      fields: { file, setAside },
    });
    expect(storedIds(reopen(after))).toEqual([aTraceId(50)]);
  });

  it('that cannot be read back are dropped, counted and logged, and the others stay', () => {
    const stores = openAll();
    for (let number = 1; number <= 40; number += 1) {
      stores.traces.put([storable(aSegment(number, { annotations: { marker: `trace${number}` } }), 9000)]);
    }
    stores.close();
    const file = join(dataDir, DATABASE_FILE);
    const bytes = readFileSync(file);
    // The b-tree page with one pack in it: its header no longer says what it is.
    const page = Math.floor(bytes.indexOf('"marker":"trace20"') / 8192);
    bytes.fill(0xff, page * 8192, page * 8192 + 100);
    writeFileSync(file, bytes);

    const after = openAll();
    for (const stored of after.traces.find(everything)) void stored.contribution;

    const { traces, disk } = after.traces.counts();
    expect(disk!.unreadableTraces).toBeGreaterThan(0);
    expect(traces).toBe(40 - disk!.unreadableTraces);
    expect(logLines).toContainEqual(
      expect.objectContaining({ level: 'error', message: expect.stringContaining('cannot be read') }),
    );
  });

  it('belong to one process', () => {
    openAll().traces.put([storable(aSegment(1))]);

    expect(() => openAll()).toThrow(ArchiveTakenError);
    expect(() => openAll()).toThrow(/in use by another process/);
  });

  it('need a folder that can be one', () => {
    const file = join(dataDir, 'a-file');
    writeFileSync(file, '');

    expect(() => openAll({ dataDir: join(file, 'below') })).toThrow(ArchiveError);
  });

  it('have settings beside them that stay, too', () => {
    const stores = openAll();
    stores.settings.set('groups', [{ GroupName: 'slow' }]);
    stores.settings.set('groups', [{ GroupName: 'fast' }]);

    const { settings } = reopen(stores);

    expect(settings.get('groups')).toEqual([{ GroupName: 'fast' }]);
    expect(settings.get('unknown')).toBeUndefined();
  });
});
