import { afterEach, describe, expect, it } from '@jest/globals';
import { runLab } from '../src/command-line/run-lab.js';
import { commands } from '../src/commands.js';
import { captureIo } from './capture-io.js';
import type { FakeAnswer, FakeRequest, FakeServer } from './fake-server.js';
import { findUnusedUrl, startFakeServer } from './fake-server.js';

const TRACE_ID = '1-6553f10a-000000000000000000000001';
const CONSUMER_ID = '1-6553f10a-000000000000000000000002';
const T0 = 1_700_000_010;

let server: FakeServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** Answers of X-Ray by path, in pages: the token of a page is the number of the next. */
async function startXray(pages: Record<string, object[]>): Promise<FakeServer> {
  server = await startFakeServer(({ path, body }: FakeRequest): FakeAnswer => {
    const { NextToken = '0' } = JSON.parse(body) as { NextToken?: string };
    const index = Number(NextToken);
    const list = pages[path] ?? [];
    const next = index + 1 < list.length ? { NextToken: String(index + 1) } : {};
    return {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...list[index], ...next }),
    };
  });
  return server;
}

async function lab(args: string[], url: string) {
  const io = captureIo({ env: { AWS_ENDPOINT_URL_XRAY: url }, nowMs: () => (T0 + 60) * 1_000 });
  const exitCode = await runLab(args, commands, io);
  return { exitCode, out: io.outText(), err: io.errText() };
}

function bodyOf(request: FakeRequest | undefined): Record<string, unknown> {
  return JSON.parse(request?.body ?? '') as Record<string, unknown>;
}

const statistics = {
  OkCount: 1,
  ErrorStatistics: { ThrottleCount: 0, OtherCount: 0, TotalCount: 0 },
  FaultStatistics: { OtherCount: 0, TotalCount: 0 },
  TotalCount: 1,
  TotalResponseTime: 0.14,
};
const client = {
  ReferenceId: 0,
  Name: 'signup-api',
  Type: 'client',
  StartTime: T0,
  EndTime: T0 + 0.14,
  Edges: [{ ReferenceId: 1, SummaryStatistics: statistics }],
};
const api = {
  ReferenceId: 1,
  Name: 'signup-api',
  Type: 'AWS::ECS::Fargate',
  SummaryStatistics: statistics,
  Edges: [],
};
const graphPages = [
  { StartTime: T0 - 240, EndTime: T0 + 60, ContainsOldGroupVersions: false, Services: [client] },
  { StartTime: T0 - 240, EndTime: T0 + 60, Services: [api] },
];

describe('lab map', () => {
  it('asks for the last minutes and shows all pages', async () => {
    const { url, requests } = await startXray({ '/ServiceGraph': graphPages });
    const { exitCode, out } = await lab(['map', '--minutes', '3'], url);

    expect(exitCode).toBe(0);
    expect(bodyOf(requests[0])).toEqual({ StartTime: T0 - 120, EndTime: T0 + 60 });
    expect(out).toContain('of the last 3 min');
    expect(out).toMatch(/^signup-api {2}AWS::ECS::Fargate +140 ms +0\.3 +1 +0 +0 +0$/m);
    expect(out).toMatch(/^client → signup-api +140 ms +0\.3/m);
  });

  it("prints X-Ray's own answer as JSON, its pages joined", async () => {
    const { url } = await startXray({ '/ServiceGraph': graphPages });
    const { out } = await lab(['map', '--json'], url);

    expect(JSON.parse(out)).toEqual({ ...graphPages[0], Services: [client, api] });
  });

  it('says what to do where there is nothing to see', async () => {
    const { url } = await startXray({ '/ServiceGraph': [{ Services: [] }] });

    expect((await lab(['map'], url)).out).toContain('npm run lab -- traffic');
  });

  it('says what is not running', async () => {
    const url = await findUnusedUrl();

    expect(await lab(['map'], url)).toEqual({
      exitCode: 1,
      out: '',
      err: `lab map: X-Ray Local is not running at ${url}; start the lab with: npm start\n`,
    });
  });

  it('says what a server that is not X-Ray makes of it', async () => {
    server = await startFakeServer(() => ({ status: 200, body: '<html>' }));
    const { exitCode, err } = await lab(['map'], server.url);

    expect(exitCode).toBe(1);
    expect(err).toMatch(/^lab map: X-Ray answered /);
  });

  it.each(['0', '361', 'x'])('refuses --minutes %s', async (minutes) => {
    const { exitCode, err } = await lab(['map', '--minutes', minutes], 'http://127.0.0.1:1');

    expect(exitCode).toBe(2);
    expect(err).toContain(`--minutes must be a number from 0.1 to 360, not "${minutes}"`);
  });
});

const summaries = [
  { Id: CONSUMER_ID, StartTime: T0 + 1, Duration: 0.1, EntryPoint: { Name: 'notifier' } },
  { Id: TRACE_ID, StartTime: T0, Duration: 0.14, Http: { HttpMethod: 'POST', HttpStatus: 201 } },
];

