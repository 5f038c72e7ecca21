import type { JSX } from 'preact';
import { formatDateTime, formatSeconds, plural } from '../format.js';
import { linkTo } from '../route/navigate.js';
import { CopyButton } from '../ui/CopyButton.js';
import { OUTCOME_LABELS, StatusBadge } from '../ui/StatusBadge.js';
import type { LoadedTrace } from './load-trace.js';
import { titleOf } from './trace-title.js';

/** What the trace was, how it ended, and what can be done with it. */
export function TraceSummary({ loaded: { trace, raw } }: { loaded: LoadedTrace }): JSX.Element {
  const { text, url, service, status, outcome } = titleOf(trace);
  const root = trace.roots[0];
  const services = new Set(trace.segments.map(({ node }) => node.name)).size;
  return (
    <header class="trace-summary">
      <div class="trace-heading">
        <nav aria-label="Breadcrumb">
          <a href={linkTo('traces')}>Traces</a> <span aria-hidden="true">/</span> <code>{trace.id}</code>
        </nav>
        <h1>{text}</h1>
        <p class="trace-facts">
          <StatusBadge
            outcome={outcome}
            {...(status === undefined ? {} : { text: `${status} ${OUTCOME_LABELS[outcome]}` })}
          />
          {service !== '' && service !== text && <span>{service}</span>}
          <span>took {formatSeconds(trace.endTimeSec - trace.startTimeSec)}</span>
          {root?.responseTimeSec !== undefined && (
            <span>answered in {formatSeconds(root.responseTimeSec)}</span>
          )}
          <span>{formatDateTime(trace.startTimeSec)}</span>
          <span>
            {plural(trace.segments.length, 'segment')} of {plural(services, 'node')}
          </span>
        </p>
        {url !== undefined && <p class="trace-url muted">{url}</p>}
      </div>
      <div class="trace-actions">
        <CopyButton text={trace.id} label="Copy id" />
        <a class="button small quiet" href={linkTo('raw', { traceId: trace.id })}>
          Raw data
        </a>
        <button type="button" class="button small quiet" onClick={() => print()}>
          Print
        </button>
      </div>
      {trace.isPartial && (
        <p class="trace-partial" role="status">
          Partial: something of this trace is still to come. The page looks again by itself.
        </p>
      )}
      {raw.LimitExceeded === true && (
        <p class="trace-partial">
          This trace is larger than X-Ray keeps in AWS: its later segments would be lost there.
        </p>
      )}
    </header>
  );
}
