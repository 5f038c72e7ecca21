import { Readable } from 'node:stream';
import { context, trace } from '@opentelemetry/api';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  StackContextManager,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { ReadableSpan } from '@opentelemetry/sdk-trace';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { traceFastifyServers } from './server-spans.js';

const BUSY_MS = 60;
const exporter = new InMemorySpanExporter();
let server: FastifyInstance;
let origin: string;
let stop: () => void;

beforeAll(async () => {
  trace.setGlobalTracerProvider(
    new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }),
  );
  context.setGlobalContextManager(new StackContextManager().enable());
  stop = traceFastifyServers({ untracedPaths: new Set() });
  server = fastify();
  server.get('/text', (_request, reply) => {
    void reply.send('ready');
    keepBusy();
  });
  server.get('/stream', (_request, reply) => {
    void reply.send(Readable.from(['ready']));
    keepBusy();
  });
  origin = await server.listen({ port: 0 });
});
afterEach(() => exporter.reset());
afterAll(async () => {
  await server.close();
  stop();
  trace.disable();
  context.disable();
});

describe('the end of a SERVER span', () => {
  it('is when the answer is handed over, however busy the process is then', async () => {
    expect(await durationMsOf('/text')).toBeLessThan(BUSY_MS);
  });

  it('is when the answer has left, if it is a stream', async () => {
    expect(await durationMsOf('/stream')).toBeGreaterThanOrEqual(BUSY_MS);
  });
});

async function durationMsOf(path: string): Promise<number> {
  const answer = await fetch(`${origin}${path}`, { signal: AbortSignal.timeout(5000) });
  expect(await answer.text()).toBe('ready');
  const [span] = await finishedSpans();
  const [seconds, nanoseconds] = span?.duration ?? [0, 0];
  return seconds * 1000 + nanoseconds / 1e6;
}

/** The caller can have the answer before the server hears that it has left. */
async function finishedSpans(): Promise<readonly ReadableSpan[]> {
  for (let turn = 0; turn < 1000 && exporter.getFinishedSpans().length === 0; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  return exporter.getFinishedSpans();
}

function keepBusy(): void {
  const endMs = performance.now() + BUSY_MS;
  while (performance.now() < endMs);
}
