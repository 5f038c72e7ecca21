import './panel.css';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { AnsweredHistogram, Figures } from '#xray-model';
import { formatPerMinute, formatSeconds, plural } from '../format.js';
import { countBetween, percentile } from '../histogram/bin-durations.js';
import { RangeFields } from '../histogram/RangeFields.js';
import { ResponseTimeHistogram } from '../histogram/ResponseTimeHistogram.js';
import type { Selection } from '../map/filter-for.js';
import { linkTo } from '../route/navigate.js';
import type { SelectedRange } from '../route/selected-range.js';
import { readSelectedOutcomes, readSelectedRange, selectRange } from './map-selection.js';
import { OutcomeRows } from './OutcomeRows.js';
import { TraceExamples } from './TraceExamples.js';

interface DetailPanelProps {
  id: string;
  kind: string;
  title: string;
  figures: Figures | undefined;
  entries: AnsweredHistogram;
  /** Who saw the response times. */
  view: string;
  filterFor: (selection: Selection) => string;
  onClose: () => void;
  /** Between the title and the figures. */
  actions?: ComponentChildren;
  children?: ComponentChildren;
}

/** What is known of a node or an edge, and the way to its traces. */
export function DetailPanel(props: DetailPanelProps): JSX.Element {
  const { id, kind, title, figures, entries, filterFor } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), [id]);
  const range = readSelectedRange();
  const outcomes = readSelectedOutcomes();
  const selection: Selection = { ...range, outcomes };
  const filter = filterFor(selection);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') props.onClose();
  };
  return (
    <aside class="panel card" aria-label={`${kind} ${title}`} onKeyDown={onKeyDown}>
      <header class="panel-head">
        <div>
          <p class="muted">{kind}</p>
          <h2 tabIndex={-1} ref={heading}>
            {title}
          </h2>
        </div>
        <button type="button" class="button quiet small" aria-label="Close" onClick={props.onClose}>
          ✕
        </button>
      </header>
      <div class="panel-actions">
        <a class="button small" href={linkTo('traces', { params: { filter } })}>
          View traces
        </a>
        {props.actions}
      </div>
      <p class="panel-filter">
        <span class="unseen">Filter: </span>
        <code>{filter}</code>
      </p>
      {figures !== undefined && (
        <>
          <Facts figures={figures} entries={entries} />
          <Distribution view={props.view} entries={entries} range={range} />
          <OutcomeRows figures={figures} />
          <TraceExamples id={id} entries={entries} selection={selection} filterFor={filterFor} />
        </>
      )}
      {props.children}
    </aside>
  );
}

function Distribution(props: {
  view: string;
  entries: AnsweredHistogram;
  range: SelectedRange | undefined;
}): JSX.Element {
  const { view, entries, range } = props;
  return (
    <section>
      <h3>Response time, as {view}</h3>
      <ResponseTimeHistogram
        label={`Response time, as ${view}`}
        entries={entries}
        selected={range}
        onSelect={selectRange}
      />
      <RangeFields selected={range} onSelect={selectRange} />
      {range !== undefined && (
        <p class="muted" role="status">
          {plural(countBetween(entries, range.fromSec ?? 0, range.toSec ?? Infinity), 'request')} in the range
        </p>
      )}
    </section>
  );
}

function Facts({ figures, entries }: { figures: Figures; entries: AnsweredHistogram }): JSX.Element {
  const facts = [
    ['Requests', String(figures.totalCount)],
    ['Traces a minute', formatPerMinute(figures.perMinute)],
    ['Average', formatSeconds(figures.averageSec)],
    ['Half within', formatSeconds(percentile(entries, 0.5))],
    ['95 % within', formatSeconds(percentile(entries, 0.95))],
    ['Slowest', formatSeconds(percentile(entries, 1))],
  ];
  return (
    <dl class="facts">
      {facts.map(([term, value]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
