// @ts-check
/**
 * How X-Ray Local compares: spans per CPU second against the real collector with a receiver behind it that answers at
 * once, queries over 10,000 and 100,000 traces, memory, time to be visible, to open a store, and to start, packets of the
 * daemon's protocol; moto's server where it answers the same call.
 *
 * One run measures all in turn; what is measured runs alone on one core, the load on the others. CPU time and memory
 * are the operating system's (Linux only). `npm run collector:build` builds the collector.
 */
import { join } from 'node:path';
import { cpus, loadavg } from 'node:os';
import { cpuSeconds, quantile, residentMib, stop, until } from './processes.mjs';
import { measureQuery, serviceGraph, traceSummaries } from './queries.mjs';
import { call, readStatus, startCollector, startMoto, startXrayLocal, workFolder } from './targets.mjs';
import { measureUdp } from './udp.mjs';
import { createRenewableRequest, encodeRequest, signUp, toDocuments } from './workload.mjs';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const WARM_UP_MS = 3_000;
const MEASURED_MS = 6_000;
const TRACES_PER_REQUEST = 20;
const QUERIES = 20;
const VISIBLE_ROUNDS = 20;
const STARTS = 9;
/** The traces are spread over the hour before. */
const HOUR_MS = 3_600_000;

/** moto tells services apart by it. */
const AUTHORIZATION = {
  authorization:
    'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/xray/aws4_request, SignedHeaders=host, Signature=0',
};

if (process.platform !== 'linux') {
  process.stderr.write('This benchmark reads CPU time from /proc and runs on Linux only.\n');
  process.exit(1);
}

/** @type {[what: string, figure: string, goal: string][]} */
const rows = [];
/** A part of it alone, for work on that part. */
const PARTS = {
  ingest: measureIngest,
  start: measureStart,
  sizes: measureSizes,
  udp: () => measureUdp(row),
  moto: measureMoto,
};
const wanted = process.env.BENCH_PARTS?.split(',') ?? Object.keys(PARTS);
for (const [name, measure] of Object.entries(PARTS)) if (wanted.includes(name)) await measure();
print();

async function measureIngest() {
  /** @type {Record<string, { perCpuSec: number[], perSec: number[] }>} */
  const results = {};
  for (let round = 1; round <= ROUNDS; round += 1) {
    const targets = {
      'X-Ray Local, in memory': () => startIngest({}),
      'X-Ray Local, on disk': () => startIngest({ XRAY_LOCAL_DATA_DIR: join(workFolder, `ingest-${round}`) }),
      collector: startCollector,
    };
    for (const [name, start] of Object.entries(targets)) {
      const target = await start();
      if (target === undefined) continue;
      progress(`ingest, round ${round} of ${ROUNDS}: ${name}`);
      const { perCpuSec, perSec } = await load(target);
      (results[name] ??= { perCpuSec: [], perSec: [] }).perCpuSec.push(perCpuSec);
      results[name]?.perSec.push(perSec);
      await stop(target.child);
      target.close?.();
    }
  }
  const median = (/** @type {string} */ name) => quantile(results[name]?.perCpuSec ?? [], 0.5);
  const collector = median('collector');
  for (const [name, { perSec }] of Object.entries(results)) {
    row(
      `OTLP spans per CPU second: ${name}`,
      `${thousands(median(name))} (${thousands(quantile(perSec, 0.5))} a second)`,
    );
  }
  for (const name of ['X-Ray Local, in memory', 'X-Ray Local, on disk']) {
    const ratio = Number.isNaN(collector) ? 'collector not built' : (median(name) / collector).toFixed(2);
    row(`ratio to the collector: ${name}`, ratio, 'at least 1.0');
  }
}

/** @param {Record<string, string>} env */
async function startIngest(env) {
  const { child, otlpUrl, xrayUrl } = await startXrayLocal(env);
  return { child, otlpUrl, xrayUrl, documentCount: undefined, close: undefined };
}

