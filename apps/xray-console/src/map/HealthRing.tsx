import type { Figures } from '#xray-model';
import type { JSX } from 'preact';
import { ringShares } from './ring-shares.js';

const RING_RADIUS = 43;

/** A circle of which each class of outcome has its share; the patterns are those of {@link RingPatterns}. */
export function HealthRing({ figures }: { figures: Figures | undefined }): JSX.Element {
  return (
    <g class="ring" transform="rotate(-90)">
      <circle class="ring-rest" r={RING_RADIUS} />
      {ringShares(figures).map(({ outcome, startPercent, percent }) => (
        <circle
          key={outcome}
          class={`ring-share ring-${outcome}`}
          data-outcome={outcome}
          r={RING_RADIUS}
          pathLength={100}
          stroke-dasharray={`${percent} ${100 - percent}`}
          stroke-dashoffset={-startPercent}
        />
      ))}
    </g>
  );
}

/** What tells the shares apart without colour: errors are striped, faults crossed, throttles dotted. */
export function RingPatterns(): JSX.Element {
  return (
    <defs>
      <pattern
        id="ring-error"
        width="6"
        height="6"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect class="pattern of-error" width="6" height="6" />
        <path class="pattern-mark" d="M0 1.5h6" />
      </pattern>
      <pattern
        id="ring-fault"
        width="5"
        height="5"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect class="pattern of-fault" width="5" height="5" />
        <path class="pattern-mark" d="M0 1h5M1 0v5" />
      </pattern>
      <pattern id="ring-throttle" width="5" height="5" patternUnits="userSpaceOnUse">
        <rect class="pattern of-throttle" width="5" height="5" />
        <circle class="pattern-dot" cx="2.5" cy="2.5" r="1.3" />
      </pattern>
      <marker
        id="arrow"
        viewBox="0 0 10 10"
        refX="0"
        refY="5"
        markerWidth="11"
        markerHeight="11"
        markerUnits="userSpaceOnUse"
        orient="auto"
      >
        <path d="M0 0 10 5 0 10z" fill="context-stroke" />
      </marker>
    </defs>
  );
}
