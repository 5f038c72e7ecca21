import { FilterSyntaxError, matchesFilter, parseFilterExpression } from '#xray-model';
import type { FilterExpression, TraceSummary } from '#xray-model';
import type { StoredTrace, TimeBasis } from '../store/trace.store.js';
import type { TimePosition, TimeWindow } from '../store/time-index.js';
import { InvalidRequestError } from './api-error.js';
import { DEFAULT_GROUP } from './default-group.js';
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
const MAX_FILTER_CHARACTERS = 2_000;

const TIME_RANGE_TYPES = ['TraceId', 'Event', 'Service'] as const;
type TimeRangeType = (typeof TIME_RANGE_TYPES)[number];

/** Lists the traces of a window that match a filter, newest first. */
export const getTraceSummaries: Operation = (input, { store }) => {
  const window = requireTimeWindow(input);
  const rangeType = optionalChoice(input, 'TimeRangeType', TIME_RANGE_TYPES) ?? 'TraceId';
  checkSampling(input);
  const filterText = optionalText(input, 'FilterExpression', MAX_FILTER_CHARACTERS)?.trim() ?? '';
  const filter = filterText === '' ? undefined : parseFilter(filterText);
  const query = ['GetTraceSummaries', window.startSec, window.endSec, rangeType, filterText];
  const before = readPageToken(input, query, parsePosition);

  const by: TimeBasis = rangeType === 'TraceId' ? 'id' : 'activity';
  const traces = store.find({ window, by, ...(before === undefined ? {} : { before }) });
  const page = readPage(traces, by, (stored) => isInRange(stored, rangeType, window), filter);
  return {
    TraceSummaries: page.summaries,
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
  isWanted: (stored: StoredTrace) => boolean,
  filter: FilterExpression | undefined,
): SummaryPage {
  const page: SummaryPage = { summaries: [], processedCount: 0 };
  let scannedCount = 0;
  let last: StoredTrace | undefined;
  for (const stored of traces) {
    if (last !== undefined && (page.summaries.length >= PAGE_SUMMARIES || scannedCount >= PAGE_SCANNED)) {
      return { ...page, next: last.positionBy(by) };
    }
    last = stored;
    scannedCount += 1;
    if (!isWanted(stored)) continue;
    page.processedCount += 1;
    if (filter === undefined || matchesFilter(filter, stored.trace, { groups: [DEFAULT_GROUP] }))
      page.summaries.push(stored.summary);
  }
  return page;
}

/** The index answers with traces that were active; `Service` wants those of which a segment ended in the window. */
function isInRange(stored: StoredTrace, rangeType: TimeRangeType, window: TimeWindow): boolean {
  if (rangeType !== 'Service') return true;
  return stored.trace.segments.some(
    ({ endTimeSec }) =>
      endTimeSec !== undefined && endTimeSec >= window.startSec && endTimeSec < window.endSec,
  );
}

function parseFilter(text: string): FilterExpression {
  try {
    return parseFilterExpression(text);
  } catch (error) {
    if (!(error instanceof FilterSyntaxError)) throw error;
    throw new InvalidRequestError(`FilterExpression, column ${error.column}: ${error.message}`, {
      cause: error,
    });
  }
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
