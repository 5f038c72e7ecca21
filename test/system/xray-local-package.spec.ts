import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { findProjectRoot, resolvePorts } from '#local-stack';
import { waitFor } from '#testing';
import { missingPrograms, openDocumentShell, replacePorts } from '../documents/run-script.js';

const run = promisify(execFile);
const MAX_UNPACKED_BYTES = 3_000_000;
const INSTALL_TIMEOUT_MS = 120_000;

describe('the package xray-local', () => {
  let folder: string;
  let installed: string;
  const env = { ...process.env, NODE_OPTIONS: '' };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'xray-local-package-'));
    const packed = await run('npm', ['run', '-s', 'xray-local:pack'], {
      cwd: findProjectRoot(),
      env,
      shell: process.platform === 'win32',
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
    cpSync(join(findProjectRoot(), 'docs', 'examples', 'first-trace.mjs'), join(folder, 'user.mjs'));

    const { stdout } = await run(process.execPath, ['user.mjs'], { cwd: folder, env, timeout: 60_000 });

    expect(stdout).toContain("[ 'orders at 1' ]");
    expect(stdout).toContain('true no document of trace 1-ffffffff');
  }, 60_000);

  it('runs in CI by the steps of docs/examples/github-workflow.yaml', async () => {
    const workflow = parse(
      readFileSync(join(findProjectRoot(), 'docs', 'examples', 'github-workflow.yaml'), 'utf8'),
    ) as { jobs: { test: { steps: { name?: string; run?: string; env?: Record<string, string> }[] } } };
    const ports = await resolvePorts({
      signupApi: 0,
      notifier: 0,
      awsLocal: 0,
      xrayLocal: 0,
      xrayLocalOtlp: 0,
    });
    const shell = await openDocumentShell({
      cwd: folder,
      env: {
        ...env,
        XRAY_LOCAL_PORT: String(ports.xrayLocal),
        XRAY_LOCAL_OTLP_PORT: String(ports.xrayLocalOtlp),
      },
      timeoutMs: 60_000,
    });
    const script = workflow.jobs.test.steps
      .filter(({ name }) => name === 'Start X-Ray Local' || name?.startsWith('Stop it'))
      .map((step) => replacePorts(step.run ?? '', ports));
    // Without curl there is nothing that could be run.
    if (missingPrograms(script.join('\n')).length > 0) return;
    for (const step of script) await shell.run(step);
    shell.close();

    expect(script).toHaveLength(2);
    // It writes what is left, and then closes its file.
    await waitFor('the end', () =>
      readFileSync(join(folder, 'xray-local.log'), 'utf8').includes('"stopped"'),
    );
    expect(readdirSync(join(folder, 'traces'))).toEqual(['xray-local.sqlite']);
  }, 90_000);

  it('is what the example of docs/using-xray-local.md needs', async () => {
    const project = join(folder, 'example');
    cpSync(join(findProjectRoot(), 'docs', 'examples'), project, { recursive: true });
    // The service under test has OpenTelemetry installed.
    symlinkSync(
      join(findProjectRoot(), 'node_modules', '@opentelemetry'),
      join(folder, 'node_modules', '@opentelemetry'),
    );

    const { stdout } = await run(process.execPath, ['--test', '--test-reporter=tap', 'checkout.test.mjs'], {
      cwd: project,
      env: { ...env, NODE_TEST_CONTEXT: undefined },
      timeout: 60_000,
    });

    expect(stdout).toContain('# pass 2');
  }, 60_000);
});
