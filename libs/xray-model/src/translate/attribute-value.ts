import type { AnyValue, KeyValue } from '../otlp/otlp-span.js';

/** The text of a string attribute; any other type, and an absent attribute, reads as ''. */
export function textOf(value: AnyValue | undefined): string {
  return value?.kind === 'string' ? value.value : '';
}

/** Like {@link textOf}, with undefined for '': the blocks leave out what is empty. */
export function presentTextOf(value: AnyValue | undefined): string | undefined {
  return value?.kind === 'string' && value.value !== '' ? value.value : undefined;
}

/** The value of an integer attribute; any other type, even a string of digits, reads as 0. */
export function integerOf(value: AnyValue | undefined): number | bigint {
  return value?.kind === 'int' ? value.value : 0;
}

/** Decimal digits of an integer, exact beyond 2^53, where `String(number)` gives the shortest text instead. */
export function integerText(value: number | bigint): string {
  return typeof value === 'bigint' || Number.isSafeInteger(value) ? String(value) : String(BigInt(value));
}

/** The first attribute of that key, as OTLP forbids a second one but nothing stops a sender. */
export function findAttribute(attributes: readonly KeyValue[], key: string): AnyValue | undefined {
  for (const attribute of attributes) {
    if (attribute.key === key) return attribute.value;
  }
  return undefined;
}

/**
 * The attributes without the first one of that key. The last one moves into the gap, as in the collector's own
 * removal; that matters because of two attributes for one field the later one counts.
 */
export function withoutAttribute(attributes: readonly KeyValue[], key: string): KeyValue[] {
  const rest = attributes.slice();
  const index = rest.findIndex((attribute) => attribute.key === key);
  const last = index < 0 ? undefined : rest.pop();
  if (last !== undefined && index < rest.length) rest[index] = last;
  return rest;
}