describe('lab traces', () => {
  const pages = {
    '/TraceSummaries': [
      { TraceSummaries: summaries.slice(1), TracesProcessedCount: 1, ApproximateTime: T0 },
      { TraceSummaries: summaries.slice(0, 1), TracesProcessedCount: 1, ApproximateTime: T0 },
    ],
  };

  it('lists the latest first and sends the filter along', async () => {
    const { url, requests } = await startXray(pages);
    const { exitCode, out } = await lab(['traces', '--filter', 'duration < 3 !partial'], url);

    expect(exitCode).toBe(0);
    expect(bodyOf(requests[0])['FilterExpression']).toBe('duration < 3 !partial');
    expect(out.indexOf(CONSUMER_ID)).toBeLessThan(out.indexOf(TRACE_ID));
    expect(out).toContain('POST');
  });

  it('asks for no more pages than the limit needs, and says that there may be more', async () => {
    const { url, requests } = await startXray(pages);
    const { out } = await lab(['traces', '--limit', '1'], url);

    expect(requests).toHaveLength(1);
    expect(out).toContain('The latest 1; --limit shows more.');
  });

  it('prints the answer as JSON, its pages joined', async () => {
    const { url } = await startXray(pages);

    expect(JSON.parse((await lab(['traces', '--json'], url)).out)).toEqual({
      TraceSummaries: summaries,
      TracesProcessedCount: 2,
      ApproximateTime: T0,
    });
  });

  it('tells a filter that matches nothing from a map without traces', async () => {
    const { url } = await startXray({ '/TraceSummaries': [{ TraceSummaries: [], TracesProcessedCount: 7 }] });

    expect((await lab(['traces', '--filter', 'fault'], url)).out).toBe(
      'None of the 7 traces of the last 5 min matches.\n',
    );
    expect((await lab(['traces'], url)).out).toContain('No traces in the last 5 min.');
  });

  it('shows where a filter cannot be understood, without asking anybody', async () => {
    const { exitCode, err } = await lab(['traces', '--filter', 'ok AND flt'], 'http://127.0.0.1:1');

    expect(exitCode).toBe(2);
    expect(err).toContain('column 8: unknown keyword flt');
    expect(err).toContain('\n  ok AND flt\n         ^\n');
  });
});

describe('lab trace', () => {
  const document = {
    id: 'a'.repeat(16),
    name: 'signup-api',
    trace_id: TRACE_ID,
    start_time: T0,
    end_time: T0 + 0.14,
    http: { request: { method: 'POST', url: 'http://a/signup' } },
  };
  const toTrace = (segment: typeof document & { links?: object[] }) => ({
    Id: segment.trace_id,
    Duration: 0.14,
    LimitExceeded: false,
    Segments: [{ Id: segment.id, Document: JSON.stringify(segment) }],
  });
  const links = [{ trace_id: TRACE_ID, id: 'b'.repeat(16) }];
  const consumer = { ...document, id: 'c'.repeat(16), name: 'notifier', trace_id: CONSUMER_ID, links };

  async function startXrayWithTraces(): Promise<FakeServer> {
    const traces = [toTrace(document), toTrace(consumer)];
    server = await startFakeServer(({ path, body }) => {
      const { TraceIds = [] } = JSON.parse(body) as { TraceIds?: string[] };
      const Traces = traces.filter(({ Id }) => TraceIds.includes(Id));
      const answer = path === '/Traces' ? { Traces, UnprocessedTraceIds: [] } : { TraceSummaries: summaries };
      return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(answer) };
    });
    return server;
  }

  it.each([TRACE_ID, TRACE_ID.slice(2).replace('-', ''), TRACE_ID.toUpperCase()])(
    'shows the trace of the id %s',
    async (id) => {
      const { url } = await startXrayWithTraces();
      const { exitCode, out } = await lab(['trace', id], url);

      expect(exitCode).toBe(0);
      expect(out).toContain(`Trace ${TRACE_ID}  POST http://a/signup`);
      expect(out).toMatch(/^signup-api +service .* 140 ms {2}ok +█+$/m);
    },
  );

  it('names the linked trace in either of the two', async () => {
    const { url } = await startXrayWithTraces();

    expect((await lab(['trace', TRACE_ID], url)).out).toContain(
      `  ${CONSUMER_ID}  took up what was sent here`,
    );
    expect((await lab(['trace', CONSUMER_ID], url)).out).toContain(
      `  ${TRACE_ID}  sent what notifier took up here`,
    );
  });

  it("prints X-Ray's own answer as JSON", async () => {
    const { url } = await startXrayWithTraces();

    expect(JSON.parse((await lab(['trace', TRACE_ID, '--json'], url)).out)).toEqual(toTrace(document));
  });

  it('says that there is no such trace, or that this is no id', async () => {
    const { url } = await startXrayWithTraces();
    const unknown = '0'.repeat(31) + '9';

    expect(await lab(['trace', unknown], url)).toMatchObject({
      exitCode: 1,
      err: 'lab trace: there is no trace 1-00000000-000000000000000000000009; the latest ones: npm run lab -- traces\n',
    });
    expect(await lab(['trace', 'nonsense'], url)).toMatchObject({ exitCode: 2 });
  });
});
