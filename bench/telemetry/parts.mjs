// @ts-check
/**
 * What the parts of tracing a sign-up cost in CPU time, each alone and compiled: the least that these packages can add.
 * No network, no service: the hooks, the channels and the client are called as Fastify, Node and a command call them.
 */
import { fork } from 'node:child_process';
import { channel } from 'node:diagnostics_channel';
import { EventEmitter, once } from 'node:events';
import { createRequire } from 'node:module';
import { setImmediate as turn } from 'node:timers/promises';
import { context, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { startTelemetry } from '../../dist/libs/telemetry/src/index.js';

const RUNS = 30_000;
const SAMPLES = 7;

const backends = fork(new URL('backends.mjs', import.meta.url));
const [{ httpPort }] = await once(backends, 'message');
process.env.OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${httpPort}`;
startTelemetry({ serviceName: 'signup-api', peers: { 'http://127.0.0.1:3001': 'notifier' } });
// As the instrumentation sees it: the SDK's own packages load it with `require`.
const { Client } = createRequire(import.meta.url)('@smithy/core/client');

/** @type {Record<string, (...args: unknown[]) => void>} */
const hooks = {};
/** @type {(name: string, hook: (...args: unknown[]) => void) => void} */
const addHook = (name, hook) => void (hooks[name] = hook);
channel('fastify.initialization').publish({ fastify: { addHook } });
const headers = { host: '127.0.0.1:3000', 'user-agent': 'bench', 'content-type': 'application/json' };
const incoming = {
  method: 'POST',
  protocol: 'http',
  hostname: '127.0.0.1',
  port: 3000,
  ip: '127.0.0.1',
  headers,
  raw: { url: '/signup', httpVersion: '1.1' },
  socket: { remoteAddress: '127.0.0.1' },
  routeOptions: { url: '/signup' },
};

function serve() {
  const request = { ...incoming };
  const reply = { statusCode: 201, raw: new EventEmitter(), header: () => reply };
  hooks['onRequest']?.(request, reply, () => undefined);
  hooks['onResponse']?.(request, reply, () => undefined);
}

function announce() {
  const request = { method: 'POST', origin: 'http://127.0.0.1:3001', path: '/notifications', addHeader() {} };
  channel('undici:request:create').publish({ request });
  channel('undici:request:headers').publish({ request, response: { statusCode: 202, headers: [] } });
  channel('undici:request:trailers').publish({ request, trailers: [] });
}

const answer = { output: { $metadata: { requestId: 'R'.repeat(52), httpStatusCode: 200 } } };
class PutItemCommand {
  input = { TableName: 'signups' };
  /** @param {{ resolve(handler: () => Promise<unknown>, names: object): unknown }} stack */
  resolveMiddleware(stack) {
    return stack.resolve(async () => answer, { clientName: 'DynamoDBClient', commandName: 'PutItemCommand' });
  }
}
const client = new Client({ region: async () => 'us-east-1', serviceId: 'DynamoDB', cacheMiddleware: true });
const put = () => client.send(new PutItemCommand());

const parent = trace.setSpan(ROOT_CONTEXT, trace.getTracer('bench').startSpan('POST /signup'));

/** @param {() => unknown} part */
async function microsOf(part) {
  const samples = [];
  for (let sample = 0; sample <= SAMPLES; sample += 1) {
    const before = process.cpuUsage();
    for (let run = 0; run < RUNS; run += 1) {
      await context.with(parent, part);
      // Lets the batches leave, as a service does.
      if (run % 100 === 0) await turn();
    }
    const { user, system } = process.cpuUsage(before);
    samples.push((user + system) / RUNS);
  }
  // The first one is the compiler's.
  return samples.slice(1).toSorted((a, b) => a - b)[Math.floor(SAMPLES / 2)] ?? Number.NaN;
}

const base = await microsOf(() => undefined);
process.stdout.write('\nthe parts of it, each alone, compiled, with its export, per span:\n');
for (const [name, part] of Object.entries({ SERVER: serve, fetch: announce, 'AWS SDK': put })) {
  process.stdout.write(`${name.padEnd(8)} ${((await microsOf(part)) - base).toFixed(1).padStart(6)} µs\n`);
}
backends.kill();
process.exit(0);
