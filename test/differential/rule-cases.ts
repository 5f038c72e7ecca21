import { alonesAndPairs, aCase, anEvent, anException, KINDS, valuesOf } from './case-builder.js';
import type { KindName } from './case-builder.js';
import { keptAttributeCases } from './kept-attribute-cases.js';
import { Otlp } from './otlp-json.js';
import type { PlainAttributes, PlainValue } from './otlp-json.js';
import type { SpanCase } from './span-case.js';
import { STACK_TRACES } from './stack-trace-cases.js';
import {
  AWS_KEYS,
  HTTP_KEYS,
  IP_TEXTS,
  LANGUAGES,
  NAME_KEYS,
  PLATFORMS,
  SPAN_NAMES,
  SPELLINGS,
  SQL_KEYS,
  SQL_SYSTEMS,
  URL_TEXTS,
} from './vocabulary.js';

/** Every rule of the translation and every pair of neighbouring rules, once each; the same spans every time. */
export function ruleCases(): SpanCase[] {
  return [
    ...documentCases(),
    ...nameCases(),
    ...originCases(),
    ...httpCases(),
    ...causeCases(),
    ...awsCases(),
    ...sqlCases(),
    ...keptAttributeCases(),
  ];
}

/** Which documents a span becomes, with which type, namespace and parent. */
function documentCases(): SpanCase[] {
  const marks: PlainAttributes[] = [
    {},
    { 'aws.span.kind': 'LOCAL_ROOT' },
    { 'aws.remote.service': 'dependency', 'aws.remote.operation': 'call' },
    { 'aws.span.kind': 'LOCAL_ROOT', 'aws.local.service': 'own', 'aws.remote.service': 'dependency' },
    {
      'aws.span.kind': 'LOCAL_ROOT',
      'aws.remote.service': 'AWS.SDK.S3',
      'rpc.system': 'aws-api',
      'aws.operation': 'x',
    },
  ];
  const lost = aCase('documents: what is lost', { events: [anEvent('other', { key: 'value' })] });
  const moreLost = { traceState: 'a=b', flags: 769, droppedAttributesCount: 3 };
  const byKind = KINDS.flatMap((kind) =>
    marks.flatMap((mark, index) =>
      [true, false].map((hasParent) =>
        aCase(`documents: ${kind}, mark ${index}, ${hasParent ? 'child' : 'root'}`, {
          kind,
          hasParent,
          attributes: { ...mark, own: 'value', 'aws.xray.metadata.other': '{"a":1}', 'http.method': 'GET' },
          resource: {
            'service.name': 'service',
            'cloud.provider': 'aws',
            'cloud.account.id': '000000000000',
          },
          links: [{ traceId: '6553f1000000000000000000000000ff', spanId: 'bbbbbbbbbbbbbbbb' }],
        }),
      ),
    ),
  );
  return [...byKind, { ...lost, span: { ...lost.span, ...moreLost } }];
}

const NAME_VALUES: PlainAttributes = {
  'aws.local.service': 'local',
  'aws.remote.service': 'AWS.SDK.Remote',
  'db.connection_string': 'jdbc:mysql://db.example.com:3306/x',
  'http.host': 'host.example.com:8080',
  'rpc.system': 'aws-api',
  'aws.span.kind': 'LOCAL_ROOT',
};
/** Those that name a segment; the rest of the keys qualifies. */
const NAMING_KEYS = NAME_KEYS.slice(0, 9);

function nameCases(): SpanCase[] {
  const resource = { 'service.name': 'service' };
  const about = (kind: KindName, what: string): string => `name: ${kind}, ${what}`;
  const byKind = KINDS.flatMap((kind) => [
    ...alonesAndPairs(NAMING_KEYS).map((keys) =>
      aCase(about(kind, keys.join(' before ')), { kind, resource, attributes: valuesOf(NAME_VALUES, keys) }),
    ),
    aCase(about(kind, 'every source empty'), {
      kind,
      attributes: Object.fromEntries(NAMING_KEYS.map((key) => [key, ''])),
    }),
    aCase(about(kind, 'no source is a text'), {
      kind,
      resource: { 'service.name': 5 },
      attributes: Object.fromEntries(NAMING_KEYS.map((key, index) => [key, index])),
    }),
  ]);
  return [
    ...byKind,
    ...NAME_KEYS.slice(9).map((key) =>
      aCase(`name: qualified by ${key}`, {
        kind: 'SERVER',
        resource,
        attributes: valuesOf(NAME_VALUES, [key]),
      }),
    ),
    ...SPAN_NAMES.map((name, index) => aCase(`name: span name ${index}`, { name })),
    ...URL_TEXTS.map((url) =>
      aCase(`name: connection string ${url}`, {
        attributes: { 'db.name': 'db', 'db.connection_string': url },
      }),
    ),
    ...['AWS.SDK.S3', 'AWS::S3', 'AWS.SDK.', 'AWS.SDK.AWS::S3'].map((service) =>
      aCase(`name: AWS call to ${service}`, {
        attributes: { 'rpc.system': 'aws-api', 'aws.remote.service': service },
      }),
    ),
  ];
}

