import { describe, expect, it } from '@jest/globals';
import type { TraceSummary } from '#xray-model';
import type { SummaryQuery, TraceSummaryPage } from '../src/api/xray-client.js';
import { findFilterProblem } from '../src/trace-list/check-filter.js';
import { createListReader } from '../src/trace-list/list-reader.js';
import type { ListState } from '../src/trace-list/list-reader.js';
import {
  formatSorting,
  nextSorting,
  parseSorting,
  sortRows,
  COLUMNS,
} from '../src/trace-list/list-sorting.js';
import { buildScatter, dotsPath, nearestPoint } from '../src/trace-list/scatter-scale.js';
import { toSummaryRow } from '../src/trace-list/summary-row.js';
import { summary } from './summaries.js';

const START = 1_700_000_000;
const signal = new AbortController().signal;

describe('a row of the list', () => {
  it('shows the request as path, the answer and the annotations', () => {
    const row = toSummaryRow(
      summary('a', {
        HasError: true,
        Http: { HttpURL: 'http://shop/cart?x=1', HttpMethod: 'POST', HttpStatus: 409 },
        Annotations: { tier: [{ AnnotationValue: { BooleanValue: true }, ServiceIds: [] }] },
      }),
    );
    expect(row).toMatchObject({
      target: '/cart?x=1',
      outcome: 'error',
      status: 409,
      annotations: 'tier = true',
    });
  });

  it('names the entry service where there is no request, and what has no end is pending', () => {
    const { ResponseTime: _, ...open } = summary('a', {
      IsPartial: true,
      EntryPoint: { Name: 'notifier', Names: ['notifier'] },
    });
    expect(toSummaryRow(open)).toMatchObject({ target: 'notifier', outcome: 'pending' });
  });

  it('takes a throttled call that the entry survived for no failure', () => {
    expect(toSummaryRow(summary('a', { HasThrottle: true })).outcome).toBe('ok');
    expect(toSummaryRow(summary('a', { HasThrottle: true, HasError: true })).outcome).toBe('throttle');
  });
});

describe('sorting', () => {
  const { ResponseTime: _, ...unanswered } = summary('c', { StartTime: START + 2 });
  const rows = [
    summary('a', { StartTime: START, ResponseTime: 2 }),
    summary('b', { StartTime: START + 1, ResponseTime: 1 }),
    unanswered,
  ].map(toSummaryRow);
  const idsBy = (text: string | undefined): string[] =>
    sortRows(rows, parseSorting(text)).map(({ id }) => id);

  it('is the newest first unless told otherwise', () => {
    expect(idsBy(undefined)).toEqual(['c', 'b', 'a']);
    expect(idsBy('-age')).toEqual(['a', 'b', 'c']);
  });

  it('puts what has no value last either way', () => {
    expect(idsBy('response')).toEqual(['b', 'a', 'c']);
    expect(idsBy('-response')).toEqual(['a', 'b', 'c']);
  });

  it('writes into the address what it reads there, and nothing for the default', () => {
    for (const { column } of COLUMNS) expect(formatSorting(parseSorting(`-${column}`))).toBe(`-${column}`);
    expect(formatSorting(parseSorting('nonsense'))).toBeUndefined();
  });

  it('turns a column round when its heading is pressed again', () => {
    const duration = COLUMNS.find(({ column }) => column === 'duration')!;
    const first = nextSorting(parseSorting(undefined), duration);
    expect(first).toEqual({ column: 'duration', isDescending: true });
    expect(nextSorting(first, duration).isDescending).toBe(false);
  });
});

describe('the scatter plot', () => {
  const rows = [
    summary('fast', { StartTime: START, Duration: 0.01 }),
    summary('slow', { StartTime: START + 50, Duration: 1 }),
    summary('instant', { StartTime: START + 100, Duration: 0 }),
  ].map(toSummaryRow);
  const scatter = buildScatter(rows, { startSec: START, endSec: START + 100 }, { width: 1_000, height: 400 });

  it('places traces by start and, logarithmically, by duration', () => {
    expect(scatter.points.map(({ x, y }) => [x, Math.round(y)])).toEqual([
      [0, 200],
      [500, 0],
      [1_000, 400],
    ]);
  });

  it('has ticks at whole decades and at round times', () => {
    expect(scatter.durationTicks.map(({ value }) => value)).toEqual([0.000_1, 0.001, 0.01, 0.1, 1]);
    expect(scatter.timeTicks.every(({ value }) => value % 15 === 0)).toBe(true);
  });

  it('finds the point under the pointer, and none far away', () => {
    expect(nearestPoint(scatter.points, { x: 505, y: 4 }, 16)?.row.id).toBe('slow');
    expect(nearestPoint(scatter.points, { x: 300, y: 300 }, 16)).toBeUndefined();
  });

  it('draws all points of a kind as one path', () => {
    expect(dotsPath(scatter.points)).toBe('M0.0 200.0h0M500.0 0.0h0M1000.0 400.0h0');
  });

  it('has a scale for no traces at all', () => {
    const empty = buildScatter([], { startSec: START, endSec: START }, { width: 100, height: 100 });
    expect(empty.durationTicks).toHaveLength(4);
  });
});

