import { describe, expect, it } from '@jest/globals';
import type { SegmentDocument } from '#xray-model';
import { assembleTrace } from '#xray-model';
import type { RawTrace } from '../src/api/xray-client.js';
import { createLinkSearch } from '../src/trace/linked-traces.js';
import { createTraceLoader } from '../src/trace/load-trace.js';
import { formatRawTrace } from '../src/trace/raw-trace.js';
import { tracePollMs } from '../src/trace/trace-polling.js';
import { node, summary } from './summaries.js';

const START = 1_700_000_000;
const POST_ID = '1-6553f100-000000000000000000000001';
const CONSUMER_ID = '1-6553f100-000000000000000000000002';
const OTHER_ID = '1-6553f100-000000000000000000000003';
const PUBLISH = 'b'.repeat(16);
const signal = new AbortController().signal;

const post: SegmentDocument = {
  id: 'a'.repeat(16),
  name: 'signup-api',
  trace_id: POST_ID,
  start_time: START,
  end_time: START + 1,
  http: { request: { method: 'POST', url: 'http://a/signup' } },
  subsegments: [{ id: PUBLISH, name: 'SNS', namespace: 'aws', start_time: START, end_time: START + 1 }],
};
const consumer: SegmentDocument = {
  id: 'c'.repeat(16),
  name: 'notifier',
  trace_id: CONSUMER_ID,
  start_time: START + 2,
  end_time: START + 3,
  links: [{ trace_id: POST_ID, id: PUBLISH }],
};
const other: SegmentDocument = { ...post, id: 'd'.repeat(16), trace_id: OTHER_ID };

function rawTrace(document: SegmentDocument): RawTrace {
  return { Id: document.trace_id!, Segments: [{ Id: document.id, Document: JSON.stringify(document) }] };
}

function server(...documents: SegmentDocument[]) {
  const asked: string[][] = [];
  const search = createLinkSearch({
    readSummaries: async () => ({
      TraceSummaries: documents.map((document) =>
        summary(document.trace_id!, {
          StartTime: document.start_time,
          ServiceIds: document.links === undefined ? [node(document.name, 'client')] : [node(document.name)],
        }),
      ),
      TracesProcessedCount: documents.length,
      ApproximateTime: 0,
    }),
    readTraces: async (ids) => {
      asked.push([...ids]);
      return documents.filter(({ trace_id: id }) => ids.includes(id!)).map(rawTrace);
    },
  });
  return { search, asked };
}

describe('linked traces', () => {
  it('lead from a sign-up to the trace that took up its message', async () => {
    const { search } = server(other, post, consumer);
    const links = await search.find(assembleTrace(POST_ID, [post]), START + 10, signal);

    expect(links).toEqual([
      {
        id: CONSUMER_ID,
        direction: 'later',
        title: 'notifier',
        service: 'notifier',
        startTimeSec: START + 2,
        entityIds: [PUBLISH],
      },
    ]);
  });

  it('lead back from there to the sign-up', async () => {
    const { search } = server(other, post, consumer);
    const links = await search.find(assembleTrace(CONSUMER_ID, [consumer]), START + 10, signal);

    expect(links).toEqual([
      expect.objectContaining({
        id: POST_ID,
        direction: 'earlier',
        title: 'POST /signup',
        entityIds: [consumer.id],
      }),
    ]);
  });

  it('say so when the other trace is gone', async () => {
    const { search } = server(consumer);
    const [link] = await search.find(assembleTrace(CONSUMER_ID, [consumer]), START + 10, signal);
    expect(link).toMatchObject({ id: POST_ID, title: 'not here, or no longer' });
  });

  it('look first where no client began, and at nothing twice', async () => {
    const { search, asked } = server(other, post, consumer);
    const trace = assembleTrace(POST_ID, [post]);
    await search.find(trace, START + 10, signal);
    expect(asked).toEqual([[CONSUMER_ID, OTHER_ID]]);

    const again = await search.find(trace, START + 10, signal);
    expect(asked).toHaveLength(1);
    expect(again).toHaveLength(1);
  });
});

describe('loading a trace', () => {
  it('gives the same object until something new arrives', async () => {
    let documents = [post];
    const load = createTraceLoader(POST_ID, async () => [
      { Id: POST_ID, Segments: documents.map((document) => rawTrace(document).Segments[0]!) },
    ]);
    const first = await load(signal);
    expect(await load(signal)).toBe(first);
    documents = [post, { ...post, id: 'e'.repeat(16) }];
    expect((await load(signal))?.trace.segments).toHaveLength(3);
  });

  it('answers nothing while there is no such trace', async () => {
    const load = createTraceLoader(POST_ID, async () => []);
    expect(await load(signal)).toBeUndefined();
  });

  it('looks again soon for what is young or partial, and no more at what is finished', async () => {
    const load = createTraceLoader(POST_ID, async () => [rawTrace(post)]);
    const loaded = await load(signal);
    expect(tracePollMs(undefined, 0)).toBe(1_000);
    expect(tracePollMs(loaded, (START + 5) * 1_000)).toBe(1_000);
    expect(tracePollMs(loaded, (START + 500) * 1_000)).toBeNull();
  });
});

describe('raw data', () => {
  it('shows documents as JSON and not as text inside it', () => {
    const { Segments } = JSON.parse(formatRawTrace(rawTrace(post))) as { Segments: { Document: unknown }[] };
    expect(Segments[0]?.Document).toEqual(post);
  });
});
