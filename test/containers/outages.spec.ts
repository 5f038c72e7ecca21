import { beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { runLab, waitFor, type TestStack } from '#testing';
import {
  asTestStack,
  compose,
  connectToContainers,
  waitHealthy,
  type Service,
} from './setup/container-stack.js';

/** As long as the collector may be away without anybody but the traces noticing. */
const COLLECTOR_OUTAGE_MS = 20_000;
/** Long enough for several requests to find the service away. */
const OUTAGE_MS = 1_000;

interface TrafficReport {
  planned: number;
  sent: number;
  observed: Record<string, number>;
  asExpected: boolean;
}

let stack: TestStack;
beforeAll(() => {
  stack = asTestStack(connectToContainers());
});

describe('while the collector is away for 20 s', () => {
  it('every request is answered as ever, and the lost traces are counted', async () => {
    const tracesBefore = await countTraces();
    const traffic = runTraffic({ minutes: 0.4, perMinute: 120 });
    await sleep(1500);
    await compose('stop', 'collector');
    await sleep(COLLECTOR_OUTAGE_MS);
    await compose('start', 'collector');
    const report = await traffic;

    expect(report.asExpected).toBe(true);
    expect(report.sent).toBe(48);
    const logs = await compose('logs', '--no-color', 'signup-api', 'notifier');
    expect(logs).toMatch(/spans were lost: the collector did not take them.*"lostSpans":\d+/);
    await waitHealthy('collector');
    await runTraffic({ minutes: 0.05, perMinute: 60 });
    await waitFor('traces to arrive again', async () => (await countTraces()) > tracesBefore);
    process.stdout.write(
      `collector away: ${(await countTraces()) - tracesBefore} traces of ${report.sent} sign-ups\n`,
    );
  }, 90_000);
});

describe('while each of the others stops and starts in turn', () => {
  it('no sign-up that was taken is lost', async () => {
    const stored = new Set((await readSignups()).map(({ id }) => id));
    const traffic = runTraffic({ minutes: 0.5, perMinute: 120 });
    for (const service of ['xray-local', 'notifier', 'aws-local', 'signup-api'] satisfies Service[]) {
      await compose('stop', service);
      await sleep(OUTAGE_MS);
      await compose('start', service);
      await waitHealthy(service);
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
    process.stdout.write(`each in turn: ${JSON.stringify(observed)}, ${all.length} stored and announced\n`);
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

async function countTraces(): Promise<number> {
  const response = await fetch(`${stack.addresses.xrayLocal}/status`, { signal: AbortSignal.timeout(5000) });
  const { store } = (await response.json()) as { store: { traces: number } };
  return store.traces;
}
