import type { JSX } from 'preact';
import { formatSeconds } from '../format.js';
import { edgeMiddle, edgePath } from './edge-path.js';
import type { EdgeLine } from './edge-path.js';
import type { MapEdge } from './map-graph.js';
import { edgeAccessibleName } from './node-label.js';

interface EdgeShapeProps {
  edge: MapEdge;
  line: EdgeLine;
  width: number;
  isSelected: boolean;
  isDimmed: boolean;
  pulse: number | undefined;
}

/** A line from caller to called: as thick as there is traffic, dashed where messages link two traces. */
export function EdgeShape({ edge, line, width, isSelected, isDimmed, pulse }: EdgeShapeProps): JSX.Element {
  const path = edgePath(line);
  const middle = edgeMiddle(line);
  const classes = [
    'edge',
    ...(edge.isLink ? ['is-link'] : []),
    ...(isSelected ? ['is-selected'] : []),
    ...(isDimmed ? ['is-dimmed'] : []),
  ];
  return (
    <g class={classes.join(' ')} role="button" tabindex={-1} aria-pressed={isSelected} data-edge-id={edge.id}>
      <title>{edgeAccessibleName(edge)}</title>
      <path class="edge-hit" d={path} />
      <path
        key={pulse === undefined ? 'line' : `line ${pulse}`}
        class={`edge-line${pulse === undefined ? '' : ' edge-pulse'}`}
        d={edgePath(line, ARROW_LENGTH)}
        stroke-width={width}
        marker-end="url(#arrow)"
      />
      <text class="edge-label" x={middle.x} y={middle.y - 6} aria-hidden="true">
        {formatSeconds(edge.figures?.averageSec ?? edge.link?.averageAgeSec)}
      </text>
    </g>
  );
}

const ARROW_LENGTH = 11;
