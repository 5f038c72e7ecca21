import type { AnyValue } from '../otlp/otlp-span.js';

/** What the attribute of one key does to the facts that a block of the document is built from. */
export type AttributeRule<Facts> = (facts: Facts, value: AnyValue) => void;

/** The rules of one block by attribute key. */
export type AttributeRules<Facts> = Readonly<Record<string, AttributeRule<Facts>>>;

/** One rule for several spellings of a key. */
export function sameRule<Facts>(keys: readonly string[], rule: AttributeRule<Facts>): AttributeRules<Facts> {
  return Object.fromEntries(keys.map((key) => [key, rule]));
}
