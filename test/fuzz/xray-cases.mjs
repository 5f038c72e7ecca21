// @ts-check
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { hostileText, hostileValue, MARKER, mutateBytes, mutateValue } from './hostile-values.mjs';
import { encodeExportRequest } from './protobuf.mjs';
import { anExportRequest, aSegment, toPacket } from './traces.mjs';
import { INPUTS } from './xray-queries.mjs';

/** @typedef {import('./random.mjs').Random} Random */
/** @typedef {{ kind: 'http', listener: 'xray' | 'otlp', method: string, path: string, headers: Record<string, string>, body: Buffer }} HttpCase */
/** @typedef {{ kind: 'raw', listener: 'xray' | 'otlp', bytes: Buffer }} RawCase */
/** @typedef {{ kind: 'udp', bytes: Buffer }} UdpCase */
/** @typedef {HttpCase | RawCase | UdpCase} Case */

const ENCODINGS = /** @type {const} */ ([
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['zstd', zstdCompressSync],
  ['br', brotliCompressSync],
]);
const ODD_ENCODINGS = [
  'identity',
  'GZIP',
  'gzip, gzip',
  'identity, gzip',
  'gzip;q=1',
  '',
  ',',
  'compress',
  '*',
  'x'.repeat(2000),
  MARKER,
];
const TYPES = [
  'application/json',
  'application/x-protobuf',
  'application/json; charset=utf-8',
  'APPLICATION/JSON',
  'text/plain',
  'text/html',
  '',
  'x',
  `${MARKER}`,
  'application/grpc',
  'multipart/form-data',
];
const MAX_PACKET_BYTES = 65_507;
/** A megabyte of zeros a thousand times smaller, and 64 of them, which is more than any body may be. */
const BOMBS = [
  gzipSync(Buffer.alloc(1 << 20)),
  gzipSync(Buffer.alloc(64 << 20)),
  zstdCompressSync(Buffer.alloc(64 << 20)),
];

/**
 * Makes the cases against xray-local.
 *
 * @param {readonly string[]} operationPaths
 * @returns {(random: Random) => Case}
 */
export function createXrayCases(operationPaths) {
  return (random) => {
    const kind = random.int(100);
    if (kind < 22) return jsonSpans(random);
    if (kind < 40) return protobufSpans(random);
    if (kind < 52) return segments(random);
    if (kind < 75) return operation(random, random.pick(operationPaths));
    if (kind < 79) return anyRequest(random, operationPaths);
    if (kind < 82) return { kind: 'raw', listener: random.pick(['xray', 'otlp']), bytes: rawRequest(random) };
    return { kind: 'udp', bytes: packet(random).subarray(0, MAX_PACKET_BYTES) };
  };
}

/**
 * @param {Random} random
 * @returns {HttpCase}
 */
function jsonSpans(random) {
  const request = anExportRequest(random);
  let body = random.chance(0.08)
    ? jsonOf(hostileValue(random))
    : jsonOf(mutateValue(random, request, random.pick([0, 0.02, 0.1])));
  if (random.chance(0.3)) body = mutateBytes(random, body);
  if (random.chance(0.004)) body = Buffer.from('[{"a":'.repeat(20_000));
  return encoded(random, toTraces(random, 'application/json', body));
}

/**
 * @param {Random} random
 * @returns {HttpCase}
 */
function protobufSpans(random) {
  const kind = random.int(10);
  let body = encodeExportRequest(anExportRequest(random));
  if (kind > 2) body = mutateBytes(random, body);
  if (kind > 8) body = random.bytes(random.int(400));
  // A message in itself, as often as a body has room for.
  if (random.chance(0.01))
    body = Buffer.concat(Array.from({ length: 3000 }, () => Buffer.from([0x0a, 0xff, 0x01])));
  return encoded(random, toTraces(random, 'application/x-protobuf', body));
}

/**
 * @param {Random} random
 * @param {string} type
 * @param {Buffer} body
 * @returns {HttpCase}
 */
function toTraces(random, type, body) {
  const listener = random.pick(/** @type {const} */ (['xray', 'otlp']));
  const contentType = random.chance(0.05) ? random.pick(TYPES) : type;
  return {
    kind: 'http',
    listener,
    method: 'POST',
    path: '/v1/traces',
    headers: { 'content-type': contentType },
    body,
  };
}

/**
 * @param {Random} random
 * @param {HttpCase} request
 * @returns {HttpCase}
 */
function encoded(random, request) {
  const kind = random.int(40);
  if (kind < 4) {
    const [name, compress] = random.pick(ENCODINGS);
    const compressed = compress(request.body);
    const body = random.chance(0.4) ? mutateBytes(random, compressed) : compressed;
    return { ...request, body, headers: { ...request.headers, 'content-encoding': name } };
  }
  if (kind === 4)
    return { ...request, headers: { ...request.headers, 'content-encoding': random.pick(ODD_ENCODINGS) } };
  if (kind === 5 && random.chance(0.1)) {
    return {
      ...request,
      body: random.pick(BOMBS),
      headers: { ...request.headers, 'content-encoding': random.pick(['gzip', 'zstd']) },
    };
  }
  return request;
}

/**
 * @param {Random} random
 * @returns {HttpCase}
 */
function segments(random) {
  const documents = random.list(random.chance(0.001) ? 600 : 3, () => hostileDocument(random));
  let body = jsonOf({ TraceSegmentDocuments: documents });
  if (random.chance(0.1)) body = mutateBytes(random, body);
  return { kind: 'http', listener: 'xray', method: 'POST', path: '/TraceSegments', headers: {}, body };
}

