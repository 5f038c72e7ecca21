import { describe, expect, it } from '@jest/globals';
import { SpanKind } from '../../src/otlp/otlp-span.js';
import type { SegmentHttp } from '../../src/segment/segment-document.js';
import { aCall, anEvent, aSpan, defaultMetadata, translateOne } from './spans.js';
import type { PlainAttributes } from './spans.js';

function serverHttp(plain: PlainAttributes): SegmentHttp | undefined {
  return translateOne(aSpan({ attributes: plain })).http;
}

function clientHttp(plain: PlainAttributes): SegmentHttp | undefined {
  return translateOne(aCall(plain)).http;
}

describe('the URL of a call', () => {
  it.each([
    [
      'the old whole URL',
      { 'http.url': 'https://api.example.com/users/junit' },
      'https://api.example.com/users/junit',
    ],
    [
      'the stable whole URL',
      { 'url.full': 'https://api.example.com/users/junit' },
      'https://api.example.com/users/junit',
    ],
    ['a relative URL', { 'url.full': '/api/signup?x=1' }, '/api/signup?x=1'],
    [
      'scheme, host and target',
      { 'http.scheme': 'https', 'http.host': 'api.example.com:8443', 'http.target': '/users?a=b' },
      'https://api.example.com:8443/users?a=b',
    ],
    [
      'scheme, host, path and query',
      { 'url.scheme': 'https', 'http.host': 'api.example.com', 'url.path': '/users', 'url.query': 'a=b' },
      'https://api.example.com/users?a=b',
    ],
    [
      'the peer name and port',
      {
        'http.scheme': 'http',
        'net.peer.name': 'kb234.example.com',
        'net.peer.port': 8080,
        'http.target': '/users',
      },
      'http://kb234.example.com:8080/users',
    ],
    [
      'the peer address and a port in text',
      {
        'http.scheme': 'https',
        'net.peer.ip': '10.8.17.36',
        'net.peer.port': '8443',
        'http.target': '/users',
      },
      'https://10.8.17.36:8443/users',
    ],
    [
      'the peer name alone',
      { 'http.method': 'GET', 'net.peer.name': 'db.example.com' },
      'http://db.example.com/',
    ],
    ['a host of other kind', { 'http.method': 'GET', 'host.name': 'laptop' }, 'http:///'],
    [
      'a host that wins over the peer and its port',
      { 'http.host': 'a.example', 'net.peer.name': 'b.example', 'net.peer.port': 81 },
      'http://a.example/',
    ],
    ['an IPv6 peer', { 'http.method': 'GET', 'net.peer.ip': '2001:db8::1' }, 'http://2001:db8::1/'],
    [
      'the server, which is not asked',
      { 'http.request.method': 'GET', 'server.address': 'a.example', 'server.port': 81 },
      'http:///',
    ],
  ] as [string, PlainAttributes, string][])('is made of %s', (_source, plain, url) => {
    expect(clientHttp(plain)?.request?.url).toBe(url);
  });

  it.each([
    ['http', 80, 'http://h/'],
    ['https', 443, 'https://h/'],
    ['http', 443, 'http://h:443/'],
    ['https', 80, 'https://h:80/'],
    ['ftp', 80, 'ftp://h:80/'],
    ['http', '', 'http://h:0/'],
    ['http', true, 'http://h:0/'],
    ['http', { kind: 'int', value: 9007199254740993n }, 'http://h:9007199254740993/'],
    ['http', 2 ** 60, 'http://h:1152921504606846976/'],
  ] as const)('with scheme %s and port %j is %s', (scheme, port, url) => {
    const plain = { 'http.scheme': scheme, 'net.peer.name': 'h', 'net.peer.port': port };

    expect(clientHttp(plain)?.request?.url).toBe(url);
  });
});

