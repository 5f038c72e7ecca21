import { createCredentials } from '#aws-clients';
import { SNSClient } from '@aws-sdk/client-sns';
import { afterEach, describe, expect, it } from '@jest/globals';
import { RoleCredentials } from '../src/aws/role-credentials.js';
import { SnsSignupTopic } from '../src/topic/sns-signup.topic.js';
import { startAnsweringServer } from './fakes/answering-server.js';
import type { Answer } from './fakes/answering-server.js';
import { recognizeErrorsOfNode } from './fakes/errors-of-node.js';
import { anEvent } from './fakes/sample-event.js';

const TOPIC_ARN = 'arn:aws:sns:us-east-1:000000000000:signups';
const MESSAGE_ID = '94f20ce6-13c5-43a0-9a9e-ca52d816e90b';
const DENIED =
  'User: arn:aws:sts::000000000000:assumed-role/notifier/task is not authorized to perform: SNS:Publish on ' +
  `resource: ${TOPIC_ARN} because no identity-based policy allows the SNS:Publish action`;

const published: Answer = {
  status: 200,
  body:
    '<PublishResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><PublishResult>' +
    `<MessageId>${MESSAGE_ID}</MessageId></PublishResult><ResponseMetadata><RequestId>1</RequestId>` +
    '</ResponseMetadata></PublishResponse>',
};

/** As SNS words a refusal. */
function refusal(status: number, code: string, message: string, type = 'Sender'): Answer {
  return {
    status,
    body:
      '<ErrorResponse xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><Error>' +
      `<Type>${type}</Type><Code>${code}</Code><Message>${message}</Message></Error>` +
      '<RequestId>7dd5ab2c-0f2c-5e0e-9c4e-f6c2a9a1c9b5</RequestId></ErrorResponse>',
  };
}

const cleanUps: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

function topicAt(endpoint: string) {
  const fetches = { count: 0 };
  const credentials = createCredentials(async () => {
    fetches.count += 1;
    return { accessKeyId: `ASIA${fetches.count}`, secretAccessKey: 'secret', sessionToken: 'the-token' };
  });
  const client = new SNSClient({
    endpoint,
    region: 'us-east-1',
    credentials: credentials.provider,
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 500, requestTimeout: 200, throwOnRequestTimeout: true },
  });
  const topic = new SnsSignupTopic(client, new RoleCredentials(credentials), TOPIC_ARN);
  cleanUps.push(() => topic.onApplicationShutdown());
  return { topic, fetches };
}

async function answering(...answers: Answer[]) {
  const server = await startAnsweringServer(answers);
  cleanUps.push(() => server.close());
  return { server, ...topicAt(server.url) };
}

recognizeErrorsOfNode();
const noLimit = new AbortController().signal;

describe('SnsSignupTopic', () => {
  it("publishes the event as JSON under the sample's subject", async () => {
    const { server, topic } = await answering(published);
    const event = anEvent();

    const messageId = await topic.publish(event, noLimit);

    const form = new URLSearchParams(server.requests[0]);
    expect(messageId).toBe(MESSAGE_ID);
    expect(Object.fromEntries(form)).toMatchObject({
      Action: 'Publish',
      TopicArn: TOPIC_ARN,
      Subject: 'New user sign up!!!',
      Message: JSON.stringify(event),
    });
  });

  it.each([
    ['not-authorized', refusal(403, 'AuthorizationError', DENIED), DENIED],
    [
      'rejected',
      refusal(400, 'InvalidParameter', 'Invalid parameter: Message too long'),
      'Invalid parameter: Message too long',
    ],
    ['failed', refusal(404, 'NotFound', 'Topic does not exist'), 'Topic does not exist'],
  ])('tells %s, in words of AWS, after one attempt', async (failure, answer, message) => {
    const { server, topic } = await answering(answer);

    await expect(topic.publish(anEvent(), noLimit)).rejects.toMatchObject({
      failure,
      message,
      mayBePublished: false,
    });
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ['ExpiredToken', 'credentials-expired'],
    ['InvalidClientTokenId', 'credentials-missing'],
  ])('fetches fresh credentials once after %s and tries once more', async (code, failure) => {
    const refused = refusal(403, code, 'The security token included in the request is no good');
    const mended = await answering(refused, published);
    const stillRefused = await answering(refused);

    expect(await mended.topic.publish(anEvent(), noLimit)).toBe(MESSAGE_ID);
    await expect(stillRefused.topic.publish(anEvent(), noLimit)).rejects.toMatchObject({ failure });

    expect({ fetches: mended.fetches.count, requests: mended.server.requests.length }).toEqual({
      fetches: 2,
      requests: 2,
    });
    expect({ fetches: stillRefused.fetches.count, requests: stillRefused.server.requests.length }).toEqual({
      fetches: 2,
      requests: 2,
    });
  });

  it('does not know whether a message is published when SNS has an inner error', async () => {
    const { topic } = await answering(refusal(500, 'InternalError', 'Internal error', 'Receiver'));

    await expect(topic.publish(anEvent(), noLimit)).rejects.toMatchObject({
      failure: 'failed',
      mayBePublished: true,
    });
  });

  it('tells that nobody listens', async () => {
    const server = await startAnsweringServer([]);
    await server.close();
    const { topic } = topicAt(server.url);

    await expect(topic.publish(anEvent(), noLimit)).rejects.toMatchObject({
      failure: 'unreachable',
      mayBePublished: false,
      message: expect.stringContaining('ECONNREFUSED'),
    });
  });

  it('tells that there is no such host', async () => {
    const { topic } = topicAt('http://sns.invalid:1/');

    await expect(topic.publish(anEvent(), noLimit)).rejects.toMatchObject({
      failure: 'unreachable',
      mayBePublished: false,
    });
  });

  it("tells that SNS does not answer, by the client's limit", async () => {
    const { server, topic } = await answering();

    await expect(topic.publish(anEvent(), noLimit)).rejects.toMatchObject({
      failure: 'unreachable',
      mayBePublished: true,
    });
    expect(server.requests).toHaveLength(2);
  });

  it('ends at once when its signal says so', async () => {
    const { topic } = await answering();
    const limit = new AbortController();

    const publishing = topic.publish(anEvent(), limit.signal);
    limit.abort(new DOMException('the time is over', 'TimeoutError'));

    await expect(publishing).rejects.toMatchObject({ failure: 'unreachable' });
  });

  it('tells that there are no credentials, without asking SNS', async () => {
    const server = await startAnsweringServer([published]);
    cleanUps.push(() => server.close());
    const credentials = createCredentials(() =>
      Promise.reject(new Error('connect ECONNREFUSED 169.254.170.2')),
    );
    const client = new SNSClient({
      endpoint: server.url,
      region: 'us-east-1',
      credentials: credentials.provider,
    });
    const topic = new SnsSignupTopic(client, new RoleCredentials(credentials), TOPIC_ARN);
    cleanUps.push(() => topic.onApplicationShutdown());

    await expect(topic.publish(anEvent(), noLimit)).rejects.toMatchObject({
      failure: 'credentials-missing',
      message: expect.stringContaining('169.254.170.2'),
    });
    expect(server.requests).toEqual([]);
  });
});
