import { CONFIGURATION_NAMES } from './span-case.js';
import type { SpanCase } from './span-case.js';
import { generateStackTrace } from './stack-trace-cases.js';
import { crashesExporter } from './exporter-limits.js';
import type { JsonEvent, JsonLink, JsonSpan, OtlpAttribute, OtlpValue } from './otlp-json.js';
import type { Random } from './random.js';
import {
  AWS_KEYS,
  HTTP_KEYS,
  IP_TEXTS,
  LANGUAGES,
  LONG_INTEGERS,
  NAME_KEYS,
  OTHER_KEYS,
  PIECES,
  PLATFORMS,
  RESOURCE_KEYS,
  SPAN_NAMES,
  SPELLINGS,
  SQL_KEYS,
  SQL_SYSTEMS,
  TEXTS,
  URL_TEXTS,
} from './vocabulary.js';

/** A span that nobody thought of: any keys with any values, some of which the exporter's rules want. */
export function generateCase(random: Random): SpanCase {
  for (;;) {
    const spanCase: SpanCase = {
      about: 'generated',
      configuration: random.pick(CONFIGURATION_NAMES),
      resource: random.chance(0.1) ? [] : generateAttributes(random, [RESOURCE_KEYS], 16),
      span: generateSpan(random),
    };
    if (!crashesExporter(spanCase)) return spanCase;
  }
}

function generateSpan(random: Random): JsonSpan {
  const pools: (readonly string[])[] = [HTTP_KEYS, AWS_KEYS, NAME_KEYS, SQL_KEYS, OTHER_KEYS];
  // Mostly of one kind, so that the rules meet their neighbours and not only strangers.
  if (random.chance(0.7)) pools.push(...Array<readonly string[]>(4).fill(random.pick(pools)));
  return {
    traceId: random.hex(32),
    spanId: random.hex(16),
    ...(random.chance(0.5) && { parentSpanId: random.chance(0.95) ? random.hex(16) : '0'.repeat(16) }),
    name: random.chance(0.4) ? generateText(random, 120) : random.pick(SPAN_NAMES),
    kind: random.chance(0.99) ? random.below(6) : UNKNOWN_KIND,
    startTimeUnixNano: generateTime(random),
    endTimeUnixNano: generateTime(random),
    attributes: withoutMapOrder(generateAttributes(random, pools, 16)),
    events: random.chance(0.5) ? random.list(random.below(3), () => generateEvent(random)) : [],
    links: random.chance(0.2) ? random.list(1 + random.below(2), () => generateLink(random)) : [],
    status: { code: random.below(3), message: random.pick(['', 'oops', 'a<b>']) },
  };
}

/** Of a later version of the protocol. */
const UNKNOWN_KIND = 7;

function generateTime(random: Random): string {
  if (random.chance(0.05)) return random.pick(['0', '1', '9223372036854775808', '18446744073709551615']);
  return String(1_700_000_000_000_000_000n + BigInt(random.below(2 ** 31)));
}

function generateAttributes(
  random: Random,
  pools: readonly (readonly string[])[],
  limit: number,
): OtlpAttribute[] {
  const attributes = random.list(random.below(limit), () => {
    const key = random.pick(random.pick(pools));
    return { key, value: generateValueOf(random, key) };
  });
  const twice = attributes[0];
  if (twice !== undefined && random.chance(0.1)) {
    attributes.push({ key: twice.key, value: generateValueOf(random, twice.key) });
  }
  return attributes;
}

/**
 * Leaves out what the exporter decides by the order in which Go hands out a map's keys, which differs from run to run:
 * two spellings of one field, two keys that become one annotation, two sources of one key of the metadata.
 */
function withoutMapOrder(attributes: readonly OtlpAttribute[]): OtlpAttribute[] {
  const keyByTarget = new Map<string, string>();
  return attributes.filter(({ key }) => {
    const field = SPELLINGS.findIndex((spellings) => spellings.includes(key));
    const target = field >= 0 ? `field ${field}` : key.replaceAll(/[^0-9A-Za-z.]/gu, '_');
    const earlier = keyByTarget.get(target);
    if (earlier !== undefined && earlier !== key) return false;
    keyByTarget.set(target, key);
    return true;
  });
}

/** Often a value that the key's rule wants, else any. */
function generateValueOf(random: Random, key: string): OtlpValue {
  const make = Object.hasOwn(FITTING_VALUES, key) ? FITTING_VALUES[key] : undefined;
  if (make !== undefined && random.chance(0.75)) return make(random);
  if (/(?:status_code|address|\.ip|client_ip)$/.test(key) && random.chance(0.6)) {
    return key.endsWith('status_code')
      ? { intValue: random.pick(STATUS_CODES) }
      : { stringValue: generateIp(random) };
  }
  return generateValue(random, 0);
}

const STATUS_CODES = [200, 302, 399, 400, 404, 429, 499, 500, 503, 599, 600];

