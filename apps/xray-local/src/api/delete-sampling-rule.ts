import { DEFAULT_RULE_NAME } from '../sampling/sampling-rule.js';
import { InvalidRequestError } from './api-error.js';
import type { Operation } from './operation.js';
import { requireRuleRecord } from './sampling-rule-input.js';

/** Deletes a sampling rule, its tags and what is known of its clients. */
export const deleteSamplingRule: Operation = (input, { samplingRules, samplingTargets, tags }) => {
  const record = requireRuleRecord(input, '', samplingRules);
  const { RuleName, RuleARN } = record.SamplingRule;
  if (RuleName === DEFAULT_RULE_NAME) {
    throw new InvalidRequestError('RuleName: the default rule cannot be deleted');
  }
  samplingRules.delete(record);
  samplingTargets.forget(RuleName);
  tags.replace(RuleARN, []);
  return { SamplingRuleRecord: record };
};
