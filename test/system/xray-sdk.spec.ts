import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  BatchGetTracesCommand,
  CreateSamplingRuleCommand,
  GetSamplingStatisticSummariesCommand,
  GetServiceGraphCommand,
  GetTraceSummariesCommand,
  XRayClient,
} from '@aws-sdk/client-xray';
import type { TraceSummary } from '@aws-sdk/client-xray';
import { findProjectRoot } from '#local-stack';
import { waitFor } from '#testing';

const ROOT = findProjectRoot();
const XRAY_LOCAL = join(ROOT, 'dist', 'apps', 'xray-local', 'src', 'main.js');
const EXPRESS_APP = join(ROOT, 'test', 'system', 'fixtures', 'express-app.mjs');

interface Program {
  addresses: Record<string, string>;
  stop(): Promise<void>;
}

interface Document {
  name: string;
  id: string;
  parent_id?: string;
  subsegments?: Document[];
  [field: string]: unknown;
}

let xrayLocal: Program;
let backend: http.Server;
let app: Program;
let xray: XRayClient;

/** Whatever DynamoDB and the other service are asked, except for what is throttled. */
function answerAll(request: http.IncomingMessage, response: http.ServerResponse): void {
  request.resume();
  response.writeHead(request.url === '/throttled' ? 429 : 200, {
    'content-type': 'application/x-amz-json-1.0',
    'x-amzn-requestid': 'REQUESTID',
  });
  response.end('{}');
}

