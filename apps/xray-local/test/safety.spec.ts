import { once } from 'node:events';
import http from 'node:http';
import net from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BatchGetTracesCommand, GetTraceSummariesCommand } from '@aws-sdk/client-xray';
import type { AnyValue, OtlpSpan } from '#xray-model';
import { OPERATION_NAMES } from '../src/api/operations.js';
import { encodeOtlpJson } from './otlp-encoder.js';
import { aSegment, aTraceId, BASE_SEC } from './segment-documents.js';
import { startForTest } from './start-for-test.js';
import type { XrayForTest } from './start-for-test.js';

const MARKUP = '<img src=x onerror=alert(1)>';
const JSON_TYPE = 'application/json';

/** The addresses of this machine, besides loopback, at which something listens on the port of the URL. */
async function answersFromOutside(url: string): Promise<string[]> {
  const others = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4');
  const answers: string[] = [];
  for (const { address } of others) {
    const socket = net.connect(Number(new URL(url).port), address);
    const event = await once(socket, 'connect').then(
      () => 'connected',
      (error: NodeJS.ErrnoException) => error.code,
    );
    socket.destroy();
    if (event !== 'ECONNREFUSED') answers.push(`${address}: ${event}`);
  }
  return answers;
}

/** On a developer's machine any web page and any program can reach it. */
describe('X-Ray Local, unasked', () => {
  let xray: XrayForTest;

  beforeAll(async () => {
    xray = await startForTest();
  });
  afterAll(async () => {
    await xray.stop();
  });

  async function post(
    path: string,
    body: unknown,
  ): Promise<{ status: number; text: string; headers: Headers }> {
    const response = await fetch(xray.url + path, {
      method: 'POST',
      headers: { 'content-type': JSON_TYPE },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return { status: response.status, text: await response.text(), headers: response.headers };
  }

  it('listens on loopback alone, on every port', async () => {
    for (const url of [xray.url, xray.otlpUrl, xray.daemonUrl])
      expect(new URL(url).hostname).toBe('127.0.0.1');

    expect(await answersFromOutside(xray.url)).toEqual([]);
  });

  it('listens on loopback alone also when the host that is asked for is empty', async () => {
    const other = await startForTest({ host: '' });
    const answers = await answersFromOutside(other.url);
    await other.stop();

    expect(answers).toEqual([]);
  });

  it('answers a foreign Host or Origin on no path with anything but a refusal', async () => {
    const paths = ['/', '/status', '/health', '/v1/traces', ...Object.keys(OPERATION_NAMES)];
    for (const path of paths) {
      for (const headers of [{ host: 'rebound.example' }, { origin: 'http://rebound.example' }]) {
        const request = http.request(xray.url + path, { method: 'POST', headers }).end('{}');
        const [response] = (await once(request, 'response')) as [http.IncomingMessage];
        const body = (await response.toArray()).join('');
        expect([path, response.statusCode]).toEqual([path, 403]);
        expect(body).toMatch(/Host header|another origin/);
        expect(response.headers['access-control-allow-origin']).toBeUndefined();
      }
    }
  });

  it('limits a body before it reads it, and the answer reaches a client that still sends', async () => {
    const body = Buffer.alloc(60 * 1024 * 1024, ' ');
    for (const path of ['/TraceSegments', '/v1/traces']) {
      const headers = { 'content-type': JSON_TYPE, 'content-length': body.length };
      const request = http.request(xray.url + path, { method: 'POST', headers }).end(body);
      const [response] = (await once(request, 'response')) as [http.IncomingMessage];
      response.resume();
      expect([path, response.statusCode]).toEqual([path, 413]);
    }
  });

  it('limits depth and counts before it builds anything from them', async () => {
    const deepJson = `${'[{"a":'.repeat(500_000)}1${'}]'.repeat(500_000)}`;
    const deepSegment = JSON.stringify(aSegment(1)).replace(
      '{',
      `{"metadata":${'{"a":'.repeat(500)}1${'}'.repeat(500)},`,
    );
    const startedMs = performance.now();

    const wrong = await post('/Traces', deepJson);
    const span = await post(
      '/v1/traces',
      `{"resourceSpans":[{"resource":{"attributes":[{"value":${'{"arrayValue":{"values":['.repeat(1000)}{}${']}}'.repeat(1000)}}]}}]}`,
    );
    const segment = await post('/TraceSegments', { TraceSegmentDocuments: [deepSegment] });
    const many = await post('/TraceSegments', {
      TraceSegmentDocuments: Array.from({ length: 100_000 }, () => '{}'),
    });

    expect(wrong.status).toBe(400);
    expect([span.status, span.text]).toEqual([400, expect.stringMatching(/nested deeper than 64/)]);
    expect(segment.text).toMatch(/nested deeper than 256/);
    expect([many.status, many.text]).toEqual([400, expect.stringMatching(/at most 500 members, not 100000/)]);
    expect(performance.now() - startedMs).toBeLessThan(5_000);
  });

  it('keeps the prototypes of JavaScript as they are, and such keys as the plain keys that they are', async () => {
    const before = Object.getOwnPropertyNames(Object.prototype);
    const polluting =
      '{"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}},"toString":"a"}';
    const segment = JSON.stringify(aSegment(1, { metadata: {} }))
      .replace(
        '"metadata":{}',
        `"metadata":{"default":${polluting},"__proto__":${polluting}},"aws":${polluting},"annotations":${polluting}`,
      )
      .replace('{', `{"__proto__":{"polluted":"yes"},`);
    const span = encodeOtlpJson([
      { resource: { attributes: hostileAttributes() }, spans: [aSpan({ attributes: hostileAttributes() })] },
    ]);

    await post(
      '/TraceSegments',
      `{"__proto__":{"polluted":"yes"},"TraceSegmentDocuments":[${JSON.stringify(segment)}]}`,
    );
    await post('/v1/traces', span);
    await post('/v1/traces', `{"resourceSpans":[${polluting},{"__proto__":{"scopeSpans":7}}]}`);
    for (const path of Object.keys(OPERATION_NAMES)) {
      await post(path, polluting);
      await post(path, `{"__proto__":{"TraceIds":["a"],"GroupName":"a","StartTime":1,"EndTime":2}}`);
    }

    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    const { Traces } = await xray.client.send(new BatchGetTracesCommand({ TraceIds: [aTraceId(1)] }));
    expect(Traces![0]!.Segments![0]!.Document).toContain(`"default":{"__proto__":{"polluted":"yes"}`);
    expect(xray.logLines.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('says what was sent only in JSON that no browser takes for a page', async () => {
    const answers = [
      await post(`/${encodeURIComponent(MARKUP)}`, ''),
      await post('/Traces', { TraceIds: [MARKUP] }),
      await post('/TraceSummaries', { StartTime: 1, EndTime: 2, FilterExpression: MARKUP }),
      await post('/TraceSegments', {
        TraceSegmentDocuments: [JSON.stringify({ ...aSegment(3), name: MARKUP })],
      }),
      await post(
        '/v1/traces',
        encodeOtlpJson([{ resource: { attributes: [] }, spans: [aSpan({ traceId: MARKUP })] }]),
      ),
    ];
    for (const { headers } of answers) {
      expect(headers.get('content-type')).toMatch(/^application\/json/);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
    const page = await fetch(`${xray.url}/?${encodeURIComponent(MARKUP)}`, { headers: { referer: MARKUP } });
    expect(await page.text()).not.toContain('onerror');
  });

  it('answers what is no HTTP with a reason, and counts it', async () => {
    const before = xray.status().rejected.InvalidRequest ?? 0;
    const socket = net.connect(Number(new URL(xray.url).port), '127.0.0.1').setEncoding('utf8');
    socket.write('NO HTTP AT ALL\r\n\r\n');

    const answer = (await socket.toArray()).join('');

    expect(answer).toMatch(
      /^HTTP\/1\.1 400 Bad Request\r\n[^]*"message":"not a request that can be read: \w/,
    );
    expect(xray.status().rejected.InvalidRequest).toBe(before + 1);
  });

  describe('has a bound to the time that', () => {
    /** What patterns and parsers with a weakness take long for. */
    const LONG_TEXTS = [
      'a',
      ' ',
      '\n',
      '/',
      ':',
      '(',
      '"',
      '\\',
      'at ',
      '\tat ',
      'Caused by: ',
      ' at f (',
      '  File "',
      '%',
      '[',
      '://',
      '@',
      '1.',
      ',',
      "'",
      '\n at ',
      'goroutine 1\n',
      '#0 ',
    ].map((part) => part.repeat(Math.ceil(30_000 / part.length)));
    const LANGUAGES = ['java', 'python', 'javascript', 'nodejs', 'dotnet', 'php', 'go', 'ruby'];
    const KEYS = [
      'http.url',
      'url.full',
      'http.target',
      'http.host',
      'net.peer.name',
      'client.address',
      'db.connection_string',
      'db.name',
      'db.statement',
      'db.system',
      'peer.service',
      'aws.remote.service',
      'enduser.id',
      'aws.log.group.arns',
      'http.status_code',
      'service.version',
      'container.image.tag',
    ];

    it('any attribute, name or stack trace takes to translate', async () => {
      let worstMs = 0;
      for (const text of LONG_TEXTS) {
        const value: AnyValue = { kind: 'string', value: text };
        const attributes = KEYS.map((key) => ({ key, value }));
        for (const language of LANGUAGES) {
          const resource = {
            attributes: [
              { key: 'telemetry.sdk.language', value: { kind: 'string', value: language } as AnyValue },
            ],
          };
          const events = [
            {
              timeUnixNano: BASE_SEC * 1e9,
              name: 'exception',
              attributes: ['type', 'message', 'stacktrace'].map((name) => ({
                key: `exception.${name}`,
                value,
              })),
            },
          ];
          const spans = [
            aSpan({
              name: text,
              attributes: [...attributes, { key: 'db.system', value: { kind: 'string', value: 'mysql' } }],
              events,
            }),
          ];
          const body = encodeOtlpJson([{ resource, spans }]);
          const started = process.cpuUsage();
          await post('/v1/traces', body);
          worstMs = Math.max(worstMs, cpuMs(started));
        }
      }
      // Some 600,000 characters: what is linear needs a tenth of it, what is quadratic a hundred times as much.
      expect(worstMs).toBeLessThan(1_000);
    }, 60_000);

    it('a filter expression takes, whatever it says', async () => {
      const loaded = await startForTest();
      const documents = Array.from({ length: 10_000 }, (_, index) => {
        const isSegment = index % 10 === 0;
        const owner = index - (index % 10) + 1;
        const fields = isSegment
          ? {}
          : {
              trace_id: aTraceId(owner),
              parent_id: aSegment(owner).id,
              type: 'subsegment' as const,
              namespace: 'remote' as const,
            };
        return JSON.stringify(
          aSegment(index + 1, {
            ...fields,
            fault: true,
            annotations: { a: 1 },
            http: { request: { url: 'http://a/b' } },
          }),
        );
      });
      for (let from = 0; from < documents.length; from += 500) {
        const body = JSON.stringify({ TraceSegmentDocuments: documents.slice(from, from + 500) });
        await fetch(`${loaded.url}/TraceSegments`, { method: 'POST', body });
      }
      const fill = (part: string, joint = ' OR '): string => {
        const count = Math.floor(2_000 / (part.length + joint.length));
        return Array.from({ length: count }, () => part).join(joint);
      };
      const filters = [
        fill('annotation.a = 2'),
        fill('annotation[a] = 2'),
        fill('http.url CONTAINS "x"'),
        fill('service(id(name: "b")){ok}'),
        `service(){${fill('name = "b"')
          .slice(0, 1_900)
          .replace(/ OR [^"]*"?[^"]*$/, '')}}`,
        fill('edge("signup-api","a"){ok}'),
        fill('rootcause.fault.entity{name="x"}'),
        fill('rootcause.fault.exception{message="x"}'),
        fill('rootcause.responsetime.entity{name="x"}'),
        `${'!('.repeat(24)}fault${')'.repeat(24)}`,
        '('.repeat(2_000),
        '!'.repeat(2_000),
        '"'.repeat(1_999),
        `rootcause.json = #${'[{"Services":'.repeat(150)}`,
        `http.url CONTAINS "${'a'.repeat(1_900)}b"`,
      ];
      const worst = { ms: 0, filter: '' };
      for (const FilterExpression of filters) {
        const started = process.cpuUsage();
        const window = {
          StartTime: new Date((BASE_SEC - 10) * 1000),
          EndTime: new Date((BASE_SEC + 10) * 1000),
        };
        await loaded.client
          .send(new GetTraceSummariesCommand({ ...window, FilterExpression }))
          .catch((error: Error) => {
            expect(error.name).toBe('InvalidRequestException');
          });
        const elapsedMs = cpuMs(started);
        if (elapsedMs > worst.ms)
          Object.assign(worst, { ms: elapsedMs, filter: FilterExpression.slice(0, 60) });
      }
      await loaded.stop();
      // A page ends after half a second, with a token to go on from; one trace is the least that it looks at.
      expect(worst.ms < 1_500 ? undefined : worst).toBeUndefined();
    }, 60_000);
  });
});

/** Time that this process worked since then, whatever else the machine has to do. */
function cpuMs(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

function aSpan(fields: Partial<OtlpSpan> = {}): OtlpSpan {
  return {
    traceId: aTraceId(2).replaceAll('-', '').slice(1),
    spanId: '00000000000000bb',
    parentSpanId: '',
    name: 'GET /',
    kind: 3,
    startTimeUnixNano: BASE_SEC * 1e9,
    endTimeUnixNano: (BASE_SEC + 1) * 1e9,
    attributes: [],
    events: [],
    links: [],
    status: { code: 2, message: '' },
    ...fields,
  };
}

function hostileAttributes(): { key: string; value: AnyValue }[] {
  const value: AnyValue = {
    kind: 'map',
    entries: [
      {
        key: '__proto__',
        value: { kind: 'map', entries: [{ key: 'polluted', value: { kind: 'string', value: 'yes' } }] },
      },
    ],
  };
  return ['__proto__', 'constructor', 'prototype', 'toString', 'service.name', 'a'].map((key) => ({
    key,
    value,
  }));
}
