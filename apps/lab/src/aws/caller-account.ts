import { callAws } from './call-aws.js';
import type { Environment } from './aws-target.js';
import { resolveClientSettings } from './aws-target.js';

/** What the ARNs of the caller's resources have in common. */
export interface CallerAccount {
  partition: string;
  region: string;
  accountId: string;
}

/** @throws {LabError} STS does not answer, or does not know the caller */
export async function readCallerAccount(
  env: Environment,
  options: { isAws: boolean },
): Promise<CallerAccount> {
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts');
  const settings = resolveClientSettings('STS', env, options);
  const client = new STSClient(settings);
  try {
    const identity = await callAws('STS', settings, client.send(new GetCallerIdentityCommand({})));
    const region = await callAws('STS', settings, client.config.region());
    return { partition: identity.Arn?.split(':')[1] ?? 'aws', region, accountId: identity.Account ?? '' };
  } finally {
    client.destroy();
  }
}
