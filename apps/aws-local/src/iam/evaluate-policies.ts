import { holdsCondition } from './condition.js';
import type { PatternSet, PolicyStatement } from './policy-statement.js';
import { matchesWildcard } from './wildcard.js';

/** What is asked of the policies. */
export interface PolicyQuestion {
  readonly action: string;
  readonly resource: string;
  readonly conditionKeys: Readonly<Record<string, string>>;
}

/** `implicit-deny`: nothing denies it and nothing allows it either. */
export type PolicyDecision = 'allow' | 'explicit-deny' | 'implicit-deny';

/**
 * Decides by IAM's order: an explicit deny wins over any allow, and what nothing allows is denied.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluatePolicies(
  statements: readonly PolicyStatement[],
  question: PolicyQuestion,
): PolicyDecision {
  const applying = statements.filter((statement) => appliesTo(statement, question));
  if (applying.some((statement) => statement.effect === 'Deny')) return 'explicit-deny';
  return applying.length > 0 ? 'allow' : 'implicit-deny';
}

function appliesTo(statement: PolicyStatement, question: PolicyQuestion): boolean {
  const action = question.action.toLowerCase();
  return (
    includes(statement.actions, (pattern) => matchesWildcard(pattern.toLowerCase(), action)) &&
    includes(statement.resources, (pattern) => matchesWildcard(pattern, question.resource)) &&
    statement.conditions.every((condition) => holdsCondition(condition, question.conditionKeys))
  );
}

function includes(set: PatternSet, matches: (pattern: string) => boolean): boolean {
  return set.patterns.some(matches) !== set.isNegated;
}
