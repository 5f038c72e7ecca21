import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { findProjectRoot } from '#local-stack';
import { waitFor } from '#testing';

const PROGRAM = join(findProjectRoot(), 'dist', 'apps', 'xray-local', 'src', 'main.js');
const DOCUMENTS_PER_REQUEST = 50;

interface Status {
  store: {
    traces: number;
    disk: { unwrittenDocuments: number; unreadableTraces: number; setAside?: string };
  };
}

describe('X-Ray Local with a data folder', () => {
  let dataDir: string;
  let child: ChildProcess;
  let url: string;
  let lastNumber: number;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'xray-local-kill-'));
    lastNumber = 0;
  });
  afterEach(async () => {
    await end('SIGTERM');
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function start(): Promise<void> {
    child = fork(PROGRAM, [], {
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        XRAY_LOCAL_PORT: '0',
        XRAY_LOCAL_OTLP_PORT: '0',
        XRAY_LOCAL_MAX_TRACES: '100000',
        XRAY_LOCAL_DATA_DIR: dataDir,
      },
      silent: true,
    });
    child.stdout?.resume();
    child.stderr?.resume();
    const [{ addresses }] = (await once(child, 'message')) as [{ addresses: { xray: string } }];
    url = addresses.xray;
  }

  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }

  async function put(): Promise<void> {
    const nowSec = Date.now() / 1000;
    const documents = Array.from({ length: DOCUMENTS_PER_REQUEST }, () => {
      lastNumber += 1;
      const digits = lastNumber.toString(16);
      return JSON.stringify({
        name: 'a-service',
        id: digits.padStart(16, '0'),
        start_time: nowSec - 1,
        end_time: nowSec,
        trace_id: `1-${Math.floor(nowSec).toString(16)}-${digits.padStart(24, '0')}`,
        metadata: { default: { filling: 'x'.repeat(2000) } },
      });
    });
    const body = JSON.stringify({ TraceSegmentDocuments: documents });
    const response = await fetch(`${url}/TraceSegments`, { method: 'POST', body });
    if (response.status !== 200) throw new Error(`PutTraceSegments answered ${response.status}`);
  }

  async function readStatus(): Promise<Status['store']> {
    return ((await (await fetch(`${url}/status`)).json()) as Status).store;
  }

  it('opens after kill -9 at any moment, with all but the last second', async () => {
    let keptAtLeast = 0;
    for (let round = 1; round <= 5; round += 1) {
      await start();
      const { traces, disk } = await readStatus();
      expect(disk).toMatchObject({ unreadableTraces: 0 });
      expect(disk.setAside).toBeUndefined();
      expect(traces).toBeGreaterThanOrEqual(keptAtLeast);
      expect(traces).toBeLessThanOrEqual(lastNumber);

      for (let request = 0; request < 10; request += 1) await put();
      await waitFor(
        'everything to be written',
        async () => (await readStatus()).disk.unwrittenDocuments === 0,
        {
          timeoutMs: 1000,
        },
      );
      keptAtLeast = (await readStatus()).traces;
      // Killed while it is taking more in, at another point each time.
      const more = Promise.allSettled(Array.from({ length: 20 * round }, () => put()));
      await put();
      await end('SIGKILL');
      await more;
    }
    await start();
    const graph = await fetch(`${url}/ServiceGraph`, {
      method: 'POST',
      body: JSON.stringify({ StartTime: Date.now() / 1000 - 3600, EndTime: Date.now() / 1000 + 60 }),
    });
    const { Services: services } = (await graph.json()) as {
      Services: { Name: string; SummaryStatistics?: { TotalCount: number } }[];
    };
    const { traces, disk } = await readStatus();
    expect(services.find(({ SummaryStatistics: statistics }) => statistics !== undefined)).toMatchObject({
      Name: 'a-service',
      SummaryStatistics: { TotalCount: traces },
    });
    expect(disk.unreadableTraces).toBe(0);
  }, 120_000);

  it('loses nothing when it is stopped', async () => {
    await start();
    for (let request = 0; request < 4; request += 1) await put();
    await end('SIGTERM');

    await start();

    expect((await readStatus()).traces).toBe(4 * DOCUMENTS_PER_REQUEST);
  }, 60_000);

  it('names the file when another process uses the folder', async () => {
    await start();
    const second = fork(PROGRAM, ['--port', '0', '--otlp-port', '0', '--data-dir', dataDir], {
      env: { ...process.env, NODE_OPTIONS: '' },
      silent: true,
    });
    let output = '';
    second.stdout?.on('data', (chunk) => (output += String(chunk)));

    expect(await once(second, 'close')).toEqual([1, null]);
    expect(output).toMatch(/xray-local\.sqlite is in use by another process/);
  }, 60_000);
});
