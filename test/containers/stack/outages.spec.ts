import { beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { BatchGetTracesCommand, paginateGetTraceSummaries } from '@aws-sdk/client-xray';
import { aSignup, postSignup, runLab, waitFor, type TestStack } from '#testing';
import { asTestStack, connectToContainers, waitReady } from '../setup/container-stack.js';
import { compose } from '../setup/docker.js';

/** As long as the collector may be away without anybody but the traces noticing. */
const COLLECTOR_OUTAGE_MS = 20_000;
const PATIENCE = { timeoutMs: 30_000 };
/** The services renew their credentials in that time, which no sign-up causes: two each, and one that was due. */
const MOST_CREDENTIAL_FETCHES = 6;
/** Longer than a batch waits in a service and in the collector. */
const SETTLED_MS = 2_500;
const LOOK_MS = 200;
const TRACES_PER_CALL = 5;
/** Long enough for several requests to find the service away. */
const OUTAGE_MS = 1_000;

interface TrafficReport {
  sent: number;
  observed: Record<string, number>;
  asExpected: boolean;
}

let stack: TestStack;
beforeAll(() => {
  stack = asTestStack(connectToContainers());
});

describe('while the collector is away for 20 s', () => {
  it('every request is answered as ever, and each span that does not arrive is counted', async () => {
    const spansOf = await learnSpans();
    const startedAt = await nextSecond();
    const traffic = runTraffic({ minutes: 0.4, perMinute: 120 });
    await sleep(1000);
    await compose('stop', 'collector');
    await sleep(COLLECTOR_OUTAGE_MS);
    await compose('start', 'collector');
    const report = await traffic;

    expect(report).toMatchObject({ sent: 48, asExpected: true });
    // A service tells its sum when its spans are taken again, for which it needs one to send.
    expect((await postSignup(stack)).status).toBe(201);
    await waitFor('the announcements', areAllNotified, PATIENCE);
    const { '201': taken = 0, '409': refused = 0 } = report.observed;
    const made = (taken + 1) * spansOf.signup + refused * spansOf.duplicate;
    const lost =
      made - (await waitFor('what is under way to arrive', () => countSettled(startedAt), PATIENCE));
    const counted = await waitFor(
      'what was lost to be counted',
      async () => {
        const count = await readLosses(startedAt);
        return count >= lost ? count : undefined;
      },
      PATIENCE,
    );

    process.stderr.write(`collector away: ${lost} of ${made} spans lost, ${counted} counted\n`);
    expect(lost).toBeGreaterThan(0);
    expect(counted - lost).toBeLessThanOrEqual(MOST_CREDENTIAL_FETCHES);
  }, 180_000);
});

describe('while each of the others stops and starts in turn', () => {
  it('no sign-up that was taken is lost', async () => {
    const stored = new Set((await readSignups()).map(({ id }) => id));
    const traffic = runTraffic({ minutes: 0.3, perMinute: 240 });
    for (const service of ['xray-local', 'notifier', 'aws-local', 'signup-api'] as const) {
      await compose('stop', service);
      await sleep(OUTAGE_MS);
      await compose('start', service);
      await waitReady(service, stack);
    }
    const { observed } = await traffic;

    // 201: taken and announced. 500: taken, and announced by the relay. Anything else may or may not have been taken.
    const taken = (observed['201'] ?? 0) + (observed['500'] ?? 0);
    const all = await waitFor(
      'all sign-ups to be announced',
      async () => {
        const now = (await readSignups()).filter(({ id }) => !stored.has(id));
        return now.every(({ status }) => status === 'notified') ? now : undefined;
      },
      { timeoutMs: 60_000 },
    );
    expect(taken).toBeGreaterThan(20);
    expect(all.length).toBeGreaterThanOrEqual(taken);
    process.stderr.write(`each in turn: ${JSON.stringify(observed)}, ${all.length} stored and announced\n`);
  }, 150_000);
});

async function runTraffic(options: { minutes: number; perMinute: number }): Promise<TrafficReport> {
  const { stdout, stderr } = await runLab(
    stack,
    'traffic',
    '--minutes',
    String(options.minutes),
    '--per-minute',
    String(options.perMinute),
    '--json',
  );
  if (stdout === '') throw new Error(`lab traffic failed: ${stderr}`);
  return JSON.parse(stdout) as TrafficReport;
}

async function readSignups(): Promise<{ id: string; status: string }[]> {
  const { stdout, stderr } = await runLab(stack, 'signups', '--json');
  if (stdout === '') throw new Error(`lab signups failed: ${stderr}`);
  return JSON.parse(stdout) as { id: string; status: string }[];
}

/** How many spans a sign-up and a refused one make, credentials left out, whose fetches come when they are due. */
async function learnSpans(): Promise<{ signup: number; duplicate: number }> {
  const person = aSignup();
  const since = await nextSecond();
  expect((await postSignup(stack, person)).status).toBe(201);
  const refused = await postSignup(stack, person);
  expect(refused.status).toBe(409);
  await waitFor('the announcement', areAllNotified, PATIENCE);
  const both = await waitFor('both requests, whole', () => countSettled(since), PATIENCE);
  const duplicate = await countSpans([String(refused.body['traceId'])]);
  expect(duplicate).toBeGreaterThan(0);
  return { signup: both - duplicate, duplicate };
}

/** X-Ray finds traces by the second in their ids: what comes from here on is in none that was before. */
async function nextSecond(): Promise<Date> {
  const atMs = (Math.floor(Date.now() / 1000) + 1) * 1000;
  while (Date.now() < atMs) await sleep(atMs - Date.now());
  return new Date(atMs);
}

async function areAllNotified(): Promise<boolean> {
  return (await readSignups()).every(({ status }) => status === 'notified');
}

/** The spans of all traces since then, when there are some and no more have come for a while. */
async function countSettled(since: Date): Promise<number | undefined> {
  const first = await countSpans(await listTraces(since));
  const settledAtMs = performance.now() + SETTLED_MS;
  while (first > 0 && performance.now() < settledAtMs) {
    await sleep(LOOK_MS);
    if ((await countSpans(await listTraces(since))) !== first) return undefined;
  }
  return first > 0 ? first : undefined;
}

async function listTraces(since: Date): Promise<string[]> {
  const ids: string[] = [];
  for await (const { TraceSummaries = [] } of paginateGetTraceSummaries(
    { client: stack.xray },
    { StartTime: since, EndTime: new Date(Date.now() + 5000) },
  )) {
    ids.push(...TraceSummaries.map(({ Id = '' }) => Id));
  }
  return ids;
}

async function countSpans(traceIds: string[]): Promise<number> {
  let count = 0;
  for (let at = 0; at < traceIds.length; at += TRACES_PER_CALL) {
    const { Traces = [] } = await stack.xray.send(
      new BatchGetTracesCommand({ TraceIds: traceIds.slice(at, at + TRACES_PER_CALL) }),
    );
    const documents = Traces.flatMap(({ Segments = [] }) => Segments.map(({ Document = '{}' }) => Document));
    count += documents.reduce((sum, text) => sum + countOwn(JSON.parse(text) as SpanDocument), 0);
  }
  return count;
}

interface SpanDocument {
  name?: string;
  inferred?: boolean;
  subsegments?: SpanDocument[];
}

/** A document is a span, but for those that X-Ray infers. */
function countOwn({ name, inferred, subsegments = [] }: SpanDocument): number {
  const isSpan = inferred !== true && name !== 'ecs-credentials-endpoint';
  return subsegments.reduce((sum, subsegment) => sum + countOwn(subsegment), isSpan ? 1 : 0);
}

/** What the services have said that they lost, each in all, when its spans were taken again. */
async function readLosses(since: Date): Promise<number> {
  const logs = await compose('logs', '--no-color', '--since', since.toISOString(), 'signup-api', 'notifier');
  const counts = [...logs.matchAll(/the collector takes spans again.*?"lostSpans":(\d+)/g)];
  return counts.reduce((sum, [, count]) => sum + Number(count), 0);
}
