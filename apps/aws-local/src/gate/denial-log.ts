import type { Log } from '../json-log.js';

/** So many sorts of refusal are told apart (arbitrary); a caller that makes up more is counted in one sum. */
const MAX_SORTS = 200;

/** One refusal, without anything secret. */
export interface Refusal {
  readonly code: string;
  readonly service: string;
  readonly operation: string;
  /** Role or administrator; nothing where the caller is not known. */
  readonly caller: string | undefined;
}

/** Logs the first refusal of each sort, and counts the rest for a summary now and then. */
export class DenialLog {
  readonly #counts = new Map<string, { refusal: Refusal; count: number }>();
  #otherCount = 0;
  #isSummarised = true;

  constructor(private readonly log: Log) {}

  record(refusal: Refusal): void {
    const key = [refusal.code, refusal.service, refusal.operation, refusal.caller].join(' ');
    const known = this.#counts.get(key);
    if (known === undefined && this.#counts.size < MAX_SORTS) {
      this.#counts.set(key, { refusal, count: 1 });
      this.log('warn', 'request refused', { ...refusal, count: 1 });
      return;
    }
    if (known === undefined) this.#otherCount += 1;
    else known.count += 1;
    this.#isSummarised = false;
  }

  /** Logs all counts if any of them has grown since they were last logged. */
  summarise(): void {
    if (this.#isSummarised) return;
    this.#isSummarised = true;
    const refusals = [...this.#counts.values()].map(({ refusal, count }) => ({ ...refusal, count }));
    this.log('warn', 'requests refused so far', { refusals, otherCount: this.#otherCount });
  }
}
