// @ts-check
/** Sign-up-shaped spans: as OTLP requests whose ids are new every time, and as the segment documents they become. */
import { randomFillSync } from 'node:crypto';
import protobuf from 'protobufjs/minimal.js';
import { createTranslator, serializeSegmentDocument } from '../../dist/libs/xray-model/src/index.js';

const SERVER = 2;
const CLIENT = 3;
const ERROR = 2;

/** @typedef {{ traceId: string, spanId: string, parentSpanId: string, name: string, kind: number, startMs: number, endMs: number, attributes: [string, string | number][], isFault: boolean, service: string }} BenchSpan */

/** @type {(url: string, code: number) => [string, string | number][]} */
const http = (url, code) => [
  ['http.request.method', 'POST'],
  ['url.full', url],
  ['http.response.status_code', code],
];
/** @type {(service: string, operation: string, number: number) => [string, string | number][]} */
const aws = (service, operation, number) => [
  ['rpc.system', 'aws-api'],
  ['rpc.service', service],
  ['rpc.method', operation],
  ['aws.region', 'us-east-1'],
  ['aws.request_id', `request-${number}`],
  ['http.response.status_code', 200],
];

/**
 * @param {string} traceId
 * @param {number} number
 * @param {number} startMs
 */
function spanFactory(traceId, number, startMs) {
  const id = (/** @type {number} */ index) => (number * 16 + index + 1).toString(16).padStart(16, '9');
  /** @type {(index: number, parent: number, name: string, rest: Partial<BenchSpan> & { from: number, to: number }) => BenchSpan} */
  return (index, parent, name, { from, to, ...rest }) => ({
    traceId,
    spanId: id(index),
    parentSpanId: parent < 0 ? '' : id(parent),
    name,
    kind: CLIENT,
    startMs: startMs + from,
    endMs: startMs + to + (number % 23),
    attributes: [],
    isFault: false,
    service: 'signup-api',
    ...rest,
  });
}

/**
 * The spans of one sign-up. Every tenth fails in the notifier.
 *
 * @param {number} number makes the ids and the variety
 * @param {number} startMs
 * @param {5 | 6} spanCount
 * @returns {BenchSpan[]}
 */
export function signUp(number, startMs, spanCount) {
  const traceId = Math.floor(startMs / 1000).toString(16) + number.toString(16).padStart(24, '5');
  const isFault = number % 10 === 0;
  const span = spanFactory(traceId, number, startMs);
  const spans = [
    span(0, -1, 'POST /signup', {
      from: 0,
      to: 40,
      kind: SERVER,
      isFault,
      attributes: [
        ['http.request.method', 'POST'],
        ['url.scheme', 'http'],
        ['url.path', '/signup'],
        ['server.address', 'signups.example.com'],
        ['user_agent.original', 'Mozilla/5.0'],
        ['client.address', '203.0.113.7'],
        ['http.response.status_code', isFault ? 500 : 201],
        ['signup.preview', number % 2 === 0 ? 'Yes' : 'No'],
      ],
    }),
    span(1, 0, 'DynamoDB.PutItem', {
      from: 2,
      to: 12,
      attributes: [...aws('DynamoDB', 'PutItem', number), ['aws.table.name', 'signups']],
    }),
    span(2, 0, 'POST', {
      from: 13,
      to: 38,
      isFault,
      attributes: http('http://notifier:3001/notifications', isFault ? 500 : 202),
    }),
    span(3, 2, 'POST /notifications', {
      from: 14,
      to: 37,
      kind: SERVER,
      isFault,
      service: 'notifier',
      attributes: [
        ...http('http://notifier:3001/notifications', isFault ? 500 : 202),
        ['queue.depth', number % 7],
      ],
    }),
    span(4, 3, 'SNS.Publish', {
      from: 16,
      to: 34,
      service: 'notifier',
      isFault,
      attributes: [...aws('SNS', 'Publish', number), ['messaging.system', 'aws_sns']],
    }),
    span(5, 3, 'GET', {
      from: 15,
      to: 16,
      service: 'notifier',
      attributes: http('http://169.254.170.2/v2/credentials', 200),
    }),
  ];
  return spans.slice(0, spanCount);
}

const RESOURCE = /** @type {[string, string][]} */ ([
  ['cloud.provider', 'aws'],
  ['cloud.platform', 'aws_ecs'],
  ['aws.ecs.launchtype', 'fargate'],
  ['aws.ecs.task.arn', 'arn:aws:ecs:us-east-1:000000000000:task/lab/0123456789abcdef'],
  ['telemetry.sdk.language', 'nodejs'],
  ['telemetry.sdk.name', 'opentelemetry'],
  ['telemetry.sdk.version', '3.1.0'],
]);

/**
 * One OTLP request.
 *
 * @param {readonly BenchSpan[]} spans
 */
