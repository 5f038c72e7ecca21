import { STSClient } from '@aws-sdk/client-sts';
import { afterEach, describe, expect, it } from '@jest/globals';
import { StsCallerIdentity } from '../src/credentials/sts-caller.identity.js';
import { startAnsweringServer } from './fakes/answering-server.js';
import type { Answer } from './fakes/answering-server.js';

const ARN = 'arn:aws:sts::000000000000:assumed-role/notifier/task';
const identity = (arn: string): Answer => ({
  status: 200,
  body:
    '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
    `${arn}<UserId>AROA:task</UserId><Account>000000000000</Account></GetCallerIdentityResult>` +
    '<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetCallerIdentityResponse>',
});

const cleanUps: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

async function asking(...answers: Answer[]): Promise<StsCallerIdentity> {
  const server = await startAnsweringServer(answers);
  const client = new STSClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const caller = new StsCallerIdentity(client);
  cleanUps.push(
    () => caller.onApplicationShutdown(),
    () => server.close(),
  );
  return caller;
}

describe('StsCallerIdentity', () => {
  it('tells the ARN that AWS sees', async () => {
    const caller = await asking(identity(`<Arn>${ARN}</Arn>`));

    expect(await caller.whoAmI(new AbortController().signal)).toBe(ARN);
  });

  it('takes an answer without an ARN for a failure', async () => {
    const caller = await asking(identity(''));

    await expect(caller.whoAmI(new AbortController().signal)).rejects.toThrow('without an ARN');
  });

  it('ends at once when its signal says so', async () => {
    const caller = await asking();
    const limit = new AbortController();

    const asked = caller.whoAmI(limit.signal);
    limit.abort(new Error('the time is over'));

    await expect(asked).rejects.toThrow('the time is over');
  });
});