describe('the URL of a served request', () => {
  it.each([
    ['the whole URL', { 'http.url': 'https://api.example.com/users' }, 'https://api.example.com/users'],
    [
      'scheme, host and target',
      { 'http.scheme': 'https', 'http.host': 'api.example.com', 'http.target': '/users' },
      'https://api.example.com/users',
    ],
    [
      'server name, port and target',
      {
        'http.scheme': 'https',
        'http.server_name': 'api.example.com',
        'net.host.port': 8443,
        'http.target': '/users',
      },
      'https://api.example.com:8443/users',
    ],
    [
      'the name of the network host',
      { 'http.scheme': 'http', 'net.host.name': 'kb234', 'net.host.port': '8080', 'url.path': '/users' },
      'http://kb234:8080/users',
    ],
    ['the name of the machine', { 'http.method': 'GET', 'host.name': 'kb234' }, 'http://kb234/'],
    [
      'the stable names',
      {
        'url.scheme': 'http',
        'server.address': 'lab',
        'server.port': 3000,
        'url.path': '/signup',
        'url.query': 'x=1',
      },
      'http://lab:3000/signup?x=1',
    ],
    [
      'a query that has its question mark',
      { 'url.scheme': 'http', 'server.address': 'lab', 'url.path': '/signup', 'url.query': '?x=1' },
      'http://lab/signup?x=1',
    ],
    ['an empty query', { 'server.address': 'lab', 'url.path': '/', 'url.query': '' }, 'http://lab/?'],
    [
      'a target that replaces path and query',
      { 'http.host': 'lab', 'http.target': '/t', 'url.path': '/p', 'url.query': 'q' },
      'http://lab/t',
    ],
    ['no host at all but a peer', { 'http.method': 'GET', 'net.peer.ip': '10.1.2.3' }, 'http:///'],
  ] as [string, PlainAttributes, string][])('is made of %s', (_source, plain, url) => {
    expect(serverHttp(plain)?.request?.url).toBe(url);
  });

  it.each([
    [
      'old',
      {
        'http.method': 'GET',
        'http.scheme': 'http',
        'http.target': '/u',
        'net.host.port': 443,
        'net.peer.port': 8080,
      },
    ],
    ['stable', { 'http.request.method': 'GET', 'url.scheme': 'http', 'url.path': '/u', 'server.port': 443 }],
    ['no valid peer', { 'http.method': 'GET', 'network.peer.address': '/tmp/socket' }],
    ['an empty whole', { 'http.url': '' }],
  ] as [string, PlainAttributes][])('is absent with too few %s parts', (_names, plain) => {
    expect(serverHttp(plain)?.request).not.toHaveProperty('url');
  });
});

describe('the client address', () => {
  it.each([
    ['forwarded', { 'http.client_ip': '1.2.3.4' }, '1.2.3.4', true],
    ['the address, forwarded', { 'http.method': 'GET', 'client.address': '1.2.3.4' }, '1.2.3.4', true],
    ['the peer', { 'http.method': 'GET', 'net.peer.ip': '1.2.3.4' }, '1.2.3.4', undefined],
    ['the stable peer', { 'http.method': 'GET', 'network.peer.address': '1.2.3.4' }, '1.2.3.4', undefined],
    ['no name of the client', { 'http.method': 'GET', 'client.address': 'laptop' }, undefined, undefined],
    ['no name of the peer', { 'http.method': 'GET', 'network.peer.address': 'laptop' }, undefined, undefined],
    [
      'forwarded before a peer',
      { 'http.client_ip': '1.2.3.4', 'net.peer.ip': '5.6.7.8' },
      '1.2.3.4',
      undefined,
    ],
    [
      'forwarded after a peer',
      { 'net.peer.ip': '5.6.7.8', 'http.client_ip': '1.2.3.4' },
      '1.2.3.4',
      undefined,
    ],
    [
      'the address after a stable peer',
      { 'http.method': 'GET', 'network.peer.address': '5.6.7.8', 'client.address': '1.2.3.4' },
      '1.2.3.4',
      undefined,
    ],
    ['empty', { 'http.client_ip': '' }, undefined, undefined],
  ] as [string, PlainAttributes, string | undefined, true | undefined][])(
    'can be %s',
    (_source, plain, clientIp, isForwarded) => {
      const request = serverHttp(plain)?.request;

      expect(request?.client_ip).toBe(clientIp);
      expect(request?.x_forwarded_for).toBe(isForwarded);
    },
  );

  it.each([
    '0.0.0.0',
    '255.255.255.255',
    '::',
    '::1',
    '1::',
    '2001:db8:1:2:3:4:5:6',
    '::ffff:1.2.3.4',
    '1:2:3:4:5:6:1.2.3.4',
    'FE80::ABCD',
    '1:2:3:4:5:6:7::',
  ])('is known by %s', (address) => {
    expect(serverHttp({ 'http.method': 'GET', 'client.address': address })?.request?.client_ip).toBe(address);
  });

  it.each([
    '',
    '1.2.3',
    '1.2.3.4.5',
    '01.2.3.4',
    '256.2.3.4',
    '1..3.4',
    '1.2.3.',
    '.1.2.3',
    '1.2.3.x',
    '10.0.0.1:80',
    '[::1]',
    ':',
    ':::',
    '1::2::3',
    '12345::',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8',
    'g::',
    'fe80::1%eth0',
    '1.2.3.4::',
    '::1.2.3',
    '1:2:3:4:5:6:7:1.2.3.4',
    '1.2.3.4:1::',
    'localhost',
    'abcde.example',
  ])('is not %j', (address) => {
    expect(serverHttp({ 'http.method': 'GET', 'client.address': address })?.request).toEqual({
      method: 'GET',
    });
  });
});

