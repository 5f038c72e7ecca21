import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { findProjectRoot } from '#local-stack';
import { freePorts, waitFor } from '#testing';
import { startXrayLocal, type XrayLocal } from '../../apps/xray-local/src/start-xray-local.js';

const root = findProjectRoot();
const SOURCES = join(root, 'docs', 'examples', 'orders');
/** Inside of the project, so that `#telemetry` is found. */
const BUILT = join(root, 'dist', 'documents-orders');

let xray: XrayLocal;
let billing: Server;
let url: string;
let stop: () => Promise<unknown>;

function build(): void {
  mkdirSync(BUILT, { recursive: true });
  const compilerOptions: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2024,
    module: ts.ModuleKind.ESNext,
    experimentalDecorators: true,
    emitDecoratorMetadata: true,
    verbatimModuleSyntax: true,
  };
  for (const file of readdirSync(SOURCES)) {
    const text = readFileSync(join(SOURCES, file), 'utf8');
    const { outputText } = ts.transpileModule(text, { compilerOptions });
    writeFileSync(join(BUILT, file.replace(/\.ts$/, '.js')), outputText);
  }
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

beforeAll(async () => {
  build();
  xray = await startXrayLocal({ port: 0 });
  billing = createServer((_, response) => response.writeHead(204).end()).listen(0, '127.0.0.1');
  await once(billing, 'listening');
  const [port] = await freePorts(1);
  url = `http://127.0.0.1:${port}`;
  const child = spawn(process.execPath, [join(BUILT, 'main.js')], {
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      PORT: String(port),
      BILLING_URL: `http://127.0.0.1:${portOf(billing)}`,
      OTEL_EXPORTER_OTLP_ENDPOINT: xray.otlpUrl,
    },
    stdio: 'ignore',
  });
  const exited = once(child, 'exit');
  stop = async () => {
    child.kill('SIGTERM');
    return exited;
  };
  await waitFor('orders', async () => (await fetch(url)).status === 404, { timeoutMs: 30_000 });
}, 60_000);
afterAll(async () => {
  await stop?.();
  billing?.close();
  await xray?.stop();
  rmSync(BUILT, { recursive: true, force: true });
});

async function place(id: string): Promise<{ status: number; traceId: string }> {
  const response = await fetch(`${url}/orders/${id}`, { method: 'POST' });
  const traceId = /Root=([^;]+)/.exec(response.headers.get('x-amzn-trace-id') ?? '')?.[1] ?? '';
  return { status: response.status, traceId };
}

/** The last one stops the service. */
describe('the service of docs/telemetry.md', () => {
  it('shows its own span, its annotation and the call by name', async () => {
    const { status, traceId } = await place('abc');

    const { segments } = await xray.waitForTrace(traceId);
    const orders = segments.find(({ name }) => name === 'orders');
    expect(status).toBe(201);
    expect(orders?.subsegments?.map(({ name }) => name)).toEqual(['price the basket', 'billing']);
    expect(orders?.subsegments?.[0]?.annotations).toMatchObject({ basket_size: 3 });
  });

  it('shows what went wrong when the other one does not answer', async () => {
    billing.close();
    billing.closeAllConnections();
    const { status, traceId } = await place('abcd');

    const { segments } = await xray.waitForTrace(traceId);
    const orders = segments.find(({ name }) => name === 'orders');
    expect(status).toBe(502);
    expect(orders).toMatchObject({ fault: true, cause: { exceptions: [{ type: 'TypeError' }] } });
    expect(orders?.subsegments?.find(({ name }) => name === 'billing')).toMatchObject({ fault: true });
  });

  it('ends by itself', async () => {
    expect(await stop()).toEqual([0, null]);
  });
});