/** The origin, and the blocks of `aws` that tell of the place. */
function originCases(): SpanCase[] {
  const places: PlainAttributes = {
    'host.id': 'i-1',
    'host.type': 'm5',
    'host.image.id': 'ami-1',
    'cloud.availability_zone': 'us-east-1a',
    'container.name': 'app',
    'container.id': 'c1',
    'aws.ecs.task.arn': 'arn:task',
    'aws.ecs.task.family': 'family',
    'aws.ecs.cluster.arn': 'arn:cluster',
    'aws.ecs.container.arn': 'arn:container',
    'k8s.cluster.name': 'cluster',
    'k8s.pod.name': 'pod',
    'service.namespace': 'environment',
    'service.version': '1.2',
    'service.instance.id': '23',
  };
  return [
    ...PLATFORMS.flatMap((platform) => [
      aCase(`origin: ${platform} alone`, { resource: { 'cloud.platform': platform } }),
      aCase(`origin: ${platform} with everything`, { resource: { ...places, 'cloud.platform': platform } }),
      aCase(`origin: ${platform} elsewhere`, {
        resource: { ...places, 'cloud.provider': 'gcp', 'cloud.platform': platform },
        attributes: valuesOf({}, AWS_KEYS.slice(0, 5)),
      }),
    ]),
    ...['ec2', 'fargate', 'EC2', '', 7].map((launchType) =>
      aCase(`origin: launch type ${launchType}`, {
        resource: { 'cloud.provider': 'aws', 'cloud.platform': 'aws_ecs', 'aws.ecs.launchtype': launchType },
      }),
    ),
    ...Object.keys(places).map((key) =>
      aCase(`place: ${key} alone`, { resource: { [key]: places[key] ?? '' } }),
    ),
    ...[
      '12',
      '-5',
      '+7',
      'v1',
      '',
      12,
      '99999999999999999999',
      '-99999999999999999999',
      '-9223372036854775808',
      '1_000',
      ' 1',
    ].map((id) =>
      aCase(`place: deployment ${JSON.stringify(id)}`, {
        resource: { 'cloud.platform': 'aws_elastic_beanstalk', 'service.instance.id': id },
      }),
    ),
  ];
}

const HTTP_VALUES: PlainAttributes = {
  'http.method': 'POST',
  'http.request.method': 'PUT',
  'http.client_ip': '10.1.1.1',
  'http.status_code': 201,
  'http.response.status_code': 404,
  'http.url': 'https://a.example.com/x?y=1',
  'url.full': '/relative',
  'http.scheme': 'https',
  'url.scheme': 'http',
  'net.host.port': 8443,
  'net.peer.port': '9090',
  'net.peer.ip': '10.0.0.9',
  'network.peer.address': '10.0.0.8',
  'client.address': '192.0.2.1',
  'http.target': '/target?t=1',
  'url.path': '/path',
  'url.query': 'q=1',
  'server.port': 8081,
  'message.type': 'RECEIVED',
  'messaging.message_payload_size_bytes': 42,
};

