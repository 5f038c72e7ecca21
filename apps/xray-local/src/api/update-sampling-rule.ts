import { DEFAULT_RULE_NAME } from '../sampling/sampling-rule.js';
import { InvalidRequestError } from './api-error.js';
import type { Operation } from './operation.js';
import { requireMembers } from './operation-input.js';
import { readRuleChange, requireRuleRecord } from './sampling-rule-input.js';

const PREFIX = 'SamplingRuleUpdate.';
/** The default rule stays the one for everything that no other rule is for. */
const DEFAULT_RULE_CHANGES: readonly string[] = ['FixedRate', 'ReservoirSize'];

/** Changes the members of a sampling rule that the request has. */
export const updateSamplingRule: Operation = (input, { samplingRules }) => {
  const members = requireMembers(input, 'SamplingRuleUpdate');
  const record = requireRuleRecord(members, PREFIX, samplingRules);
  const change = readRuleChange(members, PREFIX);
  if (record.SamplingRule.RuleName === DEFAULT_RULE_NAME) {
    const refused = Object.keys(change).find((name) => !DEFAULT_RULE_CHANGES.includes(name));
    if (refused !== undefined) {
      throw new InvalidRequestError(
        `${PREFIX}${refused}: of the default rule, ${DEFAULT_RULE_CHANGES.join(' and ')} alone can be changed`,
      );
    }
  }
  return { SamplingRuleRecord: samplingRules.update(record, change) };
};
