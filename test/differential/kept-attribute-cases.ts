import { aCase } from './case-builder.js';
import { Otlp } from './otlp-json.js';
import type { PlainAttributes, PlainValue } from './otlp-json.js';
import { CONFIGURATION_NAMES } from './span-case.js';
import type { SpanCase } from './span-case.js';
import { LONG_INTEGERS, OTHER_KEYS } from './vocabulary.js';

const VALUES: Readonly<Record<string, PlainValue>> = {
  text: 'text',
  'empty text': '',
  'markup and controls': '<b>&\u2028"\\\u0000',
  integer: 7,
  'long integers': LONG_INTEGERS.map((intValue) => new Otlp({ intValue })),
  'a long integer': new Otlp({ intValue: LONG_INTEGERS[0] }),
  double: 1.5,
  'a whole double': new Otlp({ doubleValue: 1e21 }),
  'not a number': new Otlp({ doubleValue: 'NaN' }),
  boolean: false,
  bytes: new Otlp({ bytesValue: 'AQID' }),
  'no bytes': new Otlp({ bytesValue: '' }),
  list: ['a', 1, true, null, [2.5], { k: [] }],
  'empty list': [],
  map: { k: 'v', __proto: null, inner: { list: [1] } },
  'empty map': {},
  nothing: null,
  'a huge text': 'long '.repeat(400),
};

/** What is kept of the attributes that no block uses up, under every configuration. */
export function keptAttributeCases(): SpanCase[] {
  return [
    ...valueCases(),
    ...keyCases(),
    ...namespaceCases(),
    ...serviceCases(),
    ...annotationListCases(),
    ...inProgressCases(),
    ...linkCases(),
  ];
}

function valueCases(): SpanCase[] {
  return Object.entries(VALUES).flatMap(([what, value]) =>
    CONFIGURATION_NAMES.map((configuration) =>
      aCase(`value: ${what}, ${configuration}`, {
        configuration,
        kind: 'SERVER',
        attributes: { custom: value, other: value, 'http.method': value },
        resource: { x: value, 'service.name': value },
      }),
    ),
  );
}

function keyCases(): SpanCase[] {
  return OTHER_KEYS.flatMap((key, index) =>
    (['plain', 'all'] as const).map((configuration) =>
      aCase(`key ${index}, ${configuration}`, {
        configuration,
        attributes: Object.fromEntries([[key, 'value']]),
        resource: { 'a b/c': 'resource' },
        hasParent: index % 2 === 0,
      }),
    ),
  );
}

function namespaceCases(): SpanCase[] {
  const texts = [
    '{"a":1}',
    '{"a":{"b":[1e400]}}',
    'null',
    '[1]',
    '"text"',
    '{bad',
    '{}',
    '{"x":"\\ud800"}',
    '',
  ];
  return ['ns1', 'default', 'DEFAULT', ''].flatMap((namespace) =>
    texts.flatMap((text) =>
      (['plain', 'indexed'] as const).map((configuration) =>
        aCase(`namespace: '${namespace}' ${text}, ${configuration}`, {
          configuration,
          attributes: { [`aws.xray.metadata.${namespace}`]: text },
        }),
      ),
    ),
  );
}

function serviceCases(): SpanCase[] {
  const resources: PlainAttributes[] = [
    { 'service.version': '1' },
    { 'container.image.tag': 'v2' },
    { 'service.version': '1', 'container.image.tag': 'v2' },
    { 'service.version': '', 'container.image.tag': 'v2' },
    { 'service.version': 3 },
    { 'container.image.tags': ['v3'] },
  ];
  return resources.map((resource, index) => aCase(`service: version ${index}`, { resource }));
}

function annotationListCases(): SpanCase[] {
  const lists: PlainValue[] = [
    ['custom', 'otel.resource.x'],
    [],
    ['custom', 5],
    'custom',
    ['http.method', 'gone'],
  ];
  return lists.flatMap((list, index) =>
    CONFIGURATION_NAMES.map((configuration) =>
      aCase(`annotations of the span: ${index}, ${configuration}`, {
        configuration,
        kind: 'SERVER',
        attributes: { 'aws.xray.annotations': list, custom: 'a', 'http.method': 'GET', 'enduser.id': 'user' },
        resource: { x: 'y', z: 1 },
      }),
    ),
  );
}

function inProgressCases(): SpanCase[] {
  return [true, false, 'true', 1].map((value) =>
    aCase(`in progress: ${JSON.stringify(value)}`, { attributes: { 'aws.xray.inprogress': value } }),
  );
}

function linkCases(): SpanCase[] {
  const link = { traceId: '6553f1000000000000000000000000ff', spanId: 'bbbbbbbbbbbbbbbb' };
  const attributes = [
    { key: 'a', value: { stringValue: 'b' } },
    { key: 'list', value: { arrayValue: { values: [{ intValue: '9007199254740993' }, {}] } } },
  ];
  return [
    aCase('links: one', { links: [link] }),
    aCase('links: two, one with attributes', { kind: 'CONSUMER', links: [link, { ...link, attributes }] }),
  ];
}
