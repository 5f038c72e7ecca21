import type { Outcome, TimelineRow, Trace, TraceEntity } from '#xray-model';
import { buildTimeline, nodeKeyText } from '#xray-model';
import { pathOf } from '../trace/trace-title.js';

/** A line of the waterfall: the heading of a service, or a segment or subsegment below it. */
export interface WaterfallRow {
  key: string;
  /** 1 on the heading of a service, 2 on its segments, more on what is nested in them. */
  level: number;
  label: string;
  /** The type of the node on a heading, the namespace on a call. */
  detail: string;
  /** Absent on a heading. */
  line?: TimelineRow;
  offsetSec: number;
  /** Absent while in progress. */
  durationSec?: number;
  statusCode?: number;
  outcome: Outcome;
  /** What is unusual about it, each with the reason. */
  marks: readonly WaterfallMark[];
  /** How many rows are below it at any depth. */
  descendantCount: number;
  /** The key of the row it is below. */
  parentKey?: string;
  /** 1-based, among the rows with the same parent. */
  position: number;
  siblingCount: number;
}

export interface WaterfallMark {
  kind: 'inferred' | 'pending' | 'orphan' | 'cycle' | 'untraced' | 'link';
  label: string;
  reason: string;
}

/** The rows of a trace, fully expanded. Segments of one service stand together, as X-Ray shows them. */
export function buildRows(trace: Trace): WaterfallRow[] {
  const groups = new Map<string, TimelineRow[]>();
  let block: TimelineRow[] = [];
  for (const line of buildTimeline(trace)) {
    if (line.id === line.blockId) {
      const key = groupKey(line);
      block = groups.get(key) ?? [];
      groups.set(key, block);
    }
    block.push(line);
  }
  return [...groups].flatMap(([key, lines], index) =>
    groupRows(trace, { key, lines, position: index + 1, siblingCount: groups.size }),
  );
}

/** The rows that no collapsed row is above. */
export function visibleRows(rows: readonly WaterfallRow[], collapsed: ReadonlySet<string>): WaterfallRow[] {
  if (collapsed.size === 0) return [...rows];
  const visible: WaterfallRow[] = [];
  for (let index = 0; index < rows.length; index += 1) {
    const row = rows[index] as WaterfallRow;
    visible.push(row);
    if (collapsed.has(row.key)) index += row.descendantCount;
  }
  return visible;
}

/** The first segment or subsegment that failed for a reason of its own: what somebody opens a trace for. */
export function firstProblem(rows: readonly WaterfallRow[]): WaterfallRow | undefined {
  const failed = rows.filter(
    ({ line }) => typeof line?.entity.document.cause === 'object' && !line.isInferred,
  );
  return failed.toSorted((a, b) => b.level - a.level)[0];
}

interface Group {
  key: string;
  lines: readonly TimelineRow[];
  position: number;
  siblingCount: number;
}

function groupRows(trace: Trace, { key, lines, position, siblingCount }: Group): WaterfallRow[] {
  const [first] = lines;
  if (first === undefined) return [];
  const rows: WaterfallRow[] = [heading(key, lines, first)];
  const above: WaterfallRow[] = [];
  for (const line of lines) {
    const level = line.depth + 2;
    above.length = Math.min(above.length, line.depth);
    const parent = above[line.depth - 1] ?? rows[0];
    const row = toRow(trace, line, level, parent?.key);
    rows.push(row);
    above[line.depth] = row;
  }
  numberSiblings(rows);
  countDescendants(rows);
  Object.assign(rows[0] as WaterfallRow, { position, siblingCount });
  return rows;
}

function heading(key: string, lines: readonly TimelineRow[], first: TimelineRow): WaterfallRow {
  const tops = lines.filter(({ depth }) => depth === 0);
  const startSec = Math.min(...bounded(tops.map(({ offsetSec }) => offsetSec)));
  const ends = tops.map(({ offsetSec, durationSec }) =>
    durationSec === undefined ? Infinity : offsetSec + durationSec,
  );
  const endSec = ends.reduce((latest, end) => Math.max(latest, end), 0);
  return {
    key,
    level: 1,
    label: first.node?.name ?? 'Not yet attached',
    detail: headingDetail(first, tops.length),
    offsetSec: startSec,
    ...(endSec === Infinity ? {} : { durationSec: endSec - startSec }),
    outcome: worstOf(tops),
    marks: [],
    descendantCount: lines.length,
    position: 1,
    siblingCount: 1,
  };
}

/** `Math.min` takes as many arguments as the stack holds; the first is the earliest anyway. */
function bounded(offsets: readonly number[]): number[] {
  return [offsets.reduce((least, offset) => Math.min(least, offset), offsets[0] ?? 0)];
}

function headingDetail({ node }: TimelineRow, segmentCount: number): string {
  const type = node === undefined ? 'their segment has not arrived' : (node.type ?? '');
  const count = segmentCount > 1 ? `${segmentCount} segments` : '';
  return [type, count].filter((part) => part !== '').join(' · ');
}

