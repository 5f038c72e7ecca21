import { describe, expect, it } from '@jest/globals';
import { SpanKind } from '../../src/otlp/otlp-span.js';
import { toSegmentName } from '../../src/translate/segment-name.js';
import { aCall, aSpan, PARENT_ID, translateOne } from './spans.js';
import type { PlainAttributes } from './spans.js';

type Kind = keyof typeof SpanKind;

/** Every source of a name, the strongest first. */
const SOURCES: [key: string, value: string, name: string][] = [
  ['aws.remote.service', 'remote', 'remote'],
  ['peer.service', 'peer', 'peer'],
  ['aws.service', 'aws-service', 'aws-service'],
  ['db.name', 'db', 'db'],
  ['rpc.service', 'rpc', 'rpc'],
  ['http.host', 'host:80', 'host:80'],
  ['net.peer.name', 'net-peer', 'net-peer'],
];

describe('the name of a call', () => {
  it.each(SOURCES.map(([key, , name], index) => [key, name, index] as const))(
    'comes from %s when nothing stronger is there',
    (_key, name, index) => {
      const plain = Object.fromEntries(SOURCES.slice(index));

      expect(translateOne(aCall(plain)).name).toBe(name);
    },
  );

  it.each(SOURCES)('falls through an empty %s', (key) => {
    expect(translateOne(aCall({ [key]: '' }, { name: 'GET /x' })).name).toBe('GET /x');
  });

  it.each([
    'server.address',
    'url.full',
    'db.namespace',
    'messaging.destination.name',
    'network.peer.address',
  ])('never comes from %s', (key) => {
    expect(translateOne(aCall({ [key]: 'never' })).name).toBe('GET');
  });

  it('does not come from the service of the caller', () => {
    expect(translateOne(aCall(), { resource: { 'service.name': 'signup-api' } }).name).toBe('GET');
  });

  it('comes from the first of two attributes with one key', () => {
    const plain: PlainAttributes = [
      ['peer.service', 'first'],
      ['peer.service', 'second'],
    ];

    expect(translateOne(aCall(plain)).name).toBe('first');
  });
});

describe('the name of a service', () => {
  it.each([
    ['SERVER', {}, 'signup-api'],
    ['SERVER', { 'aws.local.service': 'local' }, 'local'],
    ['SERVER', { 'peer.service': 'peer' }, 'peer'],
    ['SERVER', { 'rpc.service': 'rpc' }, 'signup-api'],
    ['SERVER', { 'aws.remote.service': 'remote' }, 'signup-api'],
    ['INTERNAL', { 'aws.local.service': 'local' }, 'operation'],
    ['INTERNAL', { 'aws.local.service': 'local', 'aws.span.kind': 'LOCAL_ROOT' }, 'local'],
    ['CONSUMER', { 'aws.remote.service': 'remote' }, 'remote'],
    ['CONSUMER', { 'rpc.service': 'SQS' }, 'SQS'],
    ['CONSUMER', {}, 'operation'],
    ['PRODUCER', { 'aws.remote.service': 'remote' }, 'remote'],
    ['UNSPECIFIED', { 'aws.remote.service': 'remote' }, 'operation'],
  ] as [Kind, PlainAttributes, string][])('of a %s span with %j is %s', (kind, plain, name) => {
    const span = aSpan({
      kind: SpanKind[kind],
      name: 'operation',
      attributes: plain,
      parentSpanId: PARENT_ID,
    });

    expect(translateOne(span, { resource: { 'service.name': 'signup-api' } }).name).toBe(name);
  });
});

describe('the name of an AWS call', () => {
  it.each([
    ['AWS.SDK.DynamoDB', 'aws-api', 'DynamoDB'],
    ['AWS::DynamoDB', 'aws-api', 'DynamoDB'],
    ['AWS.SDK.AWS::S3', 'aws-api', 'AWS::S3'],
    ['DynamoDB', 'aws-api', 'DynamoDB'],
    ['AWS.SDK.DynamoDB', 'grpc', 'AWS.SDK.DynamoDB'],
  ])('from aws.remote.service %s with rpc.system %s is %s', (service, system, name) => {
    expect(translateOne(aCall({ 'rpc.system': system, 'aws.remote.service': service })).name).toBe(name);
  });

  it('may contain what X-Ray rejects, when it comes from an attribute', () => {
    expect(translateOne(aCall({ 'db.name': 'orders?x' })).name).toBe('orders?x');
  });
});

