import type { TraceSummary } from '@aws-sdk/client-xray';
import { formatSeconds, formatTime } from '../terminal/format.js';
import type { Paint, Style } from '../terminal/style.js';
import type { Cell } from '../terminal/table.js';
import { renderTable } from '../terminal/table.js';

/** Lines of a list of traces, one each. */
export function renderTraces(
  summaries: readonly TraceSummary[],
  view: { columns: number; style: Style },
): string[] {
  return renderTable({
    columns: [
      { title: 'TIME' },
      { title: 'TRACE' },
      { title: 'ENTRY', minWidth: 10, dropOrder: 3 },
      { title: 'METHOD' },
      { title: 'STATUS', align: 'right' },
      { title: 'RESPONSE', align: 'right', dropOrder: 2 },
      { title: 'DURATION', align: 'right' },
      { title: 'OUTCOME' },
      { title: 'URL', minWidth: 12, dropOrder: 4 },
      { title: 'ANNOTATIONS', minWidth: 11, dropOrder: 1 },
    ],
    rows: summaries.map((summary) => toRow(summary, view.style)),
    maxWidth: view.columns,
    paintTitle: view.style.dim,
  });
}

function toRow(summary: TraceSummary, style: Style): Cell[] {
  const { http, outcome } = { http: summary.Http, outcome: outcomeOf(summary, style) };
  return [
    summary.StartTime === undefined ? '' : formatTime(summary.StartTime.getTime() / 1_000),
    summary.Id ?? '',
    summary.EntryPoint?.Name ?? '',
    http?.HttpMethod ?? '',
    { text: http?.HttpStatus === undefined ? '' : String(http.HttpStatus), paint: outcome.paint },
    formatSeconds(summary.ResponseTime),
    formatSeconds(summary.Duration),
    outcome,
    http?.HttpURL ?? '',
    annotationsOf(summary),
  ];
}

function outcomeOf(summary: TraceSummary, style: Style): { text: string; paint: Paint } {
  const partial = summary.IsPartial === true ? ' (partial)' : '';
  if (summary.HasFault === true) return { text: `fault${partial}`, paint: style.fault };
  // The summary's throttle flag is of any segment; only a root that failed was throttled itself.
  if (summary.HasError === true && summary.HasThrottle === true) {
    return { text: `throttle${partial}`, paint: style.throttle };
  }
  if (summary.HasError === true) return { text: `error${partial}`, paint: style.error };
  return { text: `ok${partial}`, paint: style.ok };
}

function annotationsOf(summary: TraceSummary): string {
  const pairs = Object.entries(summary.Annotations ?? {}).map(([key, values]) => {
    const texts = values.map(({ AnnotationValue: value }) => {
      return String(value?.StringValue ?? value?.NumberValue ?? value?.BooleanValue ?? '');
    });
    return `${key}=${texts.join('|')}`;
  });
  return pairs.join(' ');
}
