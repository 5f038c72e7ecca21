import { matchesArn, matchesWildcard } from './wildcard.js';

/** One key of a condition block, e.g. `{"StringEquals": {"sns:Protocol": "sqs"}}`. */
export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

interface Operator {
  readonly matches: (expected: string, actual: string) => boolean;
  /** A negated operator holds when no value matches, and also when the request has no such key. */
  readonly isNegated: boolean;
}

const equals = (expected: string, actual: string): boolean => expected === actual;
const equalsIgnoringCase = (expected: string, actual: string): boolean =>
  expected.toLowerCase() === actual.toLowerCase();

const OPERATORS = new Map<string, Operator>([
  ['ArnEquals', { matches: matchesArn, isNegated: false }],
  ['ArnLike', { matches: matchesArn, isNegated: false }],
  ['ArnNotEquals', { matches: matchesArn, isNegated: true }],
  ['ArnNotLike', { matches: matchesArn, isNegated: true }],
  ['Bool', { matches: equalsIgnoringCase, isNegated: false }],
  ['StringEquals', { matches: equals, isNegated: false }],
  ['StringEqualsIgnoreCase', { matches: equalsIgnoringCase, isNegated: false }],
  ['StringLike', { matches: matchesWildcard, isNegated: false }],
  ['StringNotEquals', { matches: equals, isNegated: true }],
  ['StringNotEqualsIgnoreCase', { matches: equalsIgnoringCase, isNegated: true }],
  ['StringNotLike', { matches: matchesWildcard, isNegated: true }],
]);

const IF_EXISTS = 'IfExists';

/** Whether a condition operator, with or without `IfExists`, is evaluated here. */
export function isKnownOperator(name: string): boolean {
  return OPERATORS.has(withoutIfExists(name));
}

/** Whether a condition holds for a request; condition keys are compared without regard to case. */
export function holdsCondition(
  condition: Condition,
  conditionKeys: Readonly<Record<string, string>>,
): boolean {
  const operator = OPERATORS.get(withoutIfExists(condition.operator));
  // Documents with another operator are refused when they are put; one that got here must not match.
  if (operator === undefined) return false;
  const wantedKey = condition.key.toLowerCase();
  const entry = Object.entries(conditionKeys).find(([key]) => key.toLowerCase() === wantedKey);
  if (entry === undefined) return operator.isNegated || condition.operator.endsWith(IF_EXISTS);
  const hasMatch = condition.values.some((expected) => operator.matches(expected, entry[1]));
  return hasMatch !== operator.isNegated;
}

function withoutIfExists(name: string): string {
  return name.endsWith(IF_EXISTS) ? name.slice(0, -IF_EXISTS.length) : name;
}
