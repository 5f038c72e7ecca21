import type { SignupEvent } from '#contracts';
import type { Claim, PendingSearch, PendingSignup, SignupTable } from '../../src/signups/signup.table.js';

interface Row {
  event: SignupEvent;
  traceHeader: string | undefined;
  pendingSince: Date | undefined;
  notifiedAt: Date | undefined;
  claimedUntil: Date | undefined;
}

/** The table in memory. Every operation yields once before it acts, so that callers really interleave. */
export class FakeSignupTable implements SignupTable {
  readonly rows = new Map<string, Row>();
  /** Set to make every operation fail. */
  failure: Error | undefined;

  add(event: SignupEvent, pendingSince: Date, traceHeader?: string): void {
    const row = { event, traceHeader, pendingSince, notifiedAt: undefined, claimedUntil: undefined };
    this.rows.set(event.email, row);
  }

  row(event: SignupEvent): Row {
    const row = this.rows.get(event.email);
    if (!row) throw new Error(`no row for ${event.id}`);
    return row;
  }

  async markNotified(signup: { email: string; id: string }, at: Date): Promise<'notified' | 'unknown'> {
    await this.turn();
    const row = this.rows.get(signup.email);
    if (row?.event.id !== signup.id) return 'unknown';
    row.notifiedAt ??= at;
    row.pendingSince = undefined;
    row.claimedUntil = undefined;
    return 'notified';
  }

  async findPending(search: PendingSearch): Promise<PendingSignup[]> {
    await this.turn();
    return [...this.rows.values()]
      .filter((row) => row.pendingSince && row.pendingSince <= search.pendingBefore)
      .filter((row) => !row.claimedUntil || row.claimedUntil < search.now)
      .slice(0, search.limit)
      .map(({ event, traceHeader }) => ({ event, traceHeader }));
  }

  async claim(
    signup: { email: string; id: string },
    period: { now: Date; until: Date },
  ): Promise<Claim | undefined> {
    await this.turn();
    const row = this.rows.get(signup.email);
    const isFree = row?.pendingSince && (!row.claimedUntil || row.claimedUntil < period.now);
    if (!row || !isFree) return undefined;
    row.claimedUntil = period.until;
    return { email: signup.email, until: period.until };
  }

  async moveEnd(claim: Claim, until: Date): Promise<void> {
    const row = await this.claimed(claim);
    if (row) row.claimedUntil = until;
  }

  async release(claim: Claim): Promise<void> {
    const row = await this.claimed(claim);
    if (row) row.claimedUntil = undefined;
  }

  private async claimed(claim: Claim): Promise<Row | undefined> {
    await this.turn();
    const row = this.rows.get(claim.email);
    return row?.claimedUntil?.getTime() === claim.until.getTime() ? row : undefined;
  }

  private async turn(): Promise<void> {
    await Promise.resolve();
    if (this.failure) throw this.failure;
  }
}