const FITTING_VALUES: Readonly<Record<string, (random: Random) => OtlpValue>> = {
  'aws.span.kind': () => ({ stringValue: 'LOCAL_ROOT' }),
  'rpc.system': () => ({ stringValue: 'aws-api' }),
  'db.system': (random) => ({ stringValue: random.pick(SQL_SYSTEMS) }),
  'db.connection_string': (random) => ({
    stringValue: random.chance(0.3) ? `x://${generateText(random, 8)}` : random.pick(URL_TEXTS),
  }),
  'url.full': (random) => ({ stringValue: random.pick(URL_TEXTS) }),
  'cloud.provider': (random) => ({
    stringValue: random.chance(0.8) ? 'aws' : random.pick(['gcp', '', 'AWS']),
  }),
  'cloud.platform': (random) => ({ stringValue: random.pick(PLATFORMS) }),
  'telemetry.sdk.language': (random) => ({ stringValue: random.pick(LANGUAGES) }),
  'aws.ecs.launchtype': (random) => ({ stringValue: random.pick(['ec2', 'fargate', 'EC2']) }),
  'message.type': () => ({ stringValue: 'RECEIVED' }),
  'messaging.message_payload_size_bytes': (random) => ({ intValue: random.below(2000) }),
  'aws.xray.inprogress': (random) => ({ boolValue: random.chance(0.6) }),
  'aws.xray.annotations': (random) => ({
    arrayValue: {
      values: random.list(random.below(5), () => ({
        stringValue: random.pick([
          ...OTHER_KEYS,
          'http.method',
          'peer.service',
          'otel.resource.service.name',
        ]),
      })),
    },
  }),
  'aws.dynamodb.table_names': (random) => ({
    arrayValue: {
      values: random.list(random.below(4), () => ({ stringValue: random.pick(['signups', '', 'other']) })),
    },
  }),
};

function generateIp(random: Random): string {
  if (random.chance(0.5)) return random.pick(IP_TEXTS);
  const groups = ['1', 'ffff', '', '0', 'a', '00', '255', '1.2.3.4', '::', '%e'];
  return random.list(1 + random.below(9), () => random.pick(groups)).join(random.pick([':', '.', '']));
}

const MAX_DEPTH = 3;

function generateValue(random: Random, depth: number): OtlpValue {
  const share = random.next();
  if (share < 0.1) return { stringValue: generateText(random, 12) };
  if (share < 0.6) return { stringValue: random.pick(random.pick([TEXTS, TEXTS, URL_TEXTS, IP_TEXTS])) };
  if (share < 0.76) return { intValue: random.pick([0, 1, 80, 200, 404, 500, -1, 443, ...LONG_INTEGERS]) };
  if (share < 0.82) return { doubleValue: generateDouble(random) };
  if (share < 0.87) return { boolValue: random.chance(0.5) };
  if (share < 0.9) return { bytesValue: random.pick(['', 'AQID', '/+8=']) };
  if (share < 0.95 && depth < MAX_DEPTH) {
    return { arrayValue: { values: random.list(random.below(4), () => generateValue(random, depth + 1)) } };
  }
  if (share < 0.98 && depth < MAX_DEPTH) {
    const keys = ['k', 'l', '__proto__', 'é', '<'];
    const entry = (): OtlpAttribute => ({ key: random.pick(keys), value: generateValue(random, depth + 1) });
    return { kvlistValue: { values: random.list(random.below(4), entry) } };
  }
  return {};
}

/** JSON has no word for the last two: the exporter then sends no document, and neither may X-Ray Local make one. */
function generateDouble(random: Random): number | string {
  if (random.chance(0.05)) return random.pick(['NaN', 'Infinity', '-Infinity']);
  return random.pick([0, 1.5, 200, 1e21, 1e-7, 404, -3.25, 5e-324]);
}

function generateText(random: Random, limit: number): string {
  return random.list(random.below(limit), () => random.pick(PIECES)).join('');
}

function generateEvent(random: Random): JsonEvent {
  const attributes: OtlpAttribute[] = [];
  const text = (value: string): OtlpValue =>
    random.chance(0.85) ? { stringValue: value } : generateValue(random, 0);
  if (random.chance(0.8))
    attributes.push({ key: 'exception.type', value: text(random.pick(['E', '', 'a.B'])) });
  if (random.chance(0.8))
    attributes.push({ key: 'exception.message', value: text(random.pick(['m', '', 'a<b'])) });
  if (random.chance(0.8)) {
    attributes.push({ key: 'exception.stacktrace', value: { stringValue: generateStackTrace(random) } });
  }
  if (random.chance(0.5)) {
    const key = 'http.response.status_code';
    attributes.push({ key, value: generateValueOf(random, key) });
    attributes.push({ key: 'aws.http.error_message', value: text('failed') });
  }
  if (random.chance(0.3)) {
    for (const key of ['message.type', 'messaging.message_payload_size_bytes']) {
      attributes.push({ key, value: generateValueOf(random, key) });
    }
  }
  return {
    name: random.pick(['exception', 'exception', 'HTTP request failure', 'other']),
    timeUnixNano: generateTime(random),
    attributes,
  };
}

function generateLink(random: Random): JsonLink {
  return {
    traceId: random.hex(32),
    spanId: random.hex(16),
    attributes: generateAttributes(random, [OTHER_KEYS], 4),
  };
}
