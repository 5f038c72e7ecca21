/** The one account and region that a local X-Ray answers for. */
const ACCOUNT_ARN = 'arn:aws:xray:us-east-1:000000000000';

export const DEFAULT_GROUP_ARN = `${ACCOUNT_ARN}:group/Default`;

/** @param id what tells a group apart from an earlier one of the same name, as AWS has it */
export function groupArn(name: string, id: string): string {
  return `${ACCOUNT_ARN}:group/${name}/${id}`;
}

export function samplingRuleArn(name: string): string {
  return `${ACCOUNT_ARN}:sampling-rule/${name}`;
}