function httpCases(): SpanCase[] {
  const bothSides: KindName[] = ['SERVER', 'CLIENT'];
  const ports: PlainAttributes[] = [80, 443, '80', '443', '', 0].map((port) => ({
    'net.peer.port': port,
    'net.host.port': port,
  }));
  return bothSides.flatMap((kind) => [
    ...alonesAndPairs(HTTP_KEYS).map((keys) =>
      aCase(`http: ${kind}, ${keys.join(' and ')}`, { kind, attributes: valuesOf(HTTP_VALUES, keys) }),
    ),
    ...ports.flatMap((port, index) =>
      ['http', 'https', ''].map((scheme) =>
        aCase(`http: ${kind}, port ${index} of ${scheme}`, {
          kind,
          attributes: { 'http.scheme': scheme, 'net.peer.name': 'peer', 'net.host.name': 'host', ...port },
        }),
      ),
    ),
    ...IP_TEXTS.map((address) =>
      aCase(`http: ${kind}, address ${address}`, {
        kind,
        attributes: { 'http.method': 'GET', 'client.address': address, 'network.peer.address': address },
      }),
    ),
    ...['?q=1', '?', '', 'q'].map((query) =>
      aCase(`http: ${kind}, query '${query}'`, {
        kind,
        attributes: {
          'net.peer.name': 'peer',
          'server.address': 'server',
          'url.path': '/p',
          'url.query': query,
        },
      }),
    ),
    aCase(`http: ${kind}, odd types`, {
      kind,
      attributes: Object.fromEntries(
        HTTP_KEYS.map((key, index) => [key, [true, 1.5, ['a'], { k: 'v' }, null][index % 5] ?? null]),
      ),
    }),
    aCase(`http: ${kind}, payload on an event`, {
      kind,
      attributes: { 'http.method': 'GET', 'message.type': 'SENT' },
      events: [
        anEvent('message', { 'message.type': 'SENT', 'messaging.message_payload_size_bytes': 1 }),
        anEvent('message', { 'message.type': 'RECEIVED', 'messaging.message_payload_size_bytes': 2 }),
        anEvent('message', { 'message.type': 'RECEIVED', 'messaging.message_payload_size_bytes': 3 }),
      ],
    }),
  ]);
}

const FAILED_TRY_STATUSES: readonly PlainValue[] = [
  '503',
  true,
  null,
  1.5,
  new Otlp({ doubleValue: 1e21 }),
  new Otlp({ bytesValue: 'AQID' }),
  ['b', 1, null],
  { z: 1, a: { y: '<&\u2028\u2029>', b: [{ d: 1, c: 2 }] } },
];

function causeCases(): SpanCase[] {
  const stacks = Object.entries(STACK_TRACES).flatMap(([written, traces]) =>
    Object.entries(traces).flatMap(([what, trace]) =>
      [written, written === 'javascript' ? 'nodejs' : 'javascript'].map((language) =>
        aCase(`cause: ${written} ${what}, read as ${language}`, {
          resource: { 'telemetry.sdk.language': language },
          events: [anException(trace), anEvent('other', {}), anException(trace, '', '')],
        }),
      ),
    ),
  );
  const languages = LANGUAGES.map((language) =>
    aCase(`cause: one line, read as ${language}`, {
      resource: { 'telemetry.sdk.language': language },
      events: [anException('Problem: one line')],
    }),
  );
  const codes = [undefined, 399, 400, 429, 499, 500, 599, 600, '404', 404.5];
  const flags = codes.flatMap((code) =>
    [0, 1, 2].map((status) =>
      aCase(`flags: status ${status} with code ${JSON.stringify(code)}`, {
        status: { code: status, message: status === 2 ? 'no' : '' },
        attributes: code === undefined ? {} : { 'http.response.status_code': code },
      }),
    ),
  );
  const failedTry = anEvent('HTTP request failure', {
    'http.response.status_code': 503,
    'aws.http.error_message': 'slow <down>',
  });
  return [
    ...stacks,
    ...languages,
    ...flags,
    ...KINDS.map((kind) => aCase(`cause: remote of ${kind}`, { kind, events: [anEvent('exception', {})] })),
    aCase('flags: both codes', { attributes: { 'http.response.status_code': 500, 'http.status_code': 404 } }),
    aCase('cause: status text', { status: { code: 2 }, attributes: { 'http.status_text': 'text' } }),
    aCase('cause: status message before status text', {
      status: { code: 2, message: 'message' },
      attributes: { 'http.status_text': 'text' },
    }),
    aCase('cause: exception before status message', {
      status: { code: 2, message: 'message' },
      attributes: { 'http.status_text': 'text' },
      events: [anException('')],
    }),
    aCase('cause: status text unread', { status: { code: 0 }, attributes: { 'http.status_text': 'text' } }),
    aCase('cause: failed try of an AWS call', {
      attributes: { 'rpc.system': 'aws-api' },
      events: [failedTry],
    }),
    ...FAILED_TRY_STATUSES.flatMap((status, index) =>
      ['999', '1700000000123456789', '18446744073709551615', '9223372036854775808'].map((timeUnixNano) =>
        aCase(`cause: failed try with status ${index} at ${timeUnixNano}`, {
          attributes: { 'rpc.system': 'aws-api' },
          events: [
            anEvent(
              'HTTP request failure',
              { 'http.response.status_code': status, 'aws.http.error_message': index % 2 === 0 ? 'm' : 5 },
              timeUnixNano,
            ),
          ],
        }),
      ),
    ),
    aCase('cause: failed try of another call', { events: [failedTry] }),
    aCase('cause: failed try without a message', {
      attributes: { 'rpc.system': 'aws-api' },
      events: [anEvent('HTTP request failure', { 'http.response.status_code': 503 })],
    }),
  ];
}

