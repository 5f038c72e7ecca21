/** Sums of what daemons and collectors tell about themselves by `PutTelemetryRecords`. */
export interface TelemetryCounts {
  records: number;
  segmentsReceived: number;
  segmentsSent: number;
  segmentsSpilledOver: number;
  segmentsRejected: number;
  backendConnectionErrors: number;
}

/** Adds up telemetry records. */
export class TelemetryTally {
  private readonly sums: TelemetryCounts = {
    records: 0,
    segmentsReceived: 0,
    segmentsSent: 0,
    segmentsSpilledOver: 0,
    segmentsRejected: 0,
    backendConnectionErrors: 0,
  };

  add(record: Omit<TelemetryCounts, 'records'>): void {
    this.sums.records += 1;
    this.sums.segmentsReceived += record.segmentsReceived;
    this.sums.segmentsSent += record.segmentsSent;
    this.sums.segmentsSpilledOver += record.segmentsSpilledOver;
    this.sums.segmentsRejected += record.segmentsRejected;
    this.sums.backendConnectionErrors += record.backendConnectionErrors;
  }

  counts(): TelemetryCounts {
    return { ...this.sums };
  }
}