describe('the http block', () => {
  it('of a stable server span has everything', () => {
    const http = serverHttp({
      'http.request.method': 'POST',
      'url.scheme': 'http',
      'server.address': '127.0.0.1',
      'server.port': 3000,
      'url.path': '/signup',
      'user_agent.original': 'curl/8',
      'client.address': '203.0.113.7',
      'network.peer.address': '127.0.0.1',
      'http.response.status_code': 201,
    });

    expect(http).toEqual({
      request: {
        method: 'POST',
        url: 'http://127.0.0.1:3000/signup',
        user_agent: 'curl/8',
        client_ip: '203.0.113.7',
      },
      response: { status: 201, content_length: 0 },
    });
  });

  it('takes the later of an old and a stable attribute', () => {
    const plain = {
      'http.method': 'GET',
      'http.request.method': 'PUT',
      'http.response.status_code': 200,
      'http.status_code': 404,
    };

    expect(serverHttp(plain)).toMatchObject({ request: { method: 'PUT' }, response: { status: 404 } });
  });

  it.each(['200', true, 200.5])('reads a status of %j as 0', (status) => {
    expect(serverHttp({ 'http.status_code': status })?.response?.status).toBe(0);
  });

  it.each([
    {},
    { 'server.address': 'h', 'server.port': 1 },
    { 'net.peer.ip': '1.2.3.4', 'net.peer.name': 'n', 'net.peer.port': 1 },
    { 'host.name': 'h' },
    { 'client.address': '1.2.3.4' },
  ])('is absent with only %j, which is gone all the same', (plain) => {
    const document = translateOne(aSpan({ attributes: plain }));

    expect(document).not.toHaveProperty('http');
    expect(document).not.toHaveProperty('metadata');
  });

  it('leaves what it does not understand to the metadata', () => {
    const rest = {
      'http.route': '/x',
      'http.flavor': '1.1',
      'network.peer.port': 1,
      'net.host.ip': '::1',
      'net.transport': 'tcp',
    };

    const document = translateOne(aCall({ 'http.method': 'GET', ...rest }));

    expect(defaultMetadata(document)).toEqual(rest);
  });

  it('of a span that is neither client nor server composes as a client', () => {
    const span = aSpan({
      kind: SpanKind.INTERNAL,
      attributes: { 'http.method': 'GET', 'net.peer.name': 'n', 'server.address': 's' },
    });

    expect(translateOne(span).http?.request?.url).toBe('http://n/');
  });
});

describe('the content length', () => {
  const RECEIVED = { 'message.type': 'RECEIVED', 'messaging.message_payload_size_bytes': 12452 };

  it('comes from the span that received a message, and its attributes stay', () => {
    const document = translateOne(aSpan({ attributes: { 'http.method': 'GET', ...RECEIVED } }));

    expect(document.http?.response).toEqual({ content_length: 12452 });
    expect(defaultMetadata(document)).toEqual(RECEIVED);
  });

  it('comes from the first event that has one', () => {
    const events = [
      anEvent('m', { 'message.type': 'SENT', 'messaging.message_payload_size_bytes': 1 }),
      anEvent('m', { 'message.type': 'RECEIVED' }),
      anEvent('other'),
      anEvent('m', RECEIVED),
      anEvent('m', { ...RECEIVED, 'messaging.message_payload_size_bytes': 2 }),
    ];

    const { http } = translateOne(
      aSpan({ attributes: { 'http.method': 'GET', 'message.type': 'SENT' }, events }),
    );

    expect(http?.response?.content_length).toBe(12452);
  });
});
