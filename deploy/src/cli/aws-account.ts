import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Account } from './shell.ts';

/** CDK's qualifier, unless somebody chose another one. */
const BOOTSTRAP_PARAMETER = '/cdk-bootstrap/hnb659fds/version';
const SETTINGS = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 3_000, requestTimeout: 10_000, throwOnRequestTimeout: true },
};

/** The account that the SDK finds by its own chain: environment, profile, single sign-on. */
export function connectAccount(): Account {
  const sts = new STSClient(SETTINGS);
  const ssm = new SSMClient(SETTINGS);
  return {
    region: () => sts.config.region(),
    caller: async () => {
      const { Account: accountId = '', Arn: arn = '' } = await sts.send(new GetCallerIdentityCommand({}));
      return { accountId, arn };
    },
    bootstrapVersion: async () => {
      try {
        const { Parameter } = await ssm.send(new GetParameterCommand({ Name: BOOTSTRAP_PARAMETER }));
        return Number(Parameter?.Value);
      } catch (error) {
        if (error instanceof ParameterNotFound) return undefined;
        throw error;
      }
    },
  };
}
