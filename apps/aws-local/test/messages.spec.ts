import { PublishCommand } from '@aws-sdk/client-sns';
import {
  ChangeMessageVisibilityCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  type ReceiveMessageCommandOutput,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ADMINISTRATOR, RunningAwsLocal, TOPIC_ARN } from './running-aws-local.js';

let running: RunningAwsLocal;

beforeEach(async () => {
  running = await RunningAwsLocal.start();
});

afterEach(() => running.stop());

function receive(waitSec: number, abortSignal?: AbortSignal): Promise<ReceiveMessageCommandOutput> {
  return running
    .sqs(ADMINISTRATOR)
    .send(
      new ReceiveMessageCommand({ QueueUrl: running.queueUrl, WaitTimeSeconds: waitSec }),
      abortSignal === undefined ? {} : { abortSignal },
    );
}

async function publish(message: string): Promise<void> {
  await running.sns(ADMINISTRATOR).send(new PublishCommand({ TopicArn: TOPIC_ARN, Message: message }));
}

/** Resolves once the emulator has taken in what was sent before. */
async function roundTrip(): Promise<void> {
  await running.sqs(ADMINISTRATOR).send(new GetQueueUrlCommand({ QueueName: 'signups' }));
}

describe('a long poll', () => {
  it('delivers a message that is published meanwhile', async () => {
    const startedMs = performance.now();
    const polling = receive(20);
    await roundTrip();

    await publish('meanwhile');
    const { Messages: messages } = await polling;

    expect(messages?.[0]?.Body).toContain('"Message":"meanwhile"');
    expect(performance.now() - startedMs).toBeLessThan(5000);
  });

  it('ends empty when its time is over', async () => {
    const startedMs = performance.now();

    const { Messages: messages } = await receive(1);

    expect(messages).toBeUndefined();
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(990);
  });

  it('whose client has gone takes no message away from the others', async () => {
    const client = new AbortController();
    const left = receive(20, client.signal);
    await roundTrip();
    client.abort();
    await expect(left).rejects.toThrow('aborted');
    await roundTrip();

    await publish('for whoever is there');
    const { Messages: messages } = await receive(2);

    expect(messages?.[0]?.Body).toContain('for whoever is there');
  });

  it('leaves a message to one of several that wait, and the others go on waiting', async () => {
    const startedMs = performance.now();
    const polling = [receive(2), receive(2), receive(2)];
    await roundTrip();

    await publish('for one');
    const answers = await Promise.all(polling);

    expect(answers.filter((answer) => answer.Messages !== undefined)).toHaveLength(1);
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(1900);
  });

  it('is answered empty when the emulator stops, and does not hold it up', async () => {
    const polling = receive(20);
    await roundTrip();
    const startedMs = performance.now();

    const closing = running.awsLocal.close();
    const { Messages: messages, $metadata } = await polling;
    await closing;

    expect($metadata.httpStatusCode).toBe(200);
    expect(messages).toBeUndefined();
    expect(performance.now() - startedMs).toBeLessThan(900);
  });
});

describe('a message', () => {
  it('is put aside when it was received five times and nobody could handle it', async () => {
    const sqs = running.sqs(ADMINISTRATOR);
    await publish('poison');
    const receiveFrom = (queue: string) =>
      sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: `${running.address}/000000000000/${queue}`,
          MaxNumberOfMessages: 1,
        }),
      );

    for (let receives = 0; receives < 5; receives += 1) {
      const { Messages: messages } = await receiveFrom('signups');
      await sqs.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: running.queueUrl,
          ReceiptHandle: messages![0]!.ReceiptHandle,
          VisibilityTimeout: 0,
        }),
      );
    }
    const sixth = await receiveFrom('signups');
    const aside = await receiveFrom('signups-dead-letters');

    expect(sixth.Messages).toBeUndefined();
    expect(aside.Messages?.[0]?.Body).toContain('poison');
  });
});