/** @param {Random} random */
function hostileDocument(random) {
  const kind = random.int(30);
  if (kind === 0) return hostileText(random);
  if (kind === 1)
    return (
      random.pick(['T1S', 'T1U', 'T1X']) +
      mutateBytes(random, encodeExportRequest(anExportRequest(random))).toString('base64')
    );
  if (kind === 2) return '[{"a":'.repeat(random.pick([10, 300, 8000]));
  const text = jsonOf(mutateValue(random, aSegment(random), random.pick([0, 0.02, 0.1])));
  return (random.chance(0.3) ? mutateBytes(random, text) : text).toString('utf8');
}

/**
 * @param {Random} random
 * @param {string} path
 * @returns {HttpCase}
 */
function operation(random, path) {
  const input = INPUTS[path]?.(random) ?? {};
  let body = jsonOf(
    random.chance(0.05) ? hostileValue(random) : mutateValue(random, input, random.pick([0, 0.05, 0.2])),
  );
  if (random.chance(0.1)) body = mutateBytes(random, body);
  return {
    kind: 'http',
    listener: 'xray',
    method: 'POST',
    path,
    headers: { 'content-type': 'application/json' },
    body,
  };
}

const METHODS = ['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'POST', 'PROPFIND'];
const PATHS = [
  '/',
  '/status',
  '/health',
  '/v1/traces',
  '/v1/metrics',
  '/Nothing',
  '/../../etc/passwd',
  '/%00',
  '/%zz',
  '//',
  '/a?b=%',
  '/assets/x.js',
  '/index.html',
  `/${'a'.repeat(9000)}`,
  `/${encodeURIComponent(MARKER)}`,
  `/Traces?${encodeURIComponent(MARKER)}`,
];
const HOSTS = [
  'evil.example',
  'localhost',
  '127.0.0.1',
  '[::1',
  MARKER,
  'a'.repeat(3000),
  'localhost:99999',
  '127.0.0.1.evil.example',
];
const ORIGINS = ['http://evil.example', 'null', 'http://localhost', '', MARKER];

/**
 * @param {Random} random
 * @param {readonly string[]} operationPaths
 * @returns {HttpCase}
 */
function anyRequest(random, operationPaths) {
  /** @type {Record<string, string>} */
  const headers = {};
  if (random.chance(0.3)) headers['host'] = random.pick(HOSTS);
  if (random.chance(0.3)) headers['origin'] = random.pick(ORIGINS);
  if (random.chance(0.3)) headers['content-type'] = random.pick(TYPES);
  if (random.chance(0.1)) headers['expect'] = '100-continue';
  if (random.chance(0.1)) headers['x-amzn-trace-id'] = 'Root=1-a;Parent=b'.repeat(100);
  const method = random.pick(METHODS);
  const path = random.pick(random.chance(0.5) ? PATHS : operationPaths);
  const hasBody = random.chance(0.3) && method !== 'GET' && method !== 'HEAD' && method !== 'TRACE';
  return {
    kind: 'http',
    listener: random.pick(['xray', 'otlp']),
    method,
    path,
    headers,
    body: hasBody ? random.bytes(random.int(200)) : Buffer.alloc(0),
  };
}

const RAW = [
  'GET / HTTP/1.1\r\n\r\n',
  'GET / HTTP/1.1\r\nhost: a\r\nhost: b\r\n\r\n',
  'GET / HTTP/9.9\r\nhost: localhost\r\n\r\n',
  'GET /\r\n\r\n',
  '\r\n\r\n\r\n',
  'POST /Traces HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello!',
  'POST /Traces HTTP/1.1\r\nhost: localhost\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
  'POST /Traces HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n',
  'POST /Traces HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab',
  'POST /Traces HTTP/1.1\r\nhost: localhost\r\ncontent-length: -1\r\n\r\n',
  'POST /Traces HTTP/1.1\r\nhost: localhost\r\ncontent-length: 99999999999999\r\n\r\nx',
  'POST /v1/traces HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 20\r\n\r\n{',
  `GET / HTTP/1.1\r\nhost: localhost\r\nx: ${'y'.repeat(40_000)}\r\n\r\n`,
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  'CONNECT evil.example:443 HTTP/1.1\r\nhost: evil.example\r\n\r\n',
  'GET http://evil.example/ HTTP/1.1\r\nhost: localhost\r\n\r\n',
  'GET / HTTP/1.1\r\nhost: localhost\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n',
  '\u0016\u0003\u0001\u0002\u0000\u0001',
];

/** @param {Random} random */
function rawRequest(random) {
  const bytes = Buffer.from(random.pick(RAW), 'latin1');
  return random.chance(0.5) ? mutateBytes(random, bytes) : bytes;
}

const PACKET_HEADERS = [
  '',
  '\n',
  '{"format":"json","version":1}',
  '{"format":"json","version":2}\n',
  '{"format":"xml","version":1}\n',
  'null\n',
  '[]\n',
  '{"__proto__":{"format":"json","version":1}}\n',
  `${'['.repeat(900)}\n`,
];

/** @param {Random} random */
function packet(random) {
  const kind = random.int(10);
  const document = Buffer.from(hostileDocument(random)).subarray(0, 65_000);
  if (kind === 0) return random.bytes(random.int(500));
  if (kind === 1) return Buffer.concat([Buffer.from(random.pick(PACKET_HEADERS)), document]);
  const bytes = toPacket(document);
  return kind === 2 ? mutateBytes(random, bytes) : bytes;
}

/** @param {unknown} value */
function jsonOf(value) {
  return Buffer.from(JSON.stringify(value) ?? 'null');
}
