// @ts-check
/** @typedef {import('./random.mjs').Random} Random */

const HEADER = '{"format":"json","version":1}\n';

/** @param {Random} random */
export function aTraceId(random) {
  const seconds = Math.floor(Date.now() / 1000);
  // Few traces, so that documents of several cases meet in one.
  return `1-${seconds.toString(16)}-${random.int(400).toString(16).padStart(24, '0')}`;
}

/**
 * A segment document that X-Ray takes.
 *
 * @param {Random} random
 * @param {number} [depth]
 * @returns {Record<string, unknown>}
 */
export function aSegment(random, depth = 0) {
  const startSec = Date.now() / 1000 - random.int(100);
  return {
    name: random.pick(['signup-api', 'notifier', 'SNS', 'signups']),
    id: random.hex(16),
    trace_id: aTraceId(random),
    ...(random.chance(0.4) ? { parent_id: random.hex(16), type: 'subsegment', namespace: 'aws' } : {}),
    start_time: startSec,
    ...(random.chance(0.1) ? { in_progress: true } : { end_time: startSec + random.next() }),
    http: {
      request: { method: 'GET', url: 'http://example.com/a?b=c' },
      response: { status: random.pick([200, 404, 429, 500]) },
    },
    aws: { operation: 'PutItem', table_name: 'signups', region: 'us-east-1', ecs: { container: 'a' } },
    annotations: { tenant: 'a', count: 1, isNew: true },
    metadata: { default: { list: [1, { a: null }] } },
    error: random.chance(0.3),
    fault: random.chance(0.2),
    cause: {
      exceptions: [
        { id: random.hex(16), type: 'Error', message: 'no', stack: [{ path: 'a.js', line: 1, label: 'f' }] },
      ],
    },
    links: [{ trace_id: aTraceId(random), id: random.hex(16) }],
    sql: { url: 'jdbc:a', sanitized_query: 'SELECT ?' },
    user: 'someone',
    subsegments: depth > 1 || random.chance(0.6) ? [] : random.list(2, () => aSegment(random, depth + 1)),
  };
}

/** @param {string | Uint8Array} document */
export function toPacket(document) {
  return Buffer.concat([Buffer.from(HEADER), Buffer.from(document)]);
}

/**
 * An OTLP/JSON export request.
 *
 * @param {Random} random
 */
export function anExportRequest(random) {
  return {
    resourceSpans: [
      {
        resource: { attributes: attributes(random) },
        scopeSpans: [{ scope: { name: 'fuzz' }, spans: random.list(3, () => aSpan(random)) }],
      },
    ],
  };
}

/** @param {Random} random */
function aSpan(random) {
  const startNano = BigInt(Date.now()) * 1_000_000n;
  return {
    traceId: aTraceId(random).replaceAll('-', '').slice(1),
    spanId: random.hex(16),
    parentSpanId: random.chance(0.5) ? random.hex(16) : '',
    name: random.pick(['GET', 'POST /signup', 'SNS.Publish']),
    kind: random.int(6),
    startTimeUnixNano: String(startNano),
    endTimeUnixNano: String(startNano + 5_000_000n),
    attributes: attributes(random),
    events: random.list(2, () => ({
      timeUnixNano: String(startNano),
      name: 'exception',
      attributes: [
        text('exception.type', 'Error'),
        text('exception.message', 'no'),
        text('exception.stacktrace', 'Error: no\n    at f (/app/a.js:1:2)\n    at g (/app/b.js:3:4)'),
      ],
    })),
    links: random.list(1, () => ({
      traceId: random.hex(32),
      spanId: random.hex(16),
      attributes: attributes(random),
    })),
    status: { code: random.int(3), message: 'no' },
  };
}

const KEYS = [
  'service.name',
  'cloud.provider',
  'cloud.platform',
  'aws.ecs.launchtype',
  'aws.span.kind',
  'aws.local.service',
  'aws.remote.service',
  'peer.service',
  'rpc.system',
  'rpc.service',
  'rpc.method',
  'db.system',
  'db.name',
  'db.statement',
  'db.connection_string',
  'http.url',
  'http.method',
  'http.status_code',
  'http.target',
  'http.host',
  'url.full',
  'http.request.method',
  'http.response.status_code',
  'net.peer.name',
  'net.peer.port',
  'client.address',
  'aws.table_name',
  'aws.dynamodb.table_names',
  'aws.queue_url',
  'aws.xray.annotations',
  'aws.xray.inprogress',
  'enduser.id',
  'telemetry.sdk.language',
  'aws.log.group.names',
  '__proto__',
  'constructor',
];

/** @param {Random} random */
function attributes(random) {
  return random.list(6, () => ({ key: random.pick(KEYS), value: anyValue(random, 0) }));
}

/**
 * @param {string} key
 * @param {string} value
 */
function text(key, value) {
  return { key, value: { stringValue: value } };
}

/**
 * @param {Random} random
 * @param {number} depth
 * @returns {Record<string, unknown>}
 */
function anyValue(random, depth) {
  const kind = random.int(depth > 2 ? 4 : 7);
  if (kind < 2)
    return {
      stringValue: random.pick([
        'aws',
        'aws-api',
        'LOCAL_ROOT',
        'aws_ecs',
        'jdbc:mysql://a:1/b',
        'http://[::1',
        'a b',
      ]),
    };
  if (kind === 2) return { intValue: random.pick(['200', '404', '500', '-9223372036854775808']) };
  if (kind === 3)
    return random.pick([
      { boolValue: true },
      { doubleValue: 0.5 },
      { doubleValue: 'NaN' },
      { bytesValue: 'AAE=' },
      {},
    ]);
  if (kind < 6) return { arrayValue: { values: random.list(3, () => anyValue(random, depth + 1)) } };
  return {
    kvlistValue: { values: random.list(3, () => ({ key: 'a', value: anyValue(random, depth + 1) })) },
  };
}