export function encodeRequest(spans) {
  const writer = protobuf.Writer.create();
  for (const service of new Set(spans.map((span) => span.service))) {
    writer.uint32(10).fork();
    writer.uint32(10).fork();
    for (const [key, value] of [['service.name', service], ...RESOURCE])
      attribute(writer, 10, key ?? '', value ?? '');
    writer.ldelim();
    writer.uint32(18).fork();
    for (const span of spans) if (span.service === service) encodeSpan(writer, span);
    writer.ldelim().ldelim();
  }
  return Buffer.from(writer.finish());
}

/** @type {(writer: protobuf.Writer, span: BenchSpan) => void} */
function encodeSpan(writer, span) {
  writer.uint32(18).fork();
  writer.uint32(10).bytes(Buffer.from(span.traceId, 'hex'));
  writer.uint32(18).bytes(Buffer.from(span.spanId, 'hex'));
  if (span.parentSpanId !== '') writer.uint32(34).bytes(Buffer.from(span.parentSpanId, 'hex'));
  writer.uint32(42).string(span.name);
  writer.uint32(48).int32(span.kind);
  writer.uint32(57).raw(nanos(span.startMs));
  writer.uint32(65).raw(nanos(span.endMs));
  for (const [key, value] of span.attributes) attribute(writer, 74, key, value);
  if (span.isFault) writer.uint32(122).fork().uint32(24).int32(ERROR).ldelim();
  writer.ldelim();
}

/** @type {(writer: protobuf.Writer, tag: number, key: string, value: string | number) => void} */
function attribute(writer, tag, key, value) {
  writer.uint32(tag).fork().uint32(10).string(key).uint32(18).fork();
  if (typeof value === 'string') writer.uint32(10).string(value);
  else writer.uint32(24).int32(value);
  writer.ldelim().ldelim();
}

/** @param {number} ms */
function nanos(ms) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(Math.round(ms * 1000)) * 1000n);
  return bytes;
}

/**
 * A request whose ids can be replaced without encoding it again: cheap enough to keep one core's server busy.
 *
 * @param {number} traceCount
 */
export function createRenewableRequest(traceCount) {
  const traces = Array.from({ length: traceCount }, (_, index) => signUp(index + 1, Date.now(), 5));
  const body = encodeRequest(traces.flat());
  const places = traces.map((spans) => ({
    traceAt: placesOf(body, Buffer.from(spans[0]?.traceId ?? '', 'hex')),
    spansAt: spans.map(({ spanId }) => placesOf(body, Buffer.from(spanId, 'hex'))),
  }));
  const random = Buffer.alloc(16);
  return {
    spanCount: traceCount * 5,
    renew() {
      const epochSec = Math.floor(Date.now() / 1000);
      for (const { traceAt, spansAt } of places) {
        randomFillSync(random);
        random.writeUInt32BE(epochSec, 0);
        for (const at of traceAt) random.copy(body, at);
        for (const spanAt of spansAt) {
          randomFillSync(random);
          for (const at of spanAt) random.copy(body, at, 0, 8);
        }
      }
      return body;
    },
  };
}

/** @param {Buffer} body @param {Buffer} pattern */
function placesOf(body, pattern) {
  const places = [];
  for (let at = body.indexOf(pattern); at !== -1; at = body.indexOf(pattern, at + 1)) places.push(at);
  return places;
}

const translator = createTranslator();

/**
 * The documents of a sign-up, as the collector would send them.
 *
 * @param {readonly BenchSpan[]} spans
 */
export function toDocuments(spans) {
  return [...new Set(spans.map(({ service }) => service))].flatMap((service) => {
    const attributes = [['service.name', service], ...RESOURCE].map(([key, value]) => ({
      key: key ?? '',
      value: /** @type {const} */ ({ kind: 'string', value: value ?? '' }),
    }));
    const { documents } = translator.translate({
      resource: { attributes },
      spans: spans.filter((span) => span.service === service).map(toOtlpSpan),
    });
    return documents.map(serializeSegmentDocument);
  });
}

/** @param {BenchSpan} span */
function toOtlpSpan(span) {
  const { traceId, spanId, parentSpanId, name } = span;
  return {
    traceId,
    spanId,
    parentSpanId,
    name,
    kind: /** @type {2 | 3} */ (span.kind),
    startTimeUnixNano: span.startMs * 1e6,
    endTimeUnixNano: span.endMs * 1e6,
    attributes: span.attributes.map(([key, value]) => ({
      key,
      value:
        typeof value === 'string'
          ? /** @type {const} */ ({ kind: 'string', value })
          : /** @type {const} */ ({ kind: 'int', value }),
    })),
    events: [],
    links: [],
    status: { code: /** @type {0 | 2} */ (span.isFault ? ERROR : 0), message: '' },
  };
}
