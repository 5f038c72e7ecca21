import type { JSX } from 'preact';
import { formatSpan } from '../format.js';
import { LAST_CHOICES_SEC, rangeSeconds } from '../state/time-range.js';
import type { TimeRange } from '../state/time-range.js';
import { refreshMode, setTimeRange } from '../state/view.js';
import { CommandLine } from '../ui/CommandLine.js';
import { Empty } from '../ui/Empty.js';
import { labelOf } from '../ui/TimeRangePicker.js';

/** Where X-Ray Local listens when nobody says otherwise; it takes OTLP there and on a port of its own. */
const USUAL_PORT = '2000';
const USUAL_OTLP_ENDPOINT = 'http://localhost:4318';

/** What to do for a first trace. The map takes this one's place as soon as there is one. */
export function EmptyMap({ range, hasGroup }: { range: TimeRange; hasGroup: boolean }): JSX.Element {
  const otlpEndpoint = location.port === USUAL_PORT ? USUAL_OTLP_ENDPOINT : location.origin;
  const longer = LAST_CHOICES_SEC.filter((seconds) => seconds > rangeSeconds(range)).at(-1);
  return (
    <Empty
      title={`No traces${hasGroup ? ' of this group' : ''}${range.kind === 'last' ? ' yet' : ''}: ${lowerFirst(labelOf(range))}`}
    >
      <p>
        {refreshMode.value === 'live' && range.kind === 'last'
          ? 'Send a request, and the map grows here while you watch.'
          : 'Nothing was received in this time.'}
      </p>
      <p>
        Sign up on the page that <code>npm start</code> named, usually{' '}
        <a href="http://localhost:3000" target="_blank" rel="noreferrer">
          http://localhost:3000
        </a>
        . Or:
      </p>
      <CommandLine does="Start the sign-up lab, if it is not running" command="npm start" />
      <CommandLine does="Let it sign up automatically" command="npm run lab -- traffic" />
      <CommandLine
        does="Send traces of a service of your own, by OTLP over HTTP"
        command={`OTEL_EXPORTER_OTLP_ENDPOINT=${otlpEndpoint} node your-service.js`}
      />
      {longer !== undefined && (
        <p>
          <button
            type="button"
            class="button quiet small"
            onClick={() => setTimeRange({ kind: 'last', seconds: longer })}
          >
            Look back {formatSpan(longer)}
          </button>
        </p>
      )}
    </Empty>
  );
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
