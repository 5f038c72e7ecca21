import type { JSX } from 'preact';
import { OUTCOME_SIGNS } from '../ui/StatusBadge.js';
import { LISTED_CLASSES } from './ring-shares.js';

const WORDS = {
  ok: 'OK',
  error: 'Error (4xx)',
  fault: 'Fault (5xx)',
  throttle: 'Throttle (429)',
};

/** What rings and lines mean. */
export function MapLegend(): JSX.Element {
  return (
    <ul class="map-legend" aria-label="Legend">
      {LISTED_CLASSES.map((outcome) => (
        <li key={outcome}>
          <svg viewBox="0 0 22 22" aria-hidden="true" focusable="false">
            <circle class={`ring-share ring-${outcome}`} cx="11" cy="11" r="8" />
          </svg>
          <span class={`legend-sign of-${outcome}`} aria-hidden="true">
            {OUTCOME_SIGNS[outcome]}
          </span>
          {WORDS[outcome]}
        </li>
      ))}
      <li>
        <svg class="wide" viewBox="0 0 34 22" aria-hidden="true" focusable="false">
          <path class="edge-line" d="M2 11h30" stroke-width="3" />
        </svg>
        Calls
      </li>
      <li>
        <svg class="wide" viewBox="0 0 34 22" aria-hidden="true" focusable="false">
          <g class="is-link">
            <path class="edge-line" d="M2 11h30" stroke-width="2" />
          </g>
        </svg>
        Messages
      </li>
      <li class="muted">t/min: traces a minute</li>
    </ul>
  );
}
