import { samplingRuleArn } from '../account-settings/account-arn.js';
import { InvalidRequestError, XrayApiError } from './api-error.js';
import type { Operation } from './operation.js';
import { requireMembers, requireText } from './operation-input.js';
import { MAX_RULE_NAME_CHARACTERS, requireRule } from './sampling-rule-input.js';
import { readTags } from './tag-input.js';

/** AWS's quota, besides the default rule. */
const MAX_RULES = 25;
const PREFIX = 'SamplingRule.';

/** Makes a sampling rule. Clients see it when they ask next. */
export const createSamplingRule: Operation = (input, { samplingRules, tags }) => {
  const members = requireMembers(input, 'SamplingRule');
  const name = requireText(members, `${PREFIX}RuleName`, MAX_RULE_NAME_CHARACTERS);
  if (members[`${PREFIX}RuleARN`] !== undefined && members[`${PREFIX}RuleARN`] !== null) {
    throw new InvalidRequestError(`${PREFIX}RuleARN must not be given: a new rule gets its own`);
  }
  const rule = requireRule(members, PREFIX);
  if (samplingRules.byName(name) !== undefined) {
    throw new InvalidRequestError(`${PREFIX}RuleName: there is a sampling rule ${name}`);
  }
  const newTags = readTags(input, name);
  if (samplingRules.list().length > MAX_RULES) {
    throw new XrayApiError(
      'RuleLimitExceededException',
      400,
      `SamplingRule: there are ${MAX_RULES} sampling rules, which is the limit`,
    );
  }
  const record = samplingRules.create({ RuleName: name, RuleARN: samplingRuleArn(name), ...rule });
  tags.replace(record.SamplingRule.RuleARN, newTags);
  return { SamplingRuleRecord: record };
};
