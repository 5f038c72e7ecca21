import type { DaemonCounts } from '../daemon/daemon-listener.js';
import type { IngestCounts } from '../ingest/trace-ingest.js';
import type { StoreCounts } from '../store/trace.store.js';
import type { RejectionReason } from './rejection-report.js';
import type { TelemetryCounts } from './telemetry-tally.js';

/** What `GET /status` answers: everything counted since the start. */
export interface XrayLocalStatus {
  uptimeSec: number;
  ingest: IngestCounts;
  /** Packets of the X-Ray daemon's protocol. */
  daemon: DaemonCounts;
  /** What daemons and collectors told about themselves. */
  telemetry: TelemetryCounts;
  /** How many documents, spans, packets or requests were refused, by reason. */
  rejected: Partial<Record<RejectionReason, number>>;
  store: StoreCounts;
}
