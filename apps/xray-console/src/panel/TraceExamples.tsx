import type { AnsweredHistogram, TraceSummary } from '#xray-model';
import type { JSX } from 'preact';
import { getTraceSummaries } from '../api/xray-client.js';
import { usePolling } from '../api/use-polling.js';
import { formatAge, formatSeconds } from '../format.js';
import { slowestFrom } from '../histogram/bin-durations.js';
import type { Selection } from '../map/filter-for.js';
import { linkTo } from '../route/navigate.js';
import { toTimeRangeText, toTimeWindow } from '../state/time-range.js';
import { refreshIntervalMs, timeRange } from '../state/view.js';
import { StatusBadge } from '../ui/StatusBadge.js';
import { outcomeOfSummary } from './summary-outcome.js';

const EXAMPLE_COUNT = 5;
/** The figures are live; examples that change under the pointer would be no help. */
const MIN_INTERVAL_MS = 3_000;

interface TraceExamplesProps {
  id: string;
  entries: AnsweredHistogram;
  selection: Selection;
  filterFor: (selection: Selection) => string;
}

/** The slowest and the latest failing traces of what is selected. */
export function TraceExamples(props: TraceExamplesProps): JSX.Element {
  const { entries, selection, filterFor } = props;
  const inRange = entries.filter(
    ({ Value = 0 }) => Value >= (selection.fromSec ?? 0) && Value <= (selection.toSec ?? Infinity),
  );
  // The histogram says from where on there are just enough, so that nothing slower is on another page.
  const slowest = { ...selection, fromSec: slowestFrom(inRange, EXAMPLE_COUNT) ?? selection.fromSec };
  const failing: Selection = { ...selection, outcomes: ['fault', 'error', 'throttle'] };
  const base = `${props.id} ${filterFor(selection)}`;
  return (
    <div class="examples">
      <ExampleList
        title="Slowest traces"
        none="None is complete yet."
        questionKey={`slowest ${base}`}
        filter={filterFor(slowest)}
        order={(a, b) => (b.ResponseTime ?? 0) - (a.ResponseTime ?? 0)}
      />
      <ExampleList
        title="Latest failing traces"
        none="None failed."
        questionKey={`failing ${base}`}
        filter={filterFor(failing)}
        order={(a, b) => b.StartTime - a.StartTime}
      />
    </div>
  );
}

interface ExampleListProps {
  title: string;
  none: string;
  questionKey: string;
  filter: string;
  order: (a: TraceSummary, b: TraceSummary) => number;
}

function ExampleList({ title, none, questionKey, filter, order }: ExampleListProps): JSX.Element {
  const range = timeRange.value;
  const intervalMs = refreshIntervalMs.value;
  const { data } = usePolling(
    `${questionKey} ${toTimeRangeText(range)}`,
    (signal) => getTraceSummaries({ window: toTimeWindow(range, Date.now()), filter }, signal),
    intervalMs === undefined ? null : Math.max(MIN_INTERVAL_MS, intervalMs),
  );
  const examples = data?.TraceSummaries.toSorted(order).slice(0, EXAMPLE_COUNT);
  return (
    <section>
      <h3>{title}</h3>
      {examples?.length === 0 && <p class="muted">{none}</p>}
      <ul class="example-list">
        {examples?.map((summary) => (
          <Example key={summary.Id} summary={summary} />
        ))}
      </ul>
    </section>
  );
}

function Example({ summary }: { summary: TraceSummary }): JSX.Element {
  const { Id, Http, ResponseTime, StartTime } = summary;
  const status = Http.HttpStatus === undefined ? undefined : String(Http.HttpStatus);
  return (
    <li>
      <a href={linkTo('trace', { traceId: Id })}>
        {Http.HttpMethod ?? ''} {Http.HttpURL === undefined ? Id : pathOf(Http.HttpURL)}
      </a>
      <StatusBadge outcome={outcomeOfSummary(summary)} {...(status === undefined ? {} : { text: status })} />
      <span class="number">{formatSeconds(ResponseTime)}</span>
      <span class="muted">{formatAge(Date.now() / 1000 - StartTime)}</span>
    </li>
  );
}

function pathOf(url: string): string {
  return URL.parse(url)?.pathname ?? url;
}
