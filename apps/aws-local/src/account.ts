/** The one account and region that this emulator stands for. */
export interface Account {
  readonly accountId: string;
  readonly region: string;
}

/** The emulated engines (fauxqs above all) know this account only. */
export const ACCOUNT_ID = '000000000000';

/** ARN of a resource in the account's region, e.g. `toArn(account, 'sns', 'signups')`. */
export function toArn(account: Account, service: string, resource: string): string {
  return `arn:aws:${service}:${account.region}:${account.accountId}:${resource}`;
}

/** ARN of an IAM resource; IAM is global, so the ARN has no region. */
export function toIamArn(account: Account, resource: string): string {
  return `arn:aws:iam::${account.accountId}:${resource}`;
}
