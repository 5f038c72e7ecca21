import type { TraceRecord } from './trace-record.js';

/** The traces used last, as many as fit; the others are told to cool. */
export class WarmWindow {
  private readonly warmths = new Map<TraceRecord, number>();
  private total = 0;

  /** @param maxWarmth in the unit of {@link TraceRecord.warmth} */
  constructor(private readonly maxWarmth: number) {}

  use(record: TraceRecord): void {
    this.forget(record);
    const { warmth } = record;
    this.warmths.set(record, warmth);
    this.total += warmth;
    for (const coldest of this.warmths.keys()) {
      // The one in use stays, however large it is.
      if (this.total <= this.maxWarmth || coldest === record) return;
      this.forget(coldest);
      coldest.cool();
    }
  }

  forget(record: TraceRecord): void {
    this.total -= this.warmths.get(record) ?? 0;
    this.warmths.delete(record);
  }
}
