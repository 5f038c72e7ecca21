import type { QueueMessage } from '../../src/inbox/signup.queue.js';

let counter = 0;

/** A message of the queue; a body that is not text is sent as JSON. */
export function aMessage(body: unknown, attributes: Record<string, string> = {}): QueueMessage {
  counter += 1;
  return {
    id: `message-${counter}`,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes,
    receipt: `receipt-${counter}`,
  };
}

/** What SNS puts around a message on its way to a queue without raw delivery. */
export function anEnvelope(message: unknown, attributes: Record<string, string> = {}) {
  return {
    Type: 'Notification',
    MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
    TopicArn: 'arn:aws:sns:us-east-1:000000000000:signups',
    Subject: 'New user sign up!!!',
    Message: typeof message === 'string' ? message : JSON.stringify(message),
    Timestamp: '2026-01-01T12:00:00.000Z',
    MessageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [name, { Type: 'String', Value: value }]),
    ),
  };
}
