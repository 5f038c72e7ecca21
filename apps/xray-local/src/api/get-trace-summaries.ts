import { hasSegmentEndingIn } from '#xray-model';
import type { TraceSummary } from '#xray-model';
import type { StoredTrace, TimeBasis } from '../store/trace.store.js';
import type { TimePosition, TimeWindow } from '../store/time-index.js';
import { InvalidRequestError } from './api-error.js';
import { parseFilterInput } from './filter-input.js';
import type { Operation } from './operation.js';
import {
  optionalBoolean,
  optionalChoice,
  optionalObject,
  optionalText,
  requireTimeWindow,
} from './operation-input.js';
import type { OperationInput } from './operation-input.js';
import { createPageToken, readPageToken } from './page-token.js';

const PAGE_SUMMARIES = 100;
/** A page ends here even when few traces matched, so that no query holds up the others for long. */
const PAGE_SCANNED = 10_000;
/** A page of large traces and an expensive filter ends here, for the same reason; the next one goes on from there. */
const PAGE_BUDGET_MS = 500;
const MAX_FILTER_CHARACTERS = 2_000;

const TIME_RANGE_TYPES = ['TraceId', 'Event', 'Service'] as const;
type TimeRangeType = (typeof TIME_RANGE_TYPES)[number];

/** Lists the traces of a window that match a filter, newest first. */
export const getTraceSummaries: Operation = (input, { store, groups }) => {
  const window = requireTimeWindow(input);
  const rangeType = optionalChoice(input, 'TimeRangeType', TIME_RANGE_TYPES) ?? 'TraceId';
  checkSampling(input);
  const filterText = optionalText(input, 'FilterExpression', MAX_FILTER_CHARACTERS) ?? '';
  const filter =
    filterText.trim() === '' ? undefined : parseFilterInput(filterText, 'FilterExpression', groups);
  const query = ['GetTraceSummaries', window.startSec, window.endSec, rangeType, filterText];
  const before = readPageToken(input, query, parsePosition);

  const by: TimeBasis = rangeType === 'TraceId' ? 'id' : 'activity';
  const traces = store.find({
    window: by === 'id' ? fromWholeSecond(window) : window,
    by,
    ...(before === undefined ? {} : { before }),
  });
  const context = { groups: groups.filterGroups() };
  const page = readPage(traces, by, {
    isInRange: (stored) => isInRange(stored, rangeType, window),
    isMatch: (stored) => filter === undefined || stored.matches(filter, context),
  });
  return {
    TraceSummaries:
      rangeType === 'Event'
        ? page.summaries.map((summary) => withEventTime(summary, window))
        : page.summaries,
    ApproximateTime: before?.startSec ?? window.endSec,
    TracesProcessedCount: page.processedCount,
    ...(page.next === undefined ? {} : { NextToken: createPageToken(query, page.next) }),
  };
};

interface SummaryPage {
  summaries: TraceSummary[];
  processedCount: number;
  next?: TimePosition;
}

function readPage(
  traces: Iterable<StoredTrace>,
  by: TimeBasis,
  { isInRange: isCounted, isMatch }: Record<'isInRange' | 'isMatch', (stored: StoredTrace) => boolean>,
): SummaryPage {
  const page: SummaryPage = { summaries: [], processedCount: 0 };
  const endMs = performance.now() + PAGE_BUDGET_MS;
  let scannedCount = 0;
  let last: StoredTrace | undefined;
  for (const stored of traces) {
    const isFull = page.summaries.length >= PAGE_SUMMARIES || scannedCount >= PAGE_SCANNED;
    if (last !== undefined && (isFull || performance.now() > endMs)) {
      return { ...page, next: last.positionBy(by) };
    }
    last = stored;
    scannedCount += 1;
    if (!isCounted(stored)) continue;
    page.processedCount += 1;
    if (isMatch(stored)) page.summaries.push(stored.summary);
  }
  return page;
}

/** An id tells whole seconds: what began later in the second of the start has an id before the start. */
function fromWholeSecond({ startSec, endSec }: TimeWindow): TimeWindow {
  return { startSec: Math.floor(startSec), endSec };
}

/** The index answers with traces that were active; `Service` wants those of which a segment ended in the window. */
function isInRange(stored: StoredTrace, rangeType: TimeRangeType, window: TimeWindow): boolean {
  return rangeType !== 'Service' || hasSegmentEndingIn(stored.contribution, window);
}

/** Tells when, in the window, the trace was active first. */
function withEventTime(summary: TraceSummary, window: TimeWindow): TraceSummary {
  return { ...summary, MatchedEventTime: Math.max(summary.StartTime, window.startSec) };
}

/** Sampling is accepted and never needed: a page costs the same without. */
function checkSampling(input: OperationInput): void {
  optionalBoolean(input, 'Sampling');
  const strategy = optionalObject(input, 'SamplingStrategy');
  if (strategy === undefined) return;
  const { Name: name, Value: value } = strategy;
  if (name !== undefined && name !== 'PartialScan' && name !== 'FixedRate') {
    throw new InvalidRequestError('SamplingStrategy.Name must be PartialScan or FixedRate');
  }
  if (value !== undefined && typeof value !== 'number') {
    throw new InvalidRequestError('SamplingStrategy.Value must be a number');
  }
}

function parsePosition(position: unknown): TimePosition | undefined {
  if (typeof position !== 'object' || position === null) return undefined;
  const { startSec, id } = position as Partial<Record<string, unknown>>;
  return typeof startSec === 'number' && typeof id === 'string' ? { startSec, id } : undefined;
}
