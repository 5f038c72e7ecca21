import { ExportResultCode } from '@opentelemetry/core';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace';
import { describe, expect, it } from '@jest/globals';
import { ReportingExporter } from './reporting-exporter.js';

function setUp() {
  const clock = { nowMs: 1_000_000 };
  const collector = { isUp: false };
  const warnings: unknown[] = [];
  const inner: SpanExporter = {
    export: (_spans, done) =>
      done(
        collector.isUp
          ? { code: ExportResultCode.SUCCESS }
          : { code: ExportResultCode.FAILED, error: new Error('connect ECONNREFUSED') },
      ),
    shutdown: () => Promise.resolve(),
  };
  const exporter = new ReportingExporter(
    inner,
    (message, fields) => warnings.push({ message, ...fields }),
    () => clock.nowMs,
  );
  const send = (count: number): void =>
    exporter.export(Array.from({ length: count }) as ReadableSpan[], () => undefined);
  return { clock, collector, warnings, send };
}

describe('ReportingExporter', () => {
  it('says the first loss at once, with count and reason', () => {
    const { warnings, send } = setUp();

    send(3);

    expect(warnings).toEqual([expect.objectContaining({ lostSpans: 3, reason: 'connect ECONNREFUSED' })]);
  });

  it('sums up further losses once a minute', () => {
    const { clock, warnings, send } = setUp();
    send(3);
    send(4);
    clock.nowMs += 60_000;

    send(5);

    expect(warnings).toHaveLength(2);
    expect(warnings[1]).toMatchObject({ lostSpans: 12 });
  });

  it('says once that it works again', () => {
    const { collector, warnings, send } = setUp();
    send(3);
    collector.isUp = true;

    send(1);
    send(1);

    expect(warnings.slice(1)).toEqual([
      expect.objectContaining({ message: 'the collector takes spans again' }),
    ]);
  });
});
