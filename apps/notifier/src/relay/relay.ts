import { Logger } from '@nestjs/common';
import type { BeforeApplicationShutdown, OnApplicationBootstrap, OnModuleDestroy } from '@nestjs/common';
import { Backoff } from '../timing/backoff.js';
import type { Clock } from '../timing/clock.js';
import { FailureLog } from '../timing/failure-log.js';
import type { LogLines } from '../timing/failure-log.js';
import { Loop } from '../timing/loop.js';
import type { RelayPass } from './relay.pass.js';

/** With the default interval: 5 s, then 10 s, so that what is pending is announced soon after it can be. */
const LONGEST_BACKOFF_INTERVALS = 2;
const REPORT_EVERY_MS = 60_000;

/** Announces what was left behind: looks at regular intervals, less often while nothing can be published. */
export class Relay implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  private readonly backoff: Backoff;
  private readonly failures: FailureLog;
  private readonly loop: Loop;
  private reportedMs = Number.NEGATIVE_INFINITY;

  /**
   * @param isQueueRead while the queue cannot be read, everything published in it stays pending: publishing that
   *   again and again would only fill the queue, and send an e-mail to each subscriber every time
   */
  constructor(
    private readonly pass: Pick<RelayPass, 'run'>,
    private readonly isQueueRead: () => boolean,
    private readonly options: { intervalMs: number; clock: Clock },
    private readonly logger: LogLines = new Logger(Relay.name),
  ) {
    this.backoff = new Backoff(options.intervalMs, options.intervalMs * LONGEST_BACKOFF_INTERVALS);
    this.failures = new FailureLog(logger, options.clock, 'announcing pending sign-ups');
    this.loop = new Loop(options.clock, (signal) => this.turn(signal));
  }

  onApplicationBootstrap(): void {
    this.loop.start(this.options.intervalMs);
  }

  onModuleDestroy(): void {
    this.loop.stop();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.loop.drained();
  }

  private async turn(signal: AbortSignal): Promise<number> {
    if (!this.isQueueRead()) return this.options.intervalMs;
    const outcome = await this.pass.run(signal);
    if (outcome.announced > 0) this.logger.log(`announced ${outcome.announced} pending sign-ups`);
    if (outcome.rejected > 0) this.logger.warn(`the topic rejected ${outcome.rejected} pending sign-ups`);
    this.reportOldest(outcome.oldestPendingSec);
    if (signal.aborted) return 0;
    if (outcome.blockedBy !== undefined) {
      this.failures.failed(outcome.blockedBy);
      return this.backoff.nextMs();
    }
    this.failures.worked();
    this.backoff.reset();
    return this.options.intervalMs;
  }

  /** The line that CloudWatch makes a metric of, for the alarm in deploy/src/alarms.ts: at most one a minute. */
  private reportOldest(oldestPendingSec: number | undefined): void {
    const nowMs = this.options.clock.nowMs();
    if (oldestPendingSec === undefined || nowMs - this.reportedMs < REPORT_EVERY_MS) return;
    this.reportedMs = nowMs;
    this.logger.log({ oldestPendingSec });
  }
}