describe('reading the list', () => {
  /** A server with these traces, the newest first, in pages of two. */
  function reading(traces: TraceSummary[]) {
    const states: ListState[] = [];
    const asked: SummaryQuery[] = [];
    let nowMs = (START + 100) * 1_000;
    const readPage = async (query: SummaryQuery): Promise<TraceSummaryPage> => {
      asked.push(query);
      const from = Number(query.nextToken ?? 0);
      const TraceSummaries = traces.slice(from, from + 2);
      const rest = from + 2 < traces.length ? { NextToken: String(from + 2) } : {};
      return { TraceSummaries, TracesProcessedCount: 2, ApproximateTime: 0, ...rest };
    };
    const reader = createListReader({
      range: { kind: 'last', seconds: 300 },
      filter: 'fault',
      readPage,
      nowMs: () => nowMs,
      onState: (state) => states.push(state),
    });
    const pass = (seconds: number): void => void (nowMs += seconds * 1_000);
    const last = (): ListState => states.at(-1)!;
    return { reader, asked, pass, last };
  }
  const ids = (summaries: readonly TraceSummary[]): string[] => summaries.map(({ Id }) => Id);

  it('joins all pages of one window', async () => {
    const traces = ['e', 'd', 'c', 'b', 'a'].map((id, index) => summary(id, { StartTime: START - index }));
    const { reader, asked, last } = reading(traces);

    await reader.read(signal);

    expect(ids(last().list.shown)).toEqual(['e', 'd', 'c', 'b', 'a']);
    expect(last()).toMatchObject({ isLoading: false, hasMore: false, processedCount: 6 });
    expect(new Set(asked.map(({ window }) => window.endSec)).size).toBe(1);
    expect(asked.every(({ filter }) => filter === 'fault')).toBe(true);
  });

  it('holds back what has come since, until it is asked for', async () => {
    const traces = ['b', 'a'].map((id) => summary(id));
    const { reader, last } = reading(traces);
    await reader.read(signal);
    traces.unshift(summary('d', { StartTime: START + 4 }), summary('c', { StartTime: START + 3 }));

    await reader.read(signal);
    expect(ids(last().list.shown)).toEqual(['b', 'a']);
    expect(ids(last().list.waiting)).toEqual(['d', 'c']);

    await reader.read(signal);
    expect(ids(last().list.waiting)).toEqual(['d', 'c']);

    reader.showWaiting();
    expect(ids(last().list.shown)).toEqual(['d', 'c', 'b', 'a']);
    expect(last().list.waiting).toEqual([]);
  });

  it('shows at once what comes into an empty list', async () => {
    const traces: TraceSummary[] = [];
    const { reader, last } = reading(traces);
    await reader.read(signal);
    traces.push(summary('a'));

    await reader.read(signal);

    expect(ids(last().list.shown)).toEqual(['a']);
  });

  it('keeps what it shows up to date, in its place', async () => {
    const traces = [summary('b'), summary('a', { IsPartial: true })];
    const { reader, last } = reading(traces);
    await reader.read(signal);
    traces[1] = summary('a', { Revision: 2, HasFault: true });

    await reader.read(signal);

    expect(last().list.shown.map(({ Id, HasFault }) => [Id, HasFault])).toEqual([
      ['b', false],
      ['a', true],
    ]);
  });

  it('stays the same array while nothing changes, so that nothing is worked out anew', async () => {
    const { reader, last } = reading([summary('b'), summary('a')]);
    await reader.read(signal);
    await reader.read(signal);
    const { shown, waiting } = last().list;

    await reader.read(signal);

    expect(last().list.shown).toBe(shown);
    expect(last().list.waiting).toBe(waiting);
  });

  it('lets go of what is older than the range', async () => {
    const traces = [summary('b', { StartTime: START + 90 }), summary('a', { StartTime: START - 150 })];
    const { reader, pass, last } = reading(traces);
    await reader.read(signal);
    pass(120);

    await reader.read(signal);

    expect(ids(last().list.shown)).toEqual(['b']);
  });
});

describe('a filter expression that is wrong', () => {
  it('is told about in the words of the server, at its column', () => {
    expect(findFilterProblem('fault AND')).toMatchObject({ column: 10 });
    expect(findFilterProblem('nonsense')?.message).toContain('unknown keyword nonsense');
    expect(findFilterProblem('service("a") { fault }')).toBeUndefined();
    expect(findFilterProblem('  ')).toBeUndefined();
  });
});