/** @param {{ child: import('node:child_process').ChildProcess, otlpUrl: string, documentCount?: (() => number) | undefined }} target */
async function load({ child, otlpUrl, documentCount }) {
  const request = createRenewableRequest(TRACES_PER_REQUEST);
  let sent = 0;
  const send = async (/** @type {number} */ forMs) => {
    const endMs = performance.now() + forMs;
    while (performance.now() < endMs) {
      await call(otlpUrl, { body: request.renew(), type: 'application/x-protobuf' });
      sent += request.spanCount;
    }
    if (documentCount !== undefined)
      await until(() => documentCount() >= sent, 'the collector has sent all spans');
    return sent;
  };
  const warmed = await send(WARM_UP_MS);
  const beforeSec = cpuSeconds(child);
  const startedMs = performance.now();
  const count = (await send(MEASURED_MS)) - warmed;
  return {
    perCpuSec: count / (cpuSeconds(child) - beforeSec),
    perSec: (count / (performance.now() - startedMs)) * 1000,
  };
}

async function measureStart() {
  const times = [];
  for (let index = 0; index < STARTS; index += 1) {
    progress(`start ${index + 1} of ${STARTS}`);
    const { child, startMs } = await startXrayLocal({ XRAY_LOCAL_DATA_DIR: join(workFolder, 'start') });
    times.push(startMs);
    await stop(child);
  }
  row('start until it listens, median', `${quantile(times, 0.5).toFixed(0)} ms`, 'under 300 ms');
}

async function measureSizes() {
  const onDisk = { XRAY_LOCAL_DATA_DIR: join(workFolder, 'small') };
  const many = {
    XRAY_LOCAL_DATA_DIR: join(workFolder, 'large'),
    XRAY_LOCAL_MAX_TRACES: '200000',
    XRAY_LOCAL_MAX_MIB: '4096',
  };
  const stores = {
    memory: await measureStore(10_000, {}),
    small: await measureStore(10_000, onDisk),
    large: await measureStore(100_000, many),
  };
  for (const [name, { filledMib, queriedMib }] of Object.entries({
    'on disk': stores.small,
    'in memory': stores.memory,
  })) {
    row(`resident at 10,000 traces of six segments, ${name}`, mib(filledMib), 'at most 150 MiB');
    row('the same after queries over all of them', mib(queriedMib), 'at most 150 MiB');
  }
  row('resident at 100,000 traces on disk, after queries', mib(stores.large.queriedMib));
  row('PutTraceSegments until visible, p95', `${stores.small.visibleMs.toFixed(1)} ms`, 'under 50 ms');
  for (const name of /** @type {const} */ (['graph', 'summaries'])) {
    const call = name === 'graph' ? 'GetServiceGraph' : 'GetTraceSummaries, filtered, all pages';
    row(`${call}, 10,000 traces`, figures(stores.small[name]), 'p95 50 ms');
    row(`${call}, 100,000 traces`, figures(stores.large[name]));
    const { small, large } = stores;
    const growth = {
      time: large[name].p50Ms / small[name].p50Ms,
      cpu: large[name].cpuMs / small[name].cpuMs,
    };
    row(`${call}, growth of the time for ten times the traces`, growth.time.toFixed(1), 'at most 10');
    row(`${call}, growth of its CPU time`, growth.cpu.toFixed(1), 'at most 10');
  }
  progress('open a store of 100,000 traces');
  const { child, startMs, xrayUrl } = await startXrayLocal(many);
  row('start with a store of 100,000 traces', `${startMs.toFixed(0)} ms`);
  const reopened = await measureQuery(child, () => serviceGraph(xrayUrl), 1);
  row('its first GetServiceGraph', `${reopened.firstMs.toFixed(0)} ms`);
  await stop(child);
}

/**
 * @param {number} traceCount
 * @param {Record<string, string>} env
 */