const AWS_VALUES: PlainAttributes = {
  'aws.dynamodb.table_names': ['signups'],
  'aws.queue_url': 'https://sqs.us-east-1.amazonaws.com/000000000000/signups',
};

function awsCases(): SpanCase[] {
  const isAmbiguous = (keys: readonly string[]): boolean =>
    SPELLINGS.some((spellings) => spellings.every((key) => keys.includes(key)));
  const calls = alonesAndPairs(AWS_KEYS)
    .filter((keys) => !isAmbiguous(keys))
    .map((keys) =>
      aCase(`aws: ${keys.join(' and ')}`, {
        attributes: { 'rpc.system': 'aws-api', ...valuesOf(AWS_VALUES, keys) },
        resource: { 'cloud.account.id': '111111111111' },
      }),
    );
  const tables = [[], ['a', 'b'], 'text', 7, ['a', 1], [''], { a: 'b' }].map((names) =>
    aCase(`aws: tables ${JSON.stringify(names)}`, {
      attributes: { 'aws.dynamodb.table_names': names, 'aws.table_name': 'other' },
    }),
  );
  const arn = 'arn:aws:logs:us-east-1:000000000000:log-group:name';
  const groups = [[], ['g'], ['g', '', 5], 'g1&g2', '&', '', 7, [arn, 'arn:short'], arn];
  const logs = groups.flatMap((value) =>
    ['aws.log.group.names', 'aws.log.group.arns'].flatMap((key) =>
      (['plain', 'indexed'] as const).map((configuration) =>
        aCase(`aws: ${key} ${JSON.stringify(value)}, ${configuration}`, {
          configuration,
          resource: { [key]: value },
        }),
      ),
    ),
  );
  const sdks: PlainAttributes[] = [
    { 'telemetry.sdk.name': 'opentelemetry' },
    { 'telemetry.sdk.language': 'go' },
    {
      'telemetry.sdk.name': 'opentelemetry',
      'telemetry.sdk.language': 'nodejs',
      'telemetry.sdk.version': '2',
    },
    { 'telemetry.sdk.name': 'x for java', 'telemetry.sdk.language': 'java', 'telemetry.auto.version': '' },
    { 'telemetry.distro.version': '1', 'telemetry.sdk.version': 3 },
  ];
  return [
    ...calls,
    ...tables,
    ...logs,
    ...sdks.map((resource, index) => aCase(`aws: SDK ${index}`, { resource })),
  ];
}

function sqlCases(): SpanCase[] {
  return [
    ...SQL_SYSTEMS.map((system) =>
      aCase(`sql: ${system}`, { attributes: { ...valuesOf({}, SQL_KEYS), 'db.system': system } }),
    ),
    ...SQL_KEYS.map((left) =>
      aCase(`sql: without ${left}`, {
        attributes: valuesOf(
          { 'db.system': 'mysql' },
          SQL_KEYS.filter((key) => key !== left),
        ),
      }),
    ),
    ...alonesAndPairs(SQL_KEYS.slice(1)).map((keys) =>
      aCase(`sql: ${keys.join(' and ')}`, { attributes: { 'db.system': 'mysql', ...valuesOf({}, keys) } }),
    ),
  ];
}
