import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findProjectRoot } from '#local-stack';

const run = promisify(execFile);
const MAX_UNPACKED_BYTES = 3_000_000;
const INSTALL_TIMEOUT_MS = 120_000;

/** What a user of the package writes. */
const TEST_OF_A_USER = `
import { startXrayLocal, TraceTimeoutError } from 'xray-local';
const xray = await startXrayLocal({ port: 0 });
const traceId = '1-5759e988-bd862e3fe1be46a994272793';
const waiting = xray.waitForTrace(traceId, { timeoutMs: 5000 });
const segment = { name: 'a-service', id: '70de5b6f19ff9a0a', trace_id: traceId, start_time: 1, end_time: 2 };
await fetch(xray.url + '/TraceSegments', {
  method: 'POST',
  body: JSON.stringify({ TraceSegmentDocuments: [JSON.stringify(segment)] }),
});
const { segments } = await waiting;
const late = await xray.waitForTrace('f'.repeat(32), { timeoutMs: 1 }).catch((error) => error);
await xray.stop();
console.log(JSON.stringify({ names: segments.map(({ name }) => name), isTimeout: late instanceof TraceTimeoutError }));
`;

describe('the package xray-local', () => {
  let folder: string;
  let installed: string;
  const env = { ...process.env, NODE_OPTIONS: '' };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'xray-local-package-'));
    const packed = await run(process.execPath, [join(findProjectRoot(), 'tools', 'pack-xray-local.mjs')], {
      env,
    });
    const tarball = packed.stdout.trim().split('\n').at(-1) ?? '';
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    await run('npm', ['install', '--no-audit', '--no-fund', tarball], {
      cwd: folder,
      env,
      timeout: INSTALL_TIMEOUT_MS,
      shell: process.platform === 'win32',
    });
    installed = join(folder, 'node_modules', 'xray-local');
  }, 2 * INSTALL_TIMEOUT_MS);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('is small and brings nothing else along', () => {
    const files = readdirSync(installed, { recursive: true, withFileTypes: true });
    const bytes = files
      .filter((file) => file.isFile())
      .reduce((sum, file) => sum + statSync(join(file.parentPath, file.name)).size, 0);

    expect(bytes).toBeLessThan(MAX_UNPACKED_BYTES);
    expect(readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
      'xray-local',
    ]);
    expect(readFileSync(join(installed, 'THIRD-PARTY-LICENSES.txt'), 'utf8')).toMatch(/^fastify .*\(MIT\)/m);
  });

  it('runs by its name, serves, and stops', async () => {
    const child = spawn(
      process.execPath,
      [join(installed, 'cli.js'), '--port', '0', '--otlp-port', '0', '--data-dir', join(folder, 'traces')],
      { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
    );
    const [{ addresses }] = (await once(child, 'message')) as [{ addresses: { xray: string } }];

    const page = await fetch(`${addresses.xray}/`);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect((await fetch(`${addresses.xray}/status`)).status).toBe(200);
    child.kill('SIGTERM');

    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(readdirSync(join(folder, 'traces'))).toEqual(['xray-local.sqlite']);
  }, 60_000);

  it('has a command that explains itself', async () => {
    const command = join(folder, 'node_modules', '.bin', 'xray-local');
    const { stdout } = await run(command, ['--help'], { env, shell: process.platform === 'win32' });

    expect(stdout).toContain('Usage: xray-local');
  }, 60_000);

  it('is a library for tests', async () => {
    writeFileSync(join(folder, 'user.mjs'), TEST_OF_A_USER);

    const { stdout } = await run(process.execPath, ['user.mjs'], { cwd: folder, env, timeout: 60_000 });

    expect(JSON.parse(stdout)).toEqual({ names: ['a-service'], isTimeout: true });
  }, 60_000);
});
