import { samplingRuleArn } from '../account-settings/account-arn.js';

/** A sampling rule as the API writes it. */
export interface SamplingRule {
  RuleName: string;
  RuleARN: string;
  ResourceARN: string;
  /** The lowest is tried first. */
  Priority: number;
  /** Of the requests beyond the reservoir, 0 to 1. */
  FixedRate: number;
  /** Requests per second that are sampled whatever the rate, shared by all clients. */
  ReservoirSize: number;
  ServiceName: string;
  ServiceType: string;
  Host: string;
  HTTPMethod: string;
  URLPath: string;
  Version: 1;
  Attributes: Record<string, string>;
}

/** What may be changed of a rule. */
export type SamplingRuleChange = Partial<Omit<SamplingRule, 'RuleName' | 'RuleARN' | 'Version'>>;

/** Times are epoch seconds. */
export interface SamplingRuleRecord {
  SamplingRule: SamplingRule;
  CreatedAt: number;
  ModifiedAt: number;
}

export const DEFAULT_RULE_NAME = 'Default';

/** The rule that every account has, with AWS's values: the first request of each second, and 5 % of the rest. */
export const DEFAULT_RULE: SamplingRule = {
  RuleName: DEFAULT_RULE_NAME,
  RuleARN: samplingRuleArn(DEFAULT_RULE_NAME),
  ResourceARN: '*',
  Priority: 10_000,
  FixedRate: 0.05,
  ReservoirSize: 1,
  ServiceName: '*',
  ServiceType: '*',
  Host: '*',
  HTTPMethod: '*',
  URLPath: '*',
  Version: 1,
  Attributes: {},
};
