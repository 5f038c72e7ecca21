import type { Outcome, TimelineRow, Trace, TraceEntity } from '#xray-model';
import { buildTimeline } from '#xray-model';
import { renderSpanBar } from '../terminal/bar.js';
import { formatSeconds, formatTime } from '../terminal/format.js';
import type { Paint, Style } from '../terminal/style.js';
import type { Cell } from '../terminal/table.js';
import { renderTable } from '../terminal/table.js';
import { toPrintable } from '../terminal/text.js';

export interface TraceView {
  columns: number;
  style: Style;
}

/** Cells that the columns before the bars take in most traces. */
const TEXT_WIDTH = 84;

/** Lines of one trace: what it was, its timeline, its exceptions, and the traces it is linked with. */
export function renderTrace(trace: Trace, linkedTraceIds: readonly string[], view: TraceView): string[] {
  const sections = [
    renderTitle(trace, view),
    renderTimeline(trace, view),
    renderExceptions(trace, view),
    renderLinks(trace, linkedTraceIds, view),
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
}

function renderTitle(trace: Trace, { style }: TraceView): string[] {
  const root = trace.roots[0];
  const request = root?.document.http?.request;
  const what = [request?.method, request?.url].filter((part) => part !== undefined).join(' ');
  const length = formatSeconds(trace.endTimeSec - trace.startTimeSec);
  return [
    `${style.bold('Trace')} ${trace.id}${what === '' ? '' : `  ${toPrintable(what)}`}`,
    `Started ${formatTime(trace.startTimeSec)}, took ${length}${trace.isPartial ? '; partial: more of it is to come' : ''}`,
  ];
}

function renderTimeline(trace: Trace, view: TraceView): string[] {
  const barWidth = Math.max(16, Math.min(64, view.columns - TEXT_WIDTH));
  return renderTable({
    columns: [
      { title: 'NAME', minWidth: 16 },
      { title: 'TYPE', minWidth: 8, dropOrder: 2 },
      { title: 'STATUS', align: 'right' },
      { title: 'START', align: 'right', dropOrder: 1 },
      { title: 'TIME', align: 'right' },
      { title: 'OUTCOME' },
      { title: 'TIMELINE' },
    ],
    rows: buildTimeline(trace).map((row) => renderRow(row, trace, barWidth, view.style)),
    maxWidth: view.columns,
    paintTitle: view.style.dim,
  });
}

function renderRow(row: TimelineRow, trace: Trace, barWidth: number, style: Style): Cell[] {
  const paint = paintOf(row.outcome, style);
  const lengthSec = Math.max(trace.endTimeSec - trace.startTimeSec, Number.EPSILON);
  // What is in progress goes on to the end of what is known.
  const durationSec = row.durationSec ?? lengthSec - row.offsetSec;
  const name = `${'  '.repeat(row.depth)}${row.node?.name ?? row.name}${row.isOrphan ? ' (parent missing)' : ''}`;
  return [
    row.kind === 'segment' ? { text: name, paint: style.bold } : name,
    {
      text: row.kind === 'segment' ? (row.node?.type ?? 'service') : (row.namespace ?? ''),
      paint: style.dim,
    },
    row.statusCode === undefined ? '' : String(row.statusCode),
    formatSeconds(row.offsetSec),
    formatSeconds(row.durationSec),
    { text: row.outcome, paint },
    { text: renderSpanBar(row.offsetSec / lengthSec, durationSec / lengthSec, barWidth).trimEnd(), paint },
  ];
}

function paintOf(outcome: Outcome, style: Style): Paint {
  return outcome === 'pending' ? style.dim : style[outcome];
}

function renderExceptions(trace: Trace, { style }: TraceView): string[] {
  const lines = [...trace.entities.values()].flatMap((entity) => {
    const { cause, name } = entity.document;
    // An inferred segment repeats the cause of the call it is made from.
    const isRepeated = entity.kind === 'segment' && entity.isInferred;
    if (isRepeated || typeof cause !== 'object') return [];
    return (cause.exceptions ?? []).map(({ type, message }) => {
      const where = [ownerName(entity), name]
        .filter((part, index, all) => part !== all[index - 1])
        .join(' › ');
      const text = [type, message].filter((part) => part !== undefined && part !== '').join(': ');
      return `  ${toPrintable(where)}  ${style.fault(toPrintable(text))}`;
    });
  });
  return lines.length === 0 ? [] : [style.bold('Exceptions'), ...lines];
}

function ownerName(entity: TraceEntity): string {
  return (entity.kind === 'segment' ? entity : entity.owner)?.node.name ?? '';
}

function renderLinks(trace: Trace, linkedTraceIds: readonly string[], { style }: TraceView): string[] {
  const linked = [...trace.entities.values()].flatMap((entity) => {
    return (entity.document.links ?? []).map((link) => [link.trace_id, ownerName(entity)] as const);
  });
  const starters = new Map(linked.filter(([id]) => id !== trace.id));
  const lines = [
    ...[...starters].map(([id, name]) => `  ${id}  sent what ${toPrintable(name)} took up here`),
    ...linkedTraceIds.map((id) => `  ${id}  took up what was sent here`),
  ];
  return lines.length === 0 ? [] : [style.bold('Linked traces'), ...lines];
}
