import { signupEventSchema } from '#contracts';
import type { SignupEvent } from '#contracts';
import type { QueueMessage } from './signup.queue.js';

/** The message is not a sign-up event that this notifier knows. */
export class MalformedMessageError extends Error {
  override readonly name = 'MalformedMessageError';
}

export interface SignupMessage {
  /** `Root=…;Parent=…;Sampled=…` of the span that published it; undefined when that was not traced. */
  traceHeader: string | undefined;
  /** @throws {MalformedMessageError} naming the fields that are wrong, and no value */
  parseEvent(): SignupEvent;
}

const TRACE_ATTRIBUTE = 'x-amzn-trace-id';

/**
 * Reads a message of either kind: SNS's envelope, or the event itself where the subscription delivers raw.
 *
 * Never throws by itself: a message that cannot be understood still tells which trace it came from.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-sqs-as-subscriber.html
 */
export function readSignupMessage(message: QueueMessage): SignupMessage {
  const body = parseJson(message.body);
  const envelope = toEnvelope(body);
  if (!envelope) {
    return { traceHeader: findTraceHeader(message.attributes), parseEvent: () => toEvent(body) };
  }
  return {
    traceHeader: findTraceHeader(envelope.attributes),
    parseEvent: () => toEvent(parseJson(envelope.message)),
  };
}

interface Envelope {
  message: string;
  attributes: Record<string, string>;
}

function toEnvelope(body: unknown): Envelope | undefined {
  if (!isObject(body) || body['Type'] !== 'Notification' || typeof body['Message'] !== 'string')
    return undefined;
  const attributes: Record<string, string> = {};
  for (const [name, attribute] of Object.entries(
    isObject(body['MessageAttributes']) ? body['MessageAttributes'] : {},
  )) {
    const value = isObject(attribute) ? attribute['Value'] : undefined;
    if (typeof value === 'string') attributes[name] = value;
  }
  return { message: body['Message'], attributes };
}

function findTraceHeader(attributes: Readonly<Record<string, string>>): string | undefined {
  return Object.entries(attributes).find(([name]) => name.toLowerCase() === TRACE_ATTRIBUTE)?.[1];
}

function toEvent(value: unknown): SignupEvent {
  if (value === undefined) throw new MalformedMessageError('the message is not JSON');
  const result = signupEventSchema.safeParse(value);
  if (result.success) return result.data;
  const fields = result.error.issues.map((issue) => issue.path.join('.') || 'the whole message');
  throw new MalformedMessageError(`not a sign-up event: ${[...new Set(fields)].join(', ')}`);
}

/** Undefined, which JSON cannot say, for text that is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
