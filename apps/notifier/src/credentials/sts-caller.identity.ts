import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import type { STSClient } from '@aws-sdk/client-sts';
import type { OnApplicationShutdown } from '@nestjs/common';
import { withoutTracing } from '#telemetry';
import { untilAborted } from '../timing/until-aborted.js';
import type { CallerIdentity } from './caller.identity.js';

/** Untraced: the question is the report's own, and would be one more node on the map of the application. */
export class StsCallerIdentity implements CallerIdentity, OnApplicationShutdown {
  constructor(private readonly client: STSClient) {}

  async whoAmI(signal: AbortSignal): Promise<string> {
    const asking = withoutTracing(() =>
      this.client.send(new GetCallerIdentityCommand({}), { abortSignal: signal }),
    );
    const { Arn } = await untilAborted(signal, asking);
    if (!Arn) throw new Error('GetCallerIdentity answered without an ARN');
    return Arn;
  }

  onApplicationShutdown(): void {
    this.client.destroy();
  }
}
