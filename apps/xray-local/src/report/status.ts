import type { IngestCounts } from '../ingest/trace-ingest.js';
import type { StoreCounts } from '../store/trace.store.js';
import type { RejectionReason } from './rejection-report.js';

/** What `GET /status` answers: everything counted since the start. */
export interface XrayLocalStatus {
  uptimeSec: number;
  ingest: IngestCounts;
  /** How many documents, spans or requests were refused, by reason. */
  rejected: Partial<Record<RejectionReason, number>>;
  store: StoreCounts;
}
