import { Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { firstLineOf } from '../aws/failure-names.js';
import { Backoff } from '../timing/backoff.js';
import type { Clock } from '../timing/clock.js';
import { FailureLog } from '../timing/failure-log.js';
import type { LogLines } from '../timing/failure-log.js';
import { Loop } from '../timing/loop.js';
import type { MessageHandler } from './message.handler.js';
import type { QueueMessage, SignupQueue } from './signup.queue.js';

const MAX_MESSAGES = 10;
const FIRST_BACKOFF_MS = 1000;
const LONGEST_BACKOFF_MS = 10_000;

/** Reads the queue, one poll after the other, for as long as the application lives. */
export class InboxConsumer implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  private readonly backoff = new Backoff(FIRST_BACKOFF_MS, LONGEST_BACKOFF_MS);
  private readonly failures: FailureLog;
  private readonly loop: Loop;
  private reading = false;

  constructor(
    private readonly queue: SignupQueue,
    private readonly handler: Pick<MessageHandler, 'handle'>,
    private readonly options: { waitSec: number; clock: Clock },
    logger: LogLines = new Logger(InboxConsumer.name),
  ) {
    this.failures = new FailureLog(logger, options.clock, 'consuming the queue');
    this.loop = new Loop(options.clock, (signal) => this.turn(signal));
  }

  /** Whether what is published now will be seen: the last poll went well, and so did handling what it brought. */
  isReading(): boolean {
    return this.reading;
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  /** Stops the poll under way at once; what it has brought before is still handled. */
  onModuleDestroy(): void {
    this.loop.stop();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.loop.drained();
  }

  /** One poll and its messages. Returns how long to wait before the next one. */
  private async turn(signal: AbortSignal): Promise<number> {
    let messages: QueueMessage[];
    try {
      messages = await this.queue.receive(this.pollOptions(), signal);
    } catch (error) {
      return signal.aborted ? 0 : this.failed(firstLineOf(error));
    }
    const outcomes = await Promise.all(messages.map((message) => this.handler.handle(message)));
    const failure = outcomes.find((outcome) => outcome.kind === 'failed');
    if (failure) return this.failed(failure.reason);
    this.reading = true;
    this.backoff.reset();
    this.failures.worked();
    return 0;
  }

  /** As long as it is not known to work, one message that is not waited for is enough to find out. */
  private pollOptions(): { maxMessages: number; waitSec: number } {
    return this.reading
      ? { maxMessages: MAX_MESSAGES, waitSec: this.options.waitSec }
      : { maxMessages: 1, waitSec: 0 };
  }

  private failed(reason: string): number {
    this.reading = false;
    this.failures.failed(reason);
    return this.backoff.nextMs();
  }
}
