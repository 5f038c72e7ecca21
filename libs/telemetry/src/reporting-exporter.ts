import { ExportResultCode } from '@opentelemetry/core';
import type { ExportResult } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';

const REPORT_INTERVAL_MS = 60_000;

/**
 * Passes spans on, and says how many were lost: the first loss at once, then at most once a minute, then once when
 * export works again. Without it a dead collector is silent.
 */
export class ReportingExporter implements SpanExporter {
  private lostSpans = 0;
  private lastReportMs = 0;

  constructor(
    private readonly inner: SpanExporter,
    private readonly warn: (message: string, fields: Record<string, unknown>) => void,
    private readonly nowMs: () => number = Date.now,
  ) {}

  export(spans: ReadableSpan[], resultCallback: (result: ExportResult) => void): void {
    this.inner.export(spans, (result) => {
      if (result.code === ExportResultCode.SUCCESS) this.reportRecovery();
      else this.reportLoss(spans.length, result.error);
      resultCallback(result);
    });
  }

  shutdown(): Promise<void> {
    return this.inner.shutdown();
  }

  forceFlush(): Promise<void> {
    return this.inner.forceFlush?.() ?? Promise.resolve();
  }

  private reportLoss(spanCount: number, error: Error | undefined): void {
    this.lostSpans += spanCount;
    const isDue = this.lastReportMs === 0 || this.nowMs() - this.lastReportMs >= REPORT_INTERVAL_MS;
    if (!isDue) return;
    this.lastReportMs = this.nowMs();
    this.warn('spans were lost: the collector did not take them', {
      lostSpans: this.lostSpans,
      reason: error?.message ?? 'unknown',
    });
  }

  private reportRecovery(): void {
    if (this.lostSpans === 0) return;
    this.warn('the collector takes spans again', { lostSpans: this.lostSpans });
    this.lostSpans = 0;
    this.lastReportMs = 0;
  }
}
