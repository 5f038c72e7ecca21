import type { Condition } from './condition.js';

/** `Action` or `NotAction`, `Resource` or `NotResource`: patterns, and whether they are meant the other way. */
export interface PatternSet {
  readonly patterns: readonly string[];
  readonly isNegated: boolean;
}

/** One checked statement of an identity-based policy. */
export interface PolicyStatement {
  readonly sid: string | undefined;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: PatternSet;
  readonly resources: PatternSet;
  readonly conditions: readonly Condition[];
}
