import { TimeSeriesBuilder } from '#xray-model';
import type { SeriesSelector } from '#xray-model';
import { InvalidRequestError } from './api-error.js';
import { parseFilterInput } from './filter-input.js';
import { readGroupFilter } from './group-input.js';
import { readListPage } from './list-page.js';
import type { Operation, OperationContext } from './operation.js';
import type { OperationInput } from './operation-input.js';
import {
  optionalBoolean,
  optionalNumber,
  optionalText,
  requireTimeWindow,
  toWholeSeconds,
} from './operation-input.js';
import { prepareTraces } from './prepare-traces.js';

const MAX_SELECTOR_CHARACTERS = 500;
const DEFAULT_PERIOD_SEC = 60;
const PERIODS_SEC: readonly number[] = [60, 300];
const PAGE_PERIODS = 1000;
/** A month by the minute; beyond it, the answer would be of periods in which nothing can be. Arbitrary. */
const MAX_PERIODS = 31 * 24 * 60;

/** Statistics of a node, of an edge or of what came in, by period; periods in which nothing was are there too. */
export const getTimeSeriesServiceStatistics: Operation = async (input, { store, groups }) => {
  const window = toWholeSeconds(requireTimeWindow(input));
  const { groupName, isInGroup } = readGroupFilter(input, groups);
  const periodSec = readPeriod(input);
  const selectorText = optionalText(input, 'EntitySelectorExpression', MAX_SELECTOR_CHARACTERS);
  const selector = selectorText === undefined ? undefined : parseSelector(selectorText, groups);
  const wantsForecast = optionalBoolean(input, 'ForecastStatistics') ?? false;
  if (wantsForecast && selector === undefined) {
    throw new InvalidRequestError('ForecastStatistics needs EntitySelectorExpression');
  }

  const builder = new TimeSeriesBuilder({
    periodSec,
    window: { startTimeSec: window.startSec, endTimeSec: window.endSec },
    ...(selector === undefined ? {} : { selector }),
  });
  const items = periodStarts(builder.periodStartSec(window.startSec), window.endSec, periodSec);
  const query = [
    'GetTimeSeries',
    window.startSec,
    window.endSec,
    groupName,
    periodSec,
    selectorText,
    wantsForecast,
  ];
  const page = readListPage(input, query, { items, pageSize: PAGE_PERIODS });
  await prepareTraces(store, { window, by: 'activity' });
  for (const stored of store.find({ window, by: 'activity' })) {
    if (isInGroup(stored)) builder.add(stored.contribution);
  }
  const statisticsName = selector?.kind === 'service' ? 'ServiceSummaryStatistics' : 'EdgeSummaryStatistics';
  const forecast = wantsForecast ? { ServiceForecastStatistics: {} } : {};
  return {
    TimeSeriesServiceStatistics: page.items.map((startSec) => {
      const { statistics, histogram } = builder.period(startSec);
      return {
        Timestamp: startSec,
        [statisticsName]: statistics,
        ...forecast,
        ResponseTimeHistogram: histogram,
      };
    }),
    ContainsOldGroupVersions: false,
    ...page.next,
  };
};

function readPeriod(input: OperationInput): number {
  const periodSec =
    optionalNumber(input, 'Period', { min: 1, max: 86_400, isWhole: true }) ?? DEFAULT_PERIOD_SEC;
  if (PERIODS_SEC.includes(periodSec)) return periodSec;
  throw new InvalidRequestError(`Period must be ${PERIODS_SEC.join(' or ')} seconds`);
}

function parseSelector(text: string, groups: OperationContext['groups']): SeriesSelector {
  const name = 'EntitySelectorExpression';
  const parsed = parseFilterInput(text, name, groups);
  if ((parsed.kind !== 'service' && parsed.kind !== 'edge') || parsed.filter !== undefined) {
    throw new InvalidRequestError(`${name} must be one of id(…), service(…) and edge(…, …), without braces`);
  }
  return parsed;
}

function periodStarts(firstSec: number, endSec: number, periodSec: number): number[] {
  const count = Math.ceil((endSec - firstSec) / periodSec);
  if (count > MAX_PERIODS) {
    throw new InvalidRequestError(`EndTime must be at most ${MAX_PERIODS} periods after StartTime`);
  }
  return Array.from({ length: count }, (_, index) => firstSec + index * periodSec);
}
