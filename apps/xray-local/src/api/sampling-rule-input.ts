import type { SamplingRule, SamplingRuleChange, SamplingRuleRecord } from '../sampling/sampling-rule.js';
import type { SamplingRules } from '../sampling/sampling-rules.js';
import { InvalidRequestError } from './api-error.js';
import type { NumberRange, OperationInput } from './operation-input.js';
import { COUNT, optionalNumber, optionalObject, optionalText, requireNumber } from './operation-input.js';

export const MAX_RULE_NAME_CHARACTERS = 32;
const MAX_RULE_ARN_CHARACTERS = 500;
const MAX_ATTRIBUTES = 5;
const MAX_ATTRIBUTE_CHARACTERS = 32;

const TEXT_LIMITS = {
  ResourceARN: 500,
  ServiceName: 64,
  ServiceType: 64,
  Host: 64,
  HTTPMethod: 10,
  URLPath: 128,
} satisfies Partial<Record<keyof SamplingRule, number>>;

const NUMBER_RANGES = {
  Priority: { min: 1, max: 9999, isWhole: true },
  FixedRate: { min: 0, max: 1 },
  ReservoirSize: COUNT,
} satisfies Partial<Record<keyof SamplingRule, NumberRange>>;

/** Reads what the request says of a rule besides its name, under `prefix`; nothing of it has to be there. */
export function readRuleChange(members: OperationInput, prefix: string): SamplingRuleChange {
  const change: SamplingRuleChange = {};
  for (const [name, maxLength] of entriesOf(TEXT_LIMITS)) {
    const text = optionalText(members, prefix + name, maxLength);
    if (text !== undefined) change[name] = text;
  }
  for (const [name, range] of entriesOf(NUMBER_RANGES)) {
    const value = optionalNumber(members, prefix + name, range);
    if (value !== undefined) change[name] = value;
  }
  const attributes = readAttributes(members, `${prefix}Attributes`);
  if (attributes !== undefined) change.Attributes = attributes;
  return change;
}

/** {@link readRuleChange} where everything but the attributes has to be there. */
export function requireRule(
  members: OperationInput,
  prefix: string,
): Omit<SamplingRule, 'RuleName' | 'RuleARN'> {
  for (const name of [...Object.keys(NUMBER_RANGES), ...Object.keys(TEXT_LIMITS)]) {
    const value = members[prefix + name];
    if (value === undefined || value === null) throw new InvalidRequestError(`${prefix}${name} is required`);
  }
  requireNumber(members, `${prefix}Version`, { min: 1, max: 1 });
  const rule = readRuleChange(members, prefix) as Required<SamplingRuleChange>;
  return { ...rule, Version: 1, Attributes: rule.Attributes ?? {} };
}

/** Finds the rule that `RuleName` or `RuleARN` names: one of the two, and not both. */
export function requireRuleRecord(
  members: OperationInput,
  prefix: string,
  rules: SamplingRules,
): SamplingRuleRecord {
  const name = optionalText(members, `${prefix}RuleName`, MAX_RULE_NAME_CHARACTERS);
  const arn = optionalText(members, `${prefix}RuleARN`, MAX_RULE_ARN_CHARACTERS);
  if ((name === undefined) === (arn === undefined)) {
    throw new InvalidRequestError(`${prefix}RuleName or ${prefix}RuleARN is required, and not both`);
  }
  const record = name === undefined ? rules.byArn(arn ?? '') : rules.byName(name);
  if (record !== undefined) return record;
  const member = name === undefined ? 'RuleARN' : 'RuleName';
  throw new InvalidRequestError(`${prefix}${member}: there is no sampling rule ${name ?? arn}`);
}

function readAttributes(members: OperationInput, name: string): Record<string, string> | undefined {
  const attributes = optionalObject(members, name);
  if (attributes === undefined) return undefined;
  const entries = Object.entries(attributes);
  if (entries.length > MAX_ATTRIBUTES) {
    throw new InvalidRequestError(
      `${name} must have at most ${MAX_ATTRIBUTES} members, not ${entries.length}`,
    );
  }
  return Object.fromEntries(
    entries.map(([key, value]) => {
      const isFine = isAttributeText(key) && typeof value === 'string' && isAttributeText(value);
      if (isFine) return [key, value];
      throw new InvalidRequestError(
        `${name}: keys and values must have 1 to ${MAX_ATTRIBUTE_CHARACTERS} characters`,
      );
    }),
  );
}

function isAttributeText(text: string): boolean {
  return text.length >= 1 && text.length <= MAX_ATTRIBUTE_CHARACTERS;
}

function entriesOf<K extends string, V>(record: Record<K, V>): [K, V][] {
  return Object.entries(record) as [K, V][];
}
