import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { BatchGetTracesCommand, XRayClient } from '@aws-sdk/client-xray';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findProjectRoot, LOCAL_REGION } from '#local-stack';
import { freePorts, waitFor } from '#testing';
import { openDocumentShell, replacePorts } from '../../documents/run-script.js';
import { connectToContainers } from '../setup/container-stack.js';
import { docker } from '../setup/docker.js';
import { readWrittenCommands } from '../setup/written-commands.js';

/** What the document builds and runs, under a name that is nobody's. */
const NAME = 'signup-lab-written';
const BLOCK_TIMEOUT_MS = 120_000;

let api: string;
let otlp: string;
/** As somebody runs it for their own services: by the commands that are written for that, on free ports. */
beforeAll(async () => {
  const { image } = readWrittenCommands();
  const [block] = image;
  if (block === undefined || image.length > 1)
    throw new Error(`${image.length} blocks with docker run in the documents; this file is about one`);
  const [xrayLocal = 0, xrayLocalOtlp = 0] = await freePorts(2);
  [api, otlp] = [`http://127.0.0.1:${xrayLocal}`, `http://127.0.0.1:${xrayLocalOtlp}`];
  const ports = { ...connectToContainers().ports, xrayLocal, xrayLocalOtlp };
  const script = replacePorts(block.text, ports)
    .replaceAll(/-t xray-local\b/g, `-t ${NAME}`)
    .replaceAll(/(docker run )([^\n]* )xray-local$/gm, `$1--detach --name ${NAME} $2${NAME}`);
  await docker('rm', '--force', NAME);
  const env = { ...process.env, NODE_OPTIONS: '' };
  const shell = await openDocumentShell({ cwd: findProjectRoot(), env, timeoutMs: BLOCK_TIMEOUT_MS });
  await shell.run(script).finally(() => shell.close());
  await waitFor('X-Ray Local', async () => (await fetch(`${api}/health`)).ok);
}, 150_000);
afterAll(async () => {
  await docker('stop', '--time', '5', NAME);
  await docker('image', 'rm', '--force', NAME);
}, 30_000);

describe('the image of X-Ray Local, alone', () => {
  it('takes OTLP and answers the X-Ray API, without a setting', async () => {
    const traceId = Math.floor(Date.now() / 1000).toString(16) + randomBytes(12).toString('hex');
    const sent = await fetch(`${otlp}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(aRequest(traceId)),
    });
    expect(sent.status).toBe(200);

    const client = new XRayClient({
      region: LOCAL_REGION,
      endpoint: api,
      credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
    });
    const xrayId = `1-${traceId.slice(0, 8)}-${traceId.slice(8)}`;
    const trace = await waitFor('the trace', async () => {
      const { Traces } = await client.send(new BatchGetTracesCommand({ TraceIds: [xrayId] }));
      return Traces?.[0];
    });
    client.destroy();
    expect(trace.Segments?.[0]?.Document).toContain('"name":"shop"');
  });

  it('shows its console, and answers no page that comes by a name of its own', async () => {
    expect((await fetch(api)).headers.get('content-type')).toContain('text/html');
    expect(await statusFor('localhost:2000')).toBe(200);
    expect(await statusFor('xray-local:2000')).toBe(200);
    expect(await statusFor('rebound.example:2000')).toBe(403);
  });

  it('is found healthy by its own check, and runs as nobody in particular', async () => {
    const health = await waitFor('the health check', async () => {
      const status = (await docker('inspect', '--format', '{{.State.Health.Status}}', NAME)).trim();
      return status === 'starting' ? undefined : status;
    });

    expect(health).toBe('healthy');
    expect((await docker('inspect', '--format', '{{.Config.User}}', NAME)).trim()).toBe('node');
  }, 30_000);
});

function aRequest(traceId: string): object {
  const now = BigInt(Date.now()) * 1_000_000n;
  const span = {
    traceId,
    spanId: randomBytes(8).toString('hex'),
    name: 'GET /',
    kind: 2,
    startTimeUnixNano: String(now),
    endTimeUnixNano: String(now + 1_000_000n),
  };
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] };
  return { resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] };
}

/** fetch does not let a Host be chosen. */
function statusFor(host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(`${api}/status`, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}