function groupKey({ node }: TimelineRow): string {
  return node === undefined ? 'group:orphans' : `group:${nodeKeyText(node)}`;
}

function toRow(trace: Trace, line: TimelineRow, level: number, parentKey: string | undefined): WaterfallRow {
  return {
    key: line.id,
    level,
    label: labelOf(line),
    detail: detailOf(line),
    line,
    offsetSec: line.offsetSec,
    ...(line.durationSec === undefined ? {} : { durationSec: line.durationSec }),
    ...(line.statusCode === undefined ? {} : { statusCode: line.statusCode }),
    outcome: line.outcome,
    marks: marksOf(trace, line),
    descendantCount: 0,
    ...(parentKey === undefined ? {} : { parentKey }),
    position: 1,
    siblingCount: 1,
  };
}

/** A segment repeats its service's name in the heading, so it says what it answered. */
function labelOf({ kind, name, entity }: TimelineRow): string {
  const { http, aws } = entity.document;
  if (kind === 'subsegment') return name;
  const request = [http?.request?.method, pathOf(http?.request?.url)]
    .filter((part) => part !== undefined)
    .join(' ');
  if (request !== '' && !isInferred(entity)) return request;
  return aws?.operation === undefined ? name : `${name} ${aws.operation}`;
}

function detailOf({ kind, entity }: TimelineRow): string {
  if (kind === 'segment') return '';
  const { aws, http } = entity.document;
  return aws?.operation ?? http?.request?.method ?? '';
}

function isInferred(entity: TraceEntity): boolean {
  return entity.kind === 'segment' && entity.isInferred;
}

function marksOf(
  trace: Trace,
  { entity, isInferred: inferred, isOrphan, outcome }: TimelineRow,
): WaterfallMark[] {
  const marks: WaterfallMark[] = [];
  const { document } = entity;
  const parentId = document.parent_id;
  if (inferred)
    marks.push({
      kind: 'inferred',
      label: 'Inferred',
      reason: 'It sends no segment of its own: this is what its caller saw.',
    });
  else if (outcome === 'pending')
    marks.push({ kind: 'pending', label: 'Pending', reason: 'In progress: its end has not arrived.' });
  if (!inferred && parentId !== undefined && entity.parent === undefined) {
    const isCycle = trace.entities.has(parentId);
    marks.push(
      isCycle
        ? {
            kind: 'cycle',
            label: 'Cycle',
            reason: `Its parent ${parentId} is below itself; the circle is opened here.`,
          }
        : {
            kind: 'orphan',
            label: isOrphan ? 'Parent missing' : 'Caller missing',
            reason: `Its parent ${parentId} has not arrived.`,
          },
    );
  }
  if (isUnanswered(entity)) {
    marks.push({
      kind: 'untraced',
      label: 'Callee missing',
      reason: 'The caller says that the callee is traced; its segment has not arrived.',
    });
  }
  const links = document.links?.length ?? 0;
  if (links > 0) {
    const reason = `Started by ${links === 1 ? 'a message' : `${links} messages`} of another trace.`;
    marks.push({ kind: 'link', label: 'Linked', reason });
  }
  return marks;
}

function isUnanswered(entity: TraceEntity): boolean {
  if (entity.kind === 'segment') return false;
  const isTraced = entity.document.traced === true || entity.document.http?.request?.traced === true;
  return isTraced && entity.callees.every((callee) => callee.isInferred);
}

const SEVERITY: readonly Outcome[] = ['ok', 'pending', 'error', 'throttle', 'fault'];

function worstOf(lines: readonly TimelineRow[]): Outcome {
  return lines.reduce<Outcome>(
    (worst, { outcome }) => (SEVERITY.indexOf(outcome) > SEVERITY.indexOf(worst) ? outcome : worst),
    'ok',
  );
}

function numberSiblings(rows: readonly WaterfallRow[]): void {
  const counts = new Map<string, number>();
  for (const row of rows) {
    if (row.parentKey === undefined) continue;
    row.position = (counts.get(row.parentKey) ?? 0) + 1;
    counts.set(row.parentKey, row.position);
  }
  for (const row of rows) row.siblingCount = counts.get(row.parentKey ?? '') ?? 1;
}

/** From the last row up: what is below a row comes right after it. */
function countDescendants(rows: readonly WaterfallRow[]): void {
  const ends: { level: number; index: number }[] = [{ level: 0, index: rows.length }];
  for (let index = rows.length - 1; index >= 0; index -= 1) {
    const row = rows[index] as WaterfallRow;
    while ((ends.at(-1)?.level ?? 0) > row.level) ends.pop();
    row.descendantCount = (ends.at(-1)?.index ?? rows.length) - index - 1;
    ends.push({ level: row.level, index });
  }
}
