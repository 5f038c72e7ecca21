import { describe, expect, it } from '@jest/globals';
import { RejectionReport } from './rejection-report.js';

function createReport() {
  const clock = { nowMs: 0 };
  const lines: Readonly<Record<string, unknown>>[] = [];
  const report = new RejectionReport(
    (_level, _message, fields = {}) => void lines.push(fields),
    () => clock.nowMs,
  );
  return { clock, lines, report };
}

describe('RejectionReport', () => {
  it('logs the first refusal of a kind at once, and the next ones summed up', () => {
    const { clock, lines, report } = createReport();

    report.add('MissingId', { id: 'a' });
    for (let count = 0; count < 500; count += 1) report.add('MissingId', { id: 'b' });
    report.add('InvalidSegment', { id: 'c' }, 3);
    clock.nowMs = 10_000;
    report.add('MissingId', { id: 'd' });

    expect(lines).toEqual([
      { reason: 'MissingId', id: 'a', count: 1 },
      { reason: 'InvalidSegment', id: 'c', count: 3 },
      { reason: 'MissingId', id: 'd', count: 1, othersSinceLastLine: 500 },
    ]);
    expect(report.counts()).toEqual({ MissingId: 502, InvalidSegment: 3 });
  });

  it('can say what it has not logged yet', () => {
    const { lines, report } = createReport();
    report.add('MissingId', {});
    report.add('MissingId', {});

    report.logOutstanding();
    report.logOutstanding();

    expect(lines).toEqual([
      { reason: 'MissingId', count: 1 },
      { reason: 'MissingId', count: 1 },
    ]);
  });
});
