import { Logger } from '@nestjs/common';
import { runAsLinkedSegment } from '#telemetry';
import { firstLineOf } from '../aws/failure-names.js';
import type { SignupTable } from '../signups/signup.table.js';
import type { Clock } from '../timing/clock.js';
import type { LogLines } from '../timing/failure-log.js';
import { MalformedMessageError, readSignupMessage } from './parse-signup-message.js';
import type { SignupMessage } from './parse-signup-message.js';
import type { QueueMessage, SignupQueue } from './signup.queue.js';

/**
 * `handled`: deleted. `malformed`: left for the dead-letter queue. `failed`: the table or the queue did not do
 * its part, and the message comes back.
 */
export type MessageOutcome = { kind: 'handled' } | { kind: 'malformed' } | { kind: 'failed'; reason: string };

/** Handles one message of the queue: marks the sign-up as notified. Handling one twice changes nothing. */
export class MessageHandler {
  private malformedCount = 0;

  constructor(
    private readonly queue: SignupQueue,
    private readonly table: SignupTable,
    private readonly clock: Pick<Clock, 'nowMs'>,
    private readonly logger: LogLines = new Logger(MessageHandler.name),
  ) {}

  async handle(message: QueueMessage): Promise<MessageOutcome> {
    const signup = readSignupMessage(message);
    try {
      await runAsLinkedSegment(
        {
          name: `${this.queue.name} process`,
          kind: 'consumer',
          linkedTraceHeaders: signup.traceHeader === undefined ? [] : [signup.traceHeader],
          attributes: {
            'messaging.system': 'aws_sqs',
            'messaging.operation.type': 'process',
            'messaging.operation.name': 'process',
            'messaging.destination.name': this.queue.name,
            'messaging.message.id': message.id,
          },
        },
        () => this.process(signup, message),
      );
      return { kind: 'handled' };
    } catch (error) {
      if (!(error instanceof MalformedMessageError)) return { kind: 'failed', reason: firstLineOf(error) };
      this.malformedCount += 1;
      this.logger.warn(
        `message ${message.id} is left for the dead-letter queue: ${error.message} (${this.malformedCount} such receives since the start)`,
      );
      return { kind: 'malformed' };
    }
  }

  private async process(signup: SignupMessage, message: QueueMessage): Promise<void> {
    const event = signup.parseEvent();
    const outcome = await this.table.markNotified(event, new Date(this.clock.nowMs()));
    // It was deleted from the table meanwhile, or the message was never about one: coming back would not help.
    if (outcome === 'unknown')
      this.logger.warn(`message ${message.id} is about no known sign-up: ${event.id}`);
    await this.queue.delete(message);
  }
}
