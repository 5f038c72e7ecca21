// @ts-check
/** Starting the measured programs on one core, and asking the operating system what they used. Linux only. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';

const ticksPerSec = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** The core of what is measured; the load and everything else is to be on the other ones. */
const MEASURED_CORE = '0';

/**
 * @param {string[]} command
 * @param {{ env?: Record<string, string>, ipc?: boolean }} [options]
 */
export function startMeasured(command, { env = {}, ipc = false } = {}) {
  const child = spawn('taskset', ['-c', MEASURED_CORE, ...command], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'ignore', 'ignore', ...(ipc ? [/** @type {const} */ ('ipc')] : [])],
  });
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  child.once('exit', () => process.off('exit', kill));
  return child;
}

/** @param {import('node:child_process').ChildProcess} child */
export async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  await exited;
}

/**
 * User and system time so far, seconds: to the nanosecond for as long as none of its threads has ended, since the kernel
 * keeps so much for each thread that runs; else by the clock's ticks, which count those that have ended too.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
export function cpuSeconds({ pid }) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ofAll = (Number(fields[11]) + Number(fields[12])) / ticksPerSec;
  const threads = `/proc/${pid}/task`;
  const nanos = readdirSync(threads).map((thread) => Number(readSchedstat(`${threads}/${thread}`)));
  return Math.max(ofAll, nanos.reduce((sum, one) => sum + one, 0) / 1e9);
}

/** @param {string} folder of a thread, which may have ended meanwhile @returns nanoseconds */
function readSchedstat(folder) {
  try {
    return readFileSync(`${folder}/schedstat`, 'utf8').split(' ')[0] ?? 0;
  } catch {
    return 0;
  }
}

/** @param {import('node:child_process').ChildProcess} child */
export function residentMib({ pid }) {
  const match = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(match?.[1] ?? Number.NaN) / 1024;
}

export async function freePort() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/**
 * @param {() => Promise<boolean> | boolean} condition
 * @param {string} what
 * @param {number} [limitMs]
 */
export async function until(condition, what, limitMs = 60_000) {
  const deadlineMs = performance.now() + limitMs;
  while (!(await condition())) {
    if (performance.now() > deadlineMs) throw new Error(`not within ${limitMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** @param {number[]} values @param {number} share 0 to 1 */
export function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}
