import type { OptionSpec } from './command-input.js';

/** Options that several commands have, with one wording. */
export const AWS_OPTION = {
  help: 'your AWS account instead of the laptop (region and credentials as the AWS SDK finds them)',
} satisfies OptionSpec;

export const MINUTES_OPTION = {
  placeholder: 'N',
  help: 'how far to look back',
  default: '5',
} satisfies OptionSpec;

/** X-Ray answers a service graph for up to six hours at once. */
export const MINUTES_BOUNDS = { min: 0.1, max: 360 };
