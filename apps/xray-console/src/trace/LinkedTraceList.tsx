import type { JSX } from 'preact';
import { formatDateTime } from '../format.js';
import { linkTo } from '../route/navigate.js';
import type { LinkedTrace } from './linked-traces.js';

/** Where the story begins and goes on, each one click away. */
export function LinkedTraceList({ links }: { links: readonly LinkedTrace[] }): JSX.Element {
  return (
    <ul class="linked-traces">
      {links.map(({ id, direction, title, service, startTimeSec }) => (
        <li key={id}>
          <a href={linkTo('trace', { traceId: id })} class="linked-trace">
            <span class="linked-direction">
              <span aria-hidden="true">{direction === 'earlier' ? '←' : '→'}</span>{' '}
              {direction === 'earlier' ? 'Started by' : 'Continues in'}
            </span>{' '}
            <strong>{title}</strong>
            {service !== '' && service !== title && <span class="muted"> {service}</span>}
            {startTimeSec !== undefined && <span class="muted"> {formatDateTime(startTimeSec)}</span>}
          </a>
        </li>
      ))}
    </ul>
  );
}
