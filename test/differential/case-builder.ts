import { createHash } from 'node:crypto';
import { toOtlpAttributes } from './otlp-json.js';
import type { JsonEvent, JsonLink, PlainAttributes } from './otlp-json.js';
import type { ConfigurationName, SpanCase } from './span-case.js';

export const KINDS = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'] as const;
export type KindName = (typeof KINDS)[number];

export interface CaseParts {
  kind?: KindName;
  configuration?: ConfigurationName;
  attributes?: PlainAttributes;
  resource?: PlainAttributes;
  /** It has a parent, unless false. */
  hasParent?: boolean;
  name?: string;
  events?: JsonEvent[];
  links?: JsonLink[];
  status?: { code: number; message?: string };
}

const PARENT_ID = '53ce929d0e0e4736';

/** A CLIENT span with a parent and nothing else, unless told otherwise; its ids follow from what it is about. */
export function aCase(about: string, parts: CaseParts = {}): SpanCase {
  const ids = createHash('sha256').update(about).digest('hex');
  return {
    about,
    configuration: parts.configuration ?? 'plain',
    resource: toOtlpAttributes(parts.resource ?? {}),
    span: {
      traceId: `6553f100${ids.slice(0, 24)}`,
      spanId: ids.slice(24, 40),
      ...(parts.hasParent !== false && { parentSpanId: PARENT_ID }),
      name: parts.name ?? 'operation',
      kind: KINDS.indexOf(parts.kind ?? 'CLIENT'),
      startTimeUnixNano: '1700000000010000000',
      endTimeUnixNano: '1700000000034567891',
      attributes: toOtlpAttributes(parts.attributes ?? {}),
      ...(parts.events && { events: parts.events }),
      ...(parts.links && { links: parts.links }),
      ...(parts.status && { status: parts.status }),
    },
  };
}

export function anEvent(
  name: string,
  attributes: PlainAttributes,
  timeUnixNano = '1700000000020000000',
): JsonEvent {
  return { name, timeUnixNano, attributes: toOtlpAttributes(attributes) };
}

export function anException(stack: string, type = 'Problem', message = 'went wrong'): JsonEvent {
  return anEvent('exception', {
    'exception.type': type,
    'exception.message': message,
    'exception.stacktrace': stack,
  });
}

/** Every item alone, and every item with the one after it. */
export function alonesAndPairs<T>(items: readonly T[]): T[][] {
  return items.flatMap((item, index) => {
    const next = items[index + 1];
    return next === undefined ? [[item]] : [[item], [item, next]];
  });
}

/** Keys with the values that a table has for them. */
export function valuesOf(table: PlainAttributes, keys: readonly string[]): PlainAttributes {
  return Object.fromEntries(keys.map((key) => [key, table[key] ?? `value of ${key}`]));
}