async function measureStore(traceCount, env) {
  progress(`fill with ${thousands(traceCount)} traces`);
  const { child, xrayUrl, otlpUrl } = await startXrayLocal(env);
  const firstMs = Date.now() - HOUR_MS;
  for (let number = 0; number < traceCount; number += TRACES_PER_REQUEST) {
    const traces = Array.from({ length: TRACES_PER_REQUEST }, (_, index) =>
      signUp(number + index + 1, firstMs + ((number + index) * HOUR_MS) / traceCount, 6),
    );
    await call(otlpUrl, { body: encodeRequest(traces.flat()), type: 'application/x-protobuf' });
  }
  await until(
    async () => ((await readStatus(xrayUrl)).store.disk?.unwrittenDocuments ?? 0) === 0,
    'all is written',
  );
  const { store } = await readStatus(xrayUrl);
  if (store.traces !== traceCount) throw new Error(`${store.traces} traces are kept, not ${traceCount}`);
  const filledMib = residentMib(child);
  progress('query');
  const graph = await measureQuery(child, () => serviceGraph(xrayUrl), QUERIES);
  const summaries = await measureQuery(child, () => traceSummaries(xrayUrl), QUERIES);
  const queriedMib = residentMib(child);
  const visibleMs = await measureVisible(xrayUrl);
  await stop(child);
  return { filledMib, queriedMib, graph, summaries, visibleMs };
}

/** @param {string} url */
async function measureVisible(url) {
  const times = [];
  for (let index = 0; index < VISIBLE_ROUNDS; index += 1) {
    const spans = signUp(10_000_000 + index, Date.now(), 6);
    const [first] = toDocuments(spans);
    const { trace_id: traceId } = JSON.parse(first ?? '');
    const startedMs = performance.now();
    await call(`${url}/TraceSegments`, { body: JSON.stringify({ TraceSegmentDocuments: [first] }) });
    const body = JSON.stringify({ TraceIds: [traceId] });
    await until(
      async () => JSON.parse(String(await call(`${url}/Traces`, { body }))).Traces.length === 1,
      'visible',
    );
    times.push(performance.now() - startedMs);
  }
  return quantile(times, 0.95);
}

async function measureMoto() {
  progress('install moto');
  const moto = await startMoto();
  if (moto === undefined) return row('moto', 'not installable here');
  const documents = Array.from({ length: 10_000 }, (_, number) => signUp(number + 1, Date.now(), 6)).flatMap(
    toDocuments,
  );
  const xray = await startXrayLocal();
  for (const [name, { child, url }] of Object.entries({
    moto,
    'X-Ray Local': { ...xray, url: xray.xrayUrl },
  })) {
    progress(`PutTraceSegments: ${name}`);
    const beforeSec = cpuSeconds(child);
    for (let at = 0; at < 10_000; at += 50) {
      const body = JSON.stringify({ TraceSegmentDocuments: documents.slice(at, at + 50) });
      await call(`${url}/TraceSegments`, { body, headers: AUTHORIZATION });
    }
    row(
      `PutTraceSegments, documents per CPU second: ${name}`,
      thousands(10_000 / (cpuSeconds(child) - beforeSec)),
    );
    await stop(child);
  }
}

/** @type {(what: string, figure: string, goal?: string) => void} */
function row(what, figure, goal = '') {
  rows.push([what, figure, goal]);
  progress(`  ${what}: ${figure}`);
}

/** @param {import('./queries.mjs').QueryTimes} query */
function figures({ firstMs, p50Ms, p95Ms, cpuMs }) {
  return `p50 ${p50Ms.toFixed(1)} ms, p95 ${p95Ms.toFixed(1)} ms, CPU ${cpuMs.toFixed(1)} ms (the first one ${firstMs.toFixed(0)} ms)`;
}

/** @param {number} value */
function thousands(value) {
  return Math.round(value).toLocaleString('en-US');
}

/** @param {number} value */
function mib(value) {
  return `${value.toFixed(0)} MiB`;
}

/** @param {string} text */
function progress(text) {
  process.stderr.write(`${text}\n`);
}

function print() {
  const date = new Date().toISOString().slice(0, 10);
  process.stdout.write(
    `${date}, ${cpus().length} cores (${cpus()[0]?.model ?? ''}), load average ${loadavg()[0]?.toFixed(1)}, Node ${process.version}\n\n`,
  );
  process.stdout.write('| what | figure | goal |\n| --- | --- | --- |\n');
  for (const cells of rows) process.stdout.write(`| ${cells.join(' | ')} |\n`);
}