describe('the namespace', () => {
  it.each([
    ['CLIENT', {}, 'remote'],
    ['PRODUCER', {}, 'remote'],
    ['CONSUMER', {}, undefined],
    ['INTERNAL', {}, undefined],
    ['SERVER', {}, undefined],
    ['CLIENT', { 'rpc.system': 'aws-api' }, 'aws'],
    ['CONSUMER', { 'rpc.system': 'aws-api' }, 'aws'],
    ['INTERNAL', { 'aws.service': 'S3' }, 'aws'],
    ['CLIENT', { 'aws.service': '' }, 'aws'],
    ['CLIENT', { 'aws.service': 'S3', 'peer.service': 'peer' }, 'remote'],
    ['CLIENT', { 'rpc.system.name': 'aws-api' }, 'remote'],
    ['CONSUMER', { 'aws.remote.service': 'queue' }, undefined],
  ] as [Kind, PlainAttributes, string | undefined][])(
    'of a %s span with %j is %s',
    (kind, plain, namespace) => {
      expect(translateOne(aSpan({ kind: SpanKind[kind], attributes: plain })).namespace).toBe(namespace);
    },
  );
});

describe('the name of a database', () => {
  it.each([
    ['jdbc:mysql://db.dev.example.com:3306', 'customers@db.dev.example.com'],
    ['mysql://db.dev.example.com:3306/x?y=1', 'customers@db.dev.example.com'],
    ['//db.example.com', 'customers@db.example.com'],
    ['postgres://user:p@ss@db.example.com/x', 'customers@db.example.com'],
    ['postgres://a.example:5432,b.example:5433/x', 'customers@a.example:5432,b.example'],
    ['x://DB.Example', 'customers@DB.Example'],
    ['x://[2001:db8::1]:5432/x', 'customers@2001:db8::1'],
    ['x://[fe80::1%25en0]/', 'customers@fe80::1%en0'],
    ['x://[fe80::1%25]/', 'customers'],
    ['x://[fe80::1%25%41]/', 'customers@fe80::1%A'],
    ['x://[fe80::1%25%2f]/', 'customers'],
    ['x://[fe80::1%25|]/', 'customers'],
    ['x://h%C3%A9.example/', 'customers@hé.example'],
    ['x://h%ff%25/', 'customers@h\ufffd%'],
    ['x://h%41/', 'customers'],
    ['x://h|/', 'customers'],
    ['x://[1.2.3.4]/', 'customers'],
    ['x://h[/', 'customers'],
    ['x://[::1/', 'customers'],
    ['x://[::1]y/', 'customers'],
    ['x://us er@h/', 'customers'],
    ['x://u%zz@h/', 'customers'],
    ['x://h/%zz', 'customers'],
    ['x://h/#%zz', 'customers'],
    ['x://h\u0007/', 'customers'],
    ['jdbc:sqlserver://h:1433;databaseName=x', 'customers'],
    ['///path', 'customers'],
    ['db.example.com:3306', 'customers'],
    [':x', 'customers'],
    ['', 'customers'],
  ])('with connection string %j is %j', (connection, name) => {
    expect(translateOne(aCall({ 'db.name': 'customers', 'db.connection_string': connection })).name).toBe(
      name,
    );
  });

  it('is the host alone behind an empty db.name', () => {
    expect(translateOne(aCall({ 'db.name': '', 'db.connection_string': 'x://host' })).name).toBe('@host');
  });
});

describe('toSegmentName', () => {
  it.each([
    ['GET /a/{id}', 'GET /a/id'],
    ['middleware - <anonymous>', 'middleware - anonymous'],
    ['a_b.c:d/e%f&g#h=i+j-k@l 1', 'a_b.c:d/e%f&g#h=i+j-k@l 1'],
    ['tab\tline\nback\\slash,(comma)"\'', 'tablinebackslashcomma'],
    ['blank\u00a0of another kind', 'blankof another kind'],
    ['Größe 日本 ж', 'Größe 日本 ж'],
    ['½ Ⅷ ² 😀', '   '],
    ['()', 'span'],
    ['', 'span'],
  ])('turns %j into %j', (name, expected) => {
    expect(toSegmentName(name)).toBe(expected);
  });

  it('cuts at 200 bytes', () => {
    expect(toSegmentName('a'.repeat(201))).toBe('a'.repeat(200));
    expect(toSegmentName('é'.repeat(100))).toBe('é'.repeat(100));
    expect(toSegmentName(`${'a'.repeat(199)}é`)).toBe(`${'a'.repeat(199)}\ufffd`);
    expect(toSegmentName('日'.repeat(67))).toBe(`${'日'.repeat(66)}\ufffd\ufffd`);
    expect(toSegmentName('𝒳'.repeat(51))).toBe('𝒳'.repeat(50));
    expect(toSegmentName(`(${'a'.repeat(66)}é)`)).toBe(`${'a'.repeat(66)}é`);
  });
});
