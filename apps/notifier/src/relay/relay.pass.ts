import { runAsLinkedSegment } from '#telemetry';
import { firstLineOf } from '../aws/failure-names.js';
import type { Claim, PendingSignup, SignupTable } from '../signups/signup.table.js';
import type { Clock } from '../timing/clock.js';
import { PublishError } from '../topic/publish-error.js';
import type { SignupTopic } from '../topic/signup.topic.js';

export interface RelayLimits {
  /** From when on a sign-up counts as left behind. */
  pendingAfterMs: number;
  /** How long a claim keeps other relays away while this one publishes. */
  claimMs: number;
  /** How long a published sign-up may wait for the consumer before it is published again. */
  confirmMs: number;
  publishTimeoutMs: number;
}

export interface PassOutcome {
  announced: number;
  /** Sign-ups that the topic did not take, while it took others. */
  rejected: number;
  /** Why the pass ended early; undefined when it did not. */
  blockedBy: string | undefined;
  /** How long the oldest of what was found has been waiting, in seconds; undefined when nothing was found. */
  oldestPendingSec: number | undefined;
}

/** What is still pending after that many is found by the next pass. */
const PASS_LIMIT = 500;
const PARALLEL_PUBLISHES = 8;
/** So many are not a few odd sign-ups any more, but a topic that takes nothing. */
const REJECTED_LIMIT = 10;

type Step = 'announced' | 'taken' | 'rejected' | { blockedBy: string };

/**
 * One look at what was left behind, and the announcement of it.
 *
 * A sign-up is claimed in the table before it is published, so that of several relays one publishes it. The claim
 * outlives the publish: it ends when the consumer marks the sign-up as notified, and if the message got lost, by
 * time. A relay that dies between the two leaves a claim that runs out.
 *
 * The first sign-up is a probe: as long as nothing can be published, a pass costs one failed call and not one
 * for each that is pending.
 */
export class RelayPass {
  constructor(
    private readonly table: SignupTable,
    private readonly topic: SignupTopic,
    private readonly clock: Clock,
    private readonly limits: RelayLimits,
  ) {}

  /** @param signal lets what is being published finish and begins nothing more */
  async run(signal: AbortSignal): Promise<PassOutcome> {
    const outcome: PassOutcome = {
      announced: 0,
      rejected: 0,
      blockedBy: undefined,
      oldestPendingSec: undefined,
    };
    const nowMs = this.clock.nowMs();
    try {
      const pending = await this.table.findPending(
        {
          pendingBefore: new Date(nowMs - this.limits.pendingAfterMs),
          now: new Date(nowMs),
          limit: PASS_LIMIT,
        },
        signal,
      );
      outcome.oldestPendingSec = oldestAgeSec(pending, nowMs);
      await this.announceAll(pending, outcome, signal);
    } catch (error) {
      outcome.blockedBy ??= firstLineOf(error);
    }
    return outcome;
  }

  private async announceAll(
    pending: PendingSignup[],
    outcome: PassOutcome,
    signal: AbortSignal,
  ): Promise<void> {
    const next = (): PendingSignup | undefined =>
      signal.aborted || outcome.blockedBy !== undefined ? undefined : pending.shift();
    const work = async (isEnough: () => boolean): Promise<void> => {
      for (let signup = next(); signup; signup = next()) {
        count(await this.announce(signup), outcome);
        if (isEnough()) return;
      }
    };
    await work(() => outcome.announced > 0);
    await Promise.all(Array.from({ length: PARALLEL_PUBLISHES }, () => work(() => false)));
  }

  private async announce(signup: PendingSignup): Promise<Step> {
    try {
      const now = new Date(this.clock.nowMs());
      const until = new Date(now.getTime() + this.limits.claimMs);
      const claim = await this.table.claim(signup.event, { now, until });
      return claim ? await this.publish(signup, claim) : 'taken';
    } catch (error) {
      return { blockedBy: firstLineOf(error) };
    }
  }

  private async publish(signup: PendingSignup, claim: Claim): Promise<Step> {
    // A publish that outlived its claim could meet that of another relay.
    const timeoutMs = Math.min(this.limits.publishTimeoutMs, this.limits.claimMs / 2);
    try {
      await runAsLinkedSegment(
        {
          name: 'relay',
          kind: 'internal',
          linkedTraceHeaders: signup.traceHeader === undefined ? [] : [signup.traceHeader],
        },
        () => this.topic.publish(signup.event, this.clock.timeout(timeoutMs)),
      );
    } catch (error) {
      return this.giveBack(claim, error);
    }
    await this.table.moveEnd(claim, new Date(this.clock.nowMs() + this.limits.confirmMs));
    return 'announced';
  }

  private async giveBack(claim: Claim, error: unknown): Promise<Step> {
    const failure = error instanceof PublishError ? error.failure : 'failed';
    // Its claim is left to run out, so that it does not stand first in the next pass again.
    if (failure === 'rejected') return 'rejected';
    // Without an answer the topic may have taken it: then the consumer should have the time to say so.
    const mayBePublished = error instanceof PublishError && error.mayBePublished;
    if (!mayBePublished) await this.table.release(claim);
    return { blockedBy: `${failure}: ${firstLineOf(error)}` };
  }
}

function count(step: Step, outcome: PassOutcome): void {
  if (step === 'announced') outcome.announced += 1;
  else if (step === 'rejected') {
    outcome.rejected += 1;
    if (outcome.rejected >= REJECTED_LIMIT)
      outcome.blockedBy ??= `the topic rejected ${REJECTED_LIMIT} sign-ups`;
  } else if (step !== 'taken') outcome.blockedBy ??= step.blockedBy;
}

function oldestAgeSec(pending: readonly PendingSignup[], nowMs: number): number | undefined {
  if (pending.length === 0) return undefined;
  const oldestMs = Math.min(...pending.map(({ event }) => Date.parse(event.createdAt)));
  return Math.round((nowMs - oldestMs) / 1000);
}
