import type { JsonLog } from './json-log.js';

/** Why something that was sent was not kept; the keys of `rejected` at `GET /status`. */
export type RejectionReason =
  /** A document that X-Ray would not take, by X-Ray's error code. */
  | 'InvalidSegment'
  | 'InvalidTraceId'
  | 'MissingId'
  /** A span whose ids or field types cannot be. */
  | 'InvalidSpan'
  /** A document for a trace that is as large as a trace may get. */
  | 'TraceLimitExceeded'
  /** A whole request, by what was wrong with it. */
  | 'InvalidRequest'
  | 'BodyTooLarge'
  | 'UnsupportedMediaType'
  | 'Overloaded'
  | 'ForeignOrigin'
  /** A packet of the daemon's protocol, by what was wrong with it. */
  | 'PacketWithoutHeader'
  | 'PacketHeaderUnknown'
  | 'PacketEmpty'
  /** Packets came faster than they could be taken in. */
  | 'PacketOverflow'
  /** The system reported an error instead of a packet. */
  | 'PacketNotReceived';

/** At most one line per reason in this time; what is left out is counted in the next line. Arbitrary. */
const QUIET_MS = 10_000;

/**
 * Counts what was refused and says so in the log: the collector does not show which documents were refused, so
 * this log is where a developer finds out.
 */
export class RejectionReport {
  private readonly states = new Map<
    RejectionReason,
    { count: number; lastLoggedMs: number; unlogged: number }
  >();

  constructor(
    private readonly log: JsonLog,
    private readonly now: () => number = Date.now,
  ) {}

  /** @param detail what exactly was wrong: ids and field names, never contents */
  add(reason: RejectionReason, detail: Readonly<Record<string, unknown>>, count = 1): void {
    const state = this.states.get(reason) ?? { count: 0, lastLoggedMs: -Infinity, unlogged: 0 };
    this.states.set(reason, state);
    state.count += count;
    state.unlogged += count;
    const nowMs = this.now();
    if (nowMs - state.lastLoggedMs < QUIET_MS) return;
    const others = state.unlogged - count;
    this.log('warn', 'refused', {
      reason,
      ...detail,
      count,
      ...(others > 0 ? { othersSinceLastLine: others } : {}),
    });
    state.lastLoggedMs = nowMs;
    state.unlogged = 0;
  }

  /** Writes down what was counted since the last line of each reason. */
  logOutstanding(): void {
    for (const [reason, state] of this.states) {
      if (state.unlogged > 0) this.log('warn', 'refused', { reason, count: state.unlogged });
      state.unlogged = 0;
    }
  }

  counts(): Partial<Record<RejectionReason, number>> {
    return Object.fromEntries(Array.from(this.states, ([reason, { count }]) => [reason, count]));
  }
}
