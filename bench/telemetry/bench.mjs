// @ts-check
/**
 * What tracing costs on the sign-up route: CPU time per request of the service's process, and requests per second, for
 * our service untraced and traced, and for the route as the original sample built it, untraced and traced.
 *
 * One run measures all four in turn, several rounds; the figures to quote are the ratios. CPU time is the operating
 * system's, of the process alone (Linux only). The backends answer at once and run, with the load, on another core.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
// Counted in requests, so that every variant is as warm as the others: it takes some ten thousand until V8 has compiled
// a service, and what is measured before that is mostly the compiler.
const WARM_UP_REQUESTS = Number(process.env.BENCH_WARM_UP_REQUESTS ?? 12_000);
const MEASURED_REQUESTS = 6000;
const CONNECTIONS = 16;
const root = fileURLToPath(new URL('../..', import.meta.url));

if (process.platform !== 'linux') {
  process.stderr.write('This benchmark reads CPU time from /proc and runs on Linux only.\n');
  process.exit(1);
}

const ticksPerSec = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
const backends = startProcess(`${root}bench/telemetry/backends.mjs`, {}, '1');
const [{ httpPort, udpPort }] = await once(backends, 'message');
const backendUrl = `http://127.0.0.1:${httpPort}`;

const awsEnvironment = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_ENDPOINT_URL: backendUrl,
};
const ours = `${root}dist/apps/signup-api/src/main.js`;
const seed = `${root}bench/telemetry/seed-app.mjs`;
const oursEnvironment = {
  ...awsEnvironment,
  NOTIFIER_URL: backendUrl,
  OTEL_EXPORTER_OTLP_ENDPOINT: backendUrl,
  OTEL_RESOURCE_ATTRIBUTES: 'cloud.provider=aws,cloud.platform=aws_ecs,aws.ecs.launchtype=fargate',
};

/** @type {{ name: string, entry: string, environment: Record<string, string>, results: { cpuMicros: number, perSec: number }[] }[]} */
const variants = [
  {
    name: 'ours, untraced',
    entry: ours,
    environment: { ...oursEnvironment, OTEL_SDK_DISABLED: 'true' },
    results: [],
  },
  { name: 'ours, traced', entry: ours, environment: oursEnvironment, results: [] },
  { name: 'seed, untraced', entry: seed, environment: { ...awsEnvironment, TRACING: 'off' }, results: [] },
  {
    name: 'seed, X-Ray SDK',
    entry: seed,
    environment: { ...awsEnvironment, TRACING: 'on', AWS_XRAY_DAEMON_ADDRESS: `127.0.0.1:${udpPort}` },
    results: [],
  },
];

for (let round = 1; round <= ROUNDS; round += 1) {
  for (const variant of variants) {
    const result = await measure(variant);
    variant.results.push(result);
    process.stderr.write(`round ${round} of ${ROUNDS}: ${variant.name}, ${result.cpuMicros.toFixed(0)} µs\n`);
  }
}
backends.send('counts');
const [counts] = await once(backends, 'message');
backends.kill();
report();
execFileSync('taskset', ['-c', '0', process.execPath, `${root}bench/telemetry/parts.mjs`], {
  stdio: 'inherit',
});

/** @param {(typeof variants)[number]} variant */
async function measure(variant) {
  const port = await freePort();
  const service = startProcess(
    variant.entry,
    { ...variant.environment, SIGNUP_API_PORT: String(port), PORT: String(port) },
    '0',
  );
  await once(service, 'message');
  await load(port, WARM_UP_REQUESTS);
  const beforeTicks = cpuTicks(service.pid);
  const result = await load(port, MEASURED_REQUESTS);
  const cpuSec = (cpuTicks(service.pid) - beforeTicks) / ticksPerSec;
  service.kill('SIGTERM');
  await once(service, 'exit');
  const requests = result['2xx'];
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${variant.name}: not every answer was 201`);
  return { cpuMicros: (cpuSec * 1e6) / requests, perSec: requests / result.duration };
}

/**
 * @param {number} port
 * @param {number} amount of requests
 */
function load(port, amount) {
  return autocannon({
    url: `http://127.0.0.1:${port}/signup`,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Ada', email: 'ada@example.com', previewAccess: 'Yes' }),
    connections: CONNECTIONS,
    amount,
  });
}

/**
 * @param {string} entry
 * @param {Record<string, string>} environment
 * @param {string} core
 */
function startProcess(entry, environment, core) {
  const child = spawn('taskset', ['-c', core, process.execPath, entry], {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'production', ...environment },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return child;
}

/** User and system time of a process so far. @param {number | undefined} pid */
function cpuTicks(pid) {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

async function freePort() {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** @param {number[]} values */
function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function report() {
  const figures = variants.map(({ name, results }) => ({
    name,
    cpuMicros: median(results.map(({ cpuMicros }) => cpuMicros)),
    perSec: median(results.map(({ perSec }) => perSec)),
  }));
  process.stdout.write('variant            CPU µs/request   requests/s\n');
  for (const { name, cpuMicros, perSec } of figures) {
    process.stdout.write(
      `${name.padEnd(18)} ${cpuMicros.toFixed(0).padStart(14)} ${perSec.toFixed(0).padStart(12)}\n`,
    );
  }
  const [untraced, traced, seedUntraced, seedTraced] = figures;
  if (!untraced || !traced || !seedUntraced || !seedTraced) return;
  const added = traced.cpuMicros - untraced.cpuMicros;
  const seedAdded = seedTraced.cpuMicros - seedUntraced.cpuMicros;
  process.stdout.write(
    [
      '',
      `what tracing adds: ours ${added.toFixed(0)} µs, the X-Ray SDK ${seedAdded.toFixed(0)} µs a request`,
      `ratio of what is added, ours to the X-Ray SDK:   ${(added / seedAdded).toFixed(2)}   (goal: at most 0.15)`,
      `throughput, ours traced to untraced:             ${(traced.perSec / untraced.perSec).toFixed(2)}   (goal: at least 0.95)`,
      `throughput, the seed's traced to untraced:       ${(seedTraced.perSec / seedUntraced.perSec).toFixed(2)}`,
      `CPU a request, ours traced to the seed's traced: ${(traced.cpuMicros / seedTraced.cpuMicros).toFixed(2)}`,
      `exported meanwhile: ${(counts.otlpBytes / 1e6).toFixed(1)} MB of OTLP, ${counts.daemonPackets} segments by UDP`,
      '',
    ].join('\n'),
  );
}
