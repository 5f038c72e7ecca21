import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { connect } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findProjectRoot } from '#local-stack';
import { waitFor } from '#testing';
import { startXrayLocal, type XrayLocal } from '../../apps/xray-local/src/start-xray-local.js';

const run = promisify(execFile);
/** Inside of the project, so that packages and `#telemetry` are found. */
const FOLDER = join(findProjectRoot(), 'dist', 'documents-troubleshooting');
const TELEMETRY = "import './telemetry.js';\n";
const AWS_SDK = "import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';\n";
const PROGRAM = `
import { trace } from '@opentelemetry/api';
import { currentTraceId, shutdownTelemetry } from '#telemetry';
const credentials = { accessKeyId: 'a', secretAccessKey: 'b' };
const client = new DynamoDBClient({ endpoint: process.env.ENDPOINT, region: 'us-east-1', credentials });
await trace.getTracer('test').startActiveSpan('work', async (span) => {
  await client.send(new ListTablesCommand({}));
  console.log(currentTraceId());
  span.end();
});
await shutdownTelemetry();
`;

let xray: XrayLocal;
let dynamo: Server;
const lines: string[] = [];

beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  const write = (file: string, text: string): void => writeFileSync(join(FOLDER, file), text);
  write(
    'telemetry.js',
    "import { startTelemetry } from '#telemetry';\nstartTelemetry({ serviceName: 'a' });\n",
  );
  write('first.js', TELEMETRY + AWS_SDK + PROGRAM);
  write('late.js', AWS_SDK + TELEMETRY + PROGRAM);
  write(
    'vite.config.mjs',
    "export default { ssr: { noExternal: true }, build: { ssr: 'first.js', outDir: 'bundle', target: 'node24' } };",
  );
  xray = await startXrayLocal({
    port: 0,
    log: (_, message, fields) => void lines.push(`${message} ${JSON.stringify(fields)}`),
  });
  dynamo = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end('{"TableNames":[]}');
  }).listen(0, '127.0.0.1');
  await once(dynamo, 'listening');
});
afterAll(async () => {
  dynamo.close();
  await xray.stop();
  rmSync(FOLDER, { recursive: true, force: true });
});

/** The names of the calls that a program's trace has, and what it said on standard error. */
async function runProgram(file: string): Promise<{ calls: string[]; warnings: string }> {
  const { port } = dynamo.address() as AddressInfo;
  const { stdout, stderr } = await run(process.execPath, [join(FOLDER, file)], {
    env: {
      ...process.env,
      NODE_OPTIONS: '',
      ENDPOINT: `http://127.0.0.1:${port}`,
      OTEL_EXPORTER_OTLP_ENDPOINT: xray.otlpUrl,
    },
    timeout: 30_000,
  });
  const { segments } = await xray.waitForTrace(stdout.trim());
  const calls = segments.flatMap(({ subsegments = [] }) => subsegments.map(({ name }) => name));
  return { calls, warnings: stderr };
}

describe('what docs/troubleshooting.md says of missing spans', () => {
  it('telemetry that is imported first sees the calls of the AWS SDK', async () => {
    expect(await runProgram('first.js')).toEqual({ calls: ['DynamoDB'], warnings: '' });
  }, 40_000);

  it('telemetry that is imported after the AWS SDK does not, and says so', async () => {
    const { calls, warnings } = await runProgram('late.js');

    expect(calls).toEqual([]);
    expect(warnings).toContain('"packages":["@aws-sdk/client-dynamodb"]');
  }, 40_000);

  it('nor does it in a bundle', async () => {
    const vite = join(findProjectRoot(), 'node_modules', 'vite', 'bin', 'vite.js');
    await run(process.execPath, [vite, 'build', FOLDER, '--logLevel', 'error'], {
      env: { ...process.env, NODE_OPTIONS: '' },
    });

    expect((await runProgram(join('bundle', 'first.js'))).calls).toEqual([]);
  }, 60_000);

  it('gRPC is refused with that line in the log', async () => {
    const session = connect(xray.otlpUrl);
    session.on('error', () => undefined);
    const isLogged = (): boolean => lines.some((line) => line.includes('not a request that can be read'));

    expect(await waitFor('the line', isLogged)).toBe(true);
    session.destroy();
  });

  it.each(['/v1/metrics', '/v1/logs'])('there is nothing at %s', async (path) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(xray.otlpUrl + path, { method: 'POST', headers, body: '{}' });

    expect(answer.status).toBe(404);
  });
});