async function start(file: string, environment: Record<string, string>): Promise<Program> {
  const child: ChildProcess = fork(file, {
    env: { PATH: process.env['PATH'], ...environment },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const [message] = (await once(child, 'message')) as [{ addresses: Record<string, string> }];
  return {
    addresses: message.addresses,
    stop: async () => {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}

async function startApp(environment: Record<string, string>): Promise<Program> {
  return start(EXPRESS_APP, {
    AWS_XRAY_DAEMON_ADDRESS: new URL(xrayLocal.addresses['daemon'] ?? '').host,
    AWS_XRAY_LOG_LEVEL: 'silent',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    BACKEND_URL: `http://127.0.0.1:${(backend.address() as AddressInfo).port}`,
    ...environment,
  });
}

beforeAll(async () => {
  backend = http.createServer(answerAll).listen(0, '127.0.0.1');
  await once(backend, 'listening');
  xrayLocal = await start(XRAY_LOCAL, { XRAY_LOCAL_PORT: '0', XRAY_LOCAL_OTLP_PORT: '0' });
  xray = new XRayClient({
    endpoint: xrayLocal.addresses['xray'] ?? '',
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  app = await startApp({ SAMPLE: 'all' });
}, 30_000);

afterAll(async () => {
  xray?.destroy();
  await app?.stop();
  await xrayLocal?.stop();
  backend?.close();
});

function lastMinutes(): { StartTime: Date; EndTime: Date } {
  return { StartTime: new Date(Date.now() - 120_000), EndTime: new Date(Date.now() + 60_000) };
}

async function visit(path: string): Promise<number> {
  const response = await fetch(app.addresses['app'] + path, { signal: AbortSignal.timeout(10_000) });
  await response.arrayBuffer();
  return response.status;
}

async function status(): Promise<{ daemon: { packetsReceived: number }; rejected: object }> {
  const response = await fetch(`${xrayLocal.addresses['xray']}/status`);
  return (await response.json()) as { daemon: { packetsReceived: number }; rejected: object };
}

async function packetsReceived(): Promise<number> {
  return (await status()).daemon.packetsReceived;
}

async function findTrace(path: string, isWhole: (document: Document) => boolean = () => true) {
  return waitFor(`a trace of ${path}`, async () => {
    const FilterExpression = `service("sdk-app") AND http.url ENDSWITH "${path}"`;
    const { TraceSummaries = [] } = await xray.send(
      new GetTraceSummariesCommand({ ...lastMinutes(), FilterExpression }),
    );
    const [summary] = TraceSummaries;
    if (summary === undefined) return undefined;
    const { Traces = [] } = await xray.send(new BatchGetTracesCommand({ TraceIds: [summary.Id ?? ''] }));
    const documents = (Traces[0]?.Segments ?? []).map(
      ({ Document }) => JSON.parse(Document ?? '') as Document,
    );
    const root = documents.find(({ name }) => name === 'sdk-app');
    return root !== undefined && isWhole(root) ? { summary, documents, root } : undefined;
  });
}

describe('an Express application with the X-Ray SDK', () => {
  it('shows a request with its subsegments, its calls and what it says about itself', async () => {
    expect(await visit('/signup')).toBe(200);

    const { summary, documents, root } = await findTrace(
      '/signup',
      ({ subsegments = [] }) => subsegments.length === 3,
    );

    expect(summary).toMatchObject({
      HasError: false,
      HasFault: false,
      IsPartial: false,
      Http: { HttpMethod: 'GET', HttpStatus: 200 },
      Annotations: { plan: [{ AnnotationValue: { StringValue: 'preview' } }] },
    } satisfies TraceSummary);
    expect(root).toMatchObject({
      annotations: { plan: 'preview' },
      metadata: { signup: { form: { fields: ['name', 'email'] } } },
      http: { request: { method: 'GET' }, response: { status: 200 } },
      aws: { xray: { sdk: 'X-Ray for Node.js' } },
    });
    expect(root.subsegments).toEqual([
      expect.objectContaining({ name: 'validate', annotations: { valid: true } }),
      expect.objectContaining({
        name: 'DynamoDB',
        namespace: 'aws',
        aws: expect.objectContaining({
          operation: 'PutItem',
          table_name: 'signups',
          request_id: 'REQUESTID',
        }),
      }),
      expect.objectContaining({ name: '127.0.0.1', namespace: 'remote' }),
    ]);
    expect(documents.map(({ name, origin }) => `${name}, ${String(origin)}`).toSorted()).toEqual([
      '127.0.0.1, undefined',
      'DynamoDB, AWS::DynamoDB::Table',
      'sdk-app, undefined',
    ]);
  });

  it('shows an exception as a fault, with its stack', async () => {
    expect(await visit('/broken')).toBe(500);

    const { summary, root } = await findTrace('/broken');

    expect(summary).toMatchObject({ HasFault: true, HasError: false });
    expect(summary.FaultRootCauses?.[0]?.Services?.[0]?.EntityPath?.[0]?.Exceptions).toEqual([
      { Name: 'TypeError', Message: 'nothing works' },
    ]);
    expect(root).toMatchObject({
      fault: true,
      cause: {
        exceptions: [
          {
            type: 'TypeError',
            stack: expect.arrayContaining([expect.objectContaining({ line: expect.any(Number) })]),
          },
        ],
      },
    });
  });

  it('shows what it was refused as an error and a throttle', async () => {
    expect(await visit('/throttled')).toBe(429);

    const { summary, root } = await findTrace('/throttled');

    expect(summary).toMatchObject({ HasError: true, HasThrottle: true, HasFault: false });
    expect(root.subsegments).toEqual([expect.objectContaining({ name: '127.0.0.1', throttle: true })]);
  });

  it('is whole when the SDK sends a large segment in parts', async () => {
    const before = await packetsReceived();
    expect(await visit('/large')).toBe(200);

    const { root } = await findTrace('/large', ({ subsegments = [] }) => subsegments.length === 150);

    const names = new Set(root.subsegments?.map(({ name }) => name));
    expect(names.size).toBe(150);
    expect((await packetsReceived()) - before).toBeGreaterThan(40);
  });

  it('is on the map, with those that it calls', async () => {
    const { Services = [] } = await xray.send(new GetServiceGraphCommand(lastMinutes()));

    const nodes = new Map(Services.map((service) => [`${service.Name} ${service.Type}`, service]));
    expect([...nodes.keys()].toSorted()).toEqual([
      '127.0.0.1 remote',
      'sdk-app client',
      'sdk-app undefined',
      'signups AWS::DynamoDB::Table',
    ]);
    const { SummaryStatistics, Edges = [] } = nodes.get('sdk-app undefined') ?? {};
    expect(SummaryStatistics).toMatchObject({
      OkCount: 2,
      ErrorStatistics: { ThrottleCount: 1, TotalCount: 1 },
      FaultStatistics: { TotalCount: 1 },
      TotalCount: 4,
    });
    expect(Edges).toHaveLength(2);
  });

  it('loses nothing on its way', async () => {
    expect(await status()).toHaveProperty('rejected', {});
  });
});

describe('the X-Ray SDK', () => {
  it('obeys the sampling rules, and tells what it did by them', async () => {
    for (const [RuleName, FixedRate] of [
      ['always', 1],
      ['never', 0],
    ] as const) {
      await xray.send(
        new CreateSamplingRuleCommand({
          SamplingRule: {
            RuleName,
            FixedRate,
            ReservoirSize: 0,
            Priority: 1,
            Version: 1,
            URLPath: `/sampled/${RuleName}`,
            ResourceARN: '*',
            ServiceName: '*',
            ServiceType: '*',
            Host: '*',
            HTTPMethod: '*',
          },
        }),
      );
    }
    const sampling = await startApp({});
    /** Asks the application to decide. */
    const isSampled = async (rule: string): Promise<boolean> => {
      const headers = { 'x-amzn-trace-id': 'Root=1-00000000-000000000000000000000000;Sampled=?' };
      const response = await fetch(`${sampling.addresses['app']}/sampled/${rule}`, { headers });
      return response.headers.get('x-amzn-trace-id')?.endsWith('Sampled=1') === true;
    };

    try {
      // Until it has the rules, it samples one request a second, and some more.
      await waitFor('the rules', async () => {
        const decisions = await Promise.all(Array.from({ length: 8 }, () => isSampled('always')));
        return decisions.every(Boolean);
      });
      const decisions = await Promise.all(Array.from({ length: 20 }, () => isSampled('never')));
      expect(decisions).not.toContain(true);

      const statistics = await waitFor(
        'the statistics',
        async () => {
          const answer = await xray.send(new GetSamplingStatisticSummariesCommand({}));
          const never = answer.SamplingStatisticSummaries?.find(({ RuleName }) => RuleName === 'never');
          return (never?.RequestCount ?? 0) >= 20 ? never : undefined;
        },
        { timeoutMs: 30_000 },
      );
      expect(statistics).toMatchObject({ RequestCount: 20, SampledCount: 0, BorrowCount: 0 });
    } finally {
      await sampling.stop();
    }
  }, 60_000);
});
