// @ts-check
/** The programs that are measured, started with nothing in them. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, startMeasured, until } from './processes.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
export const workFolder = mkdtempSync(join(tmpdir(), 'xray-local-bench-'));
process.once('exit', () => rmSync(workFolder, { recursive: true, force: true }));

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/**
 * One request over the one connection.
 *
 * @param {string} url
 * @param {{ body?: Uint8Array | string, type?: string, headers?: Record<string, string> }} [options]
 * @returns {Promise<Buffer>}
 */
export function call(url, { body, type = 'application/json', headers = {} } = {}) {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { agent, method: body === undefined ? 'GET' : 'POST', headers: { 'content-type': type, ...headers } },
      (response) => {
        /** @type {Buffer[]} */
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () => {
          const answer = Buffer.concat(chunks);
          if (response.statusCode === 200) resolve(answer);
          else
            reject(new Error(`${url} answered ${response.statusCode}: ${String(answer.subarray(0, 300))}`));
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** @param {string} url */
export async function readStatus(url) {
  return JSON.parse(String(await call(`${url}/status`)));
}

/** @param {Record<string, string>} [env] */
export async function startXrayLocal(env = {}) {
  const startedMs = performance.now();
  const child = startMeasured(
    [process.execPath, '--max-semi-space-size=4', join(root, 'dist/apps/xray-local/src/main.js')],
    {
      env: { XRAY_LOCAL_PORT: '0', XRAY_LOCAL_OTLP_PORT: '0', ...env },
      ipc: true,
    },
  );
  const [{ addresses }] = await Promise.race([once(child, 'message'), failOnExit(child)]);
  const startMs = performance.now() - startedMs;
  const { xray: xrayUrl, otlp, daemon: daemonUrl } = addresses;
  return { child, startMs, xrayUrl, otlpUrl: `${otlp}/v1/traces`, daemonUrl };
}

/** @param {import('node:child_process').ChildProcess} child @returns {Promise<never>} */
async function failOnExit(child) {
  const [code] = await once(child, 'exit');
  throw new Error(`X-Ray Local ended with ${code} before it listened`);
}

/** A receiver of segments that answers at once, and the collector in front of it. */
export async function startCollector() {
  const program = findCollector();
  if (program === undefined) return undefined;
  let documentCount = 0;
  const sink = createServer((incoming, response) => {
    let text = '';
    incoming.setEncoding('latin1');
    incoming.on('data', (chunk) => (text += chunk));
    incoming.on('end', () => {
      if (incoming.url === '/TraceSegments') documentCount += text.split('\\"trace_id\\":').length - 1;
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"UnprocessedTraceSegments":[]}');
    });
  });
  sink.listen(0, '127.0.0.1');
  await once(sink, 'listening');
  const address = sink.address();
  const sinkPort = typeof address === 'object' ? address?.port : 0;
  const port = await freePort();
  const config = join(workFolder, 'collector.yaml');
  writeFileSync(
    config,
    `
receivers: { otlp: { protocols: { http: { endpoint: 127.0.0.1:${port} } } } }
processors:
  memory_limiter: { check_interval: 1s, limit_mib: 512 }
  batch: {}
exporters: { awsxray: { endpoint: 'http://127.0.0.1:${sinkPort}', region: us-east-1, local_mode: true } }
service:
  telemetry: { metrics: { level: none }, logs: { level: error } }
  pipelines: { traces: { receivers: [otlp], processors: [memory_limiter, batch], exporters: [awsxray] } }
`,
  );
  const child = startMeasured([program, `--config=${config}`], {
    env: { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_EC2_METADATA_DISABLED: 'true' },
  });
  const otlpUrl = `http://127.0.0.1:${port}/v1/traces`;
  await until(() => answers(otlpUrl), 'the collector listens');
  return { child, otlpUrl, documentCount: () => documentCount, close: () => sink.close() };
}

/** @param {string} url */
async function answers(url) {
  try {
    await call(url, { body: Buffer.alloc(0), type: 'application/x-protobuf' });
    return true;
  } catch {
    return false;
  }
}

function findCollector() {
  const folder = join(root, '.data', 'collector');
  if (!existsSync(folder)) return undefined;
  return readdirSync(folder)
    .map((name) => join(folder, name, 'otelcol-signup-lab'))
    .find((path) => existsSync(path));
}

/** moto's server, installed from the Python package index into a folder of its own; undefined where that fails. */
export async function startMoto() {
  const folder = join(workFolder, 'moto');
  const steps = [
    ['python3', '-m', 'venv', folder],
    [join(folder, 'bin', 'pip'), 'install', '--quiet', 'moto[server,xray]'],
  ];
  for (const [program = '', ...args] of steps) {
    if (spawnSync(program, args, { stdio: 'ignore', timeout: 300_000 }).status !== 0) return undefined;
  }
  const port = await freePort();
  const child = startMeasured([join(folder, 'bin', 'moto_server'), '-H', '127.0.0.1', '-p', String(port)]);
  const url = `http://127.0.0.1:${port}`;
  await until(() => answersGet(`${url}/moto-api/data.json`), 'moto listens');
  return { child, url };
}

/** @param {string} url */
async function answersGet(url) {
  try {
    await call(url);
    return true;
  } catch {
    return false;
  }
}
