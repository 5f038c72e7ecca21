import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { formatDateTime, formatSpan, formatTime } from '../format.js';
import { findRangeProblem, LAST_CHOICES_SEC, toTimeWindow } from '../state/time-range.js';
import type { TimeRange } from '../state/time-range.js';
import { setTimeRange, timeRange } from '../state/view.js';
import { Disclosure } from './Disclosure.js';
import { parseLocalDateTime, toLocalDateTime } from './local-date-time.js';

/** Shows the page's time range and changes it. */
export function TimeRangePicker(): JSX.Element {
  const range = timeRange.value;
  return (
    <Disclosure label={labelOf(range)} hint="time range">
      {(close) => <RangePanel range={range} close={close} />}
    </Disclosure>
  );
}

/** `Last 5 minutes`, `2026-11-22 14:05:09 to 14:10:09`. */
export function labelOf(range: TimeRange): string {
  if (range.kind === 'last') return `Last ${formatSpan(range.seconds)}`;
  const { startSec, endSec } = range;
  const start = formatDateTime(startSec);
  const end = formatDateTime(endSec);
  return `${start} to ${start.slice(0, 10) === end.slice(0, 10) ? formatTime(endSec) : end}`;
}

function RangePanel({ range, close }: { range: TimeRange; close: () => void }): JSX.Element {
  const choose = (chosen: TimeRange): void => {
    setTimeRange(chosen);
    close();
  };
  return (
    <>
      <div class="choices" role="group" aria-label="Up to now">
        {LAST_CHOICES_SEC.map((seconds) => (
          <button
            key={seconds}
            type="button"
            class="button small quiet"
            aria-pressed={range.kind === 'last' && range.seconds === seconds}
            onClick={() => choose({ kind: 'last', seconds })}
          >
            {formatSpan(seconds)}
          </button>
        ))}
      </div>
      <AbsoluteForm range={range} onChoose={choose} />
    </>
  );
}

function AbsoluteForm(props: { range: TimeRange; onChoose: (range: TimeRange) => void }): JSX.Element {
  const shown = toTimeWindow(props.range, Date.now());
  const [start, setStart] = useState(toLocalDateTime(shown.startSec));
  const [end, setEnd] = useState(toLocalDateTime(shown.endSec));
  const [problem, setProblem] = useState<string>();
  const apply = (event: SubmitEvent): void => {
    event.preventDefault();
    const wanted = readRange(start, end);
    setProblem(typeof wanted === 'string' ? wanted : undefined);
    if (typeof wanted !== 'string') props.onChoose(wanted);
  };
  return (
    <form class="range-form" onSubmit={apply}>
      <label>
        From
        <input
          type="datetime-local"
          step="1"
          value={start}
          onInput={(event) => setStart(event.currentTarget.value)}
        />
      </label>
      <label>
        To
        <input
          type="datetime-local"
          step="1"
          value={end}
          onInput={(event) => setEnd(event.currentTarget.value)}
        />
      </label>
      {problem !== undefined && (
        <p class="field-error" role="alert">
          {problem}
        </p>
      )}
      <button class="button small">Show this time</button>
    </form>
  );
}

/** The range, or what is wrong with it. */
function readRange(start: string, end: string): TimeRange | string {
  const startSec = parseLocalDateTime(start);
  const endSec = parseLocalDateTime(end);
  if (startSec === undefined || endSec === undefined) return 'Give both a date and a time.';
  if (endSec <= startSec) return 'The end must be after the start.';
  const range: TimeRange = { kind: 'absolute', startSec, endSec };
  return findRangeProblem(range) ?? range;
}
