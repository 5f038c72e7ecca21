import { formatSeconds } from '#xray-model';
import type { JSX } from 'preact';
import { formatShare } from '../format.js';
import { OUTCOME_SIGNS } from '../ui/StatusBadge.js';
import { HealthRing } from './HealthRing.js';
import { NODE_RADIUS } from './topology.js';
import type { Point } from './topology.js';
import type { MapNode } from './map-graph.js';
import { labelLines, nodeAccessibleName, rateText, typeLabel } from './node-label.js';
import { shortName } from './node-words.js';
import { NodeIcon } from './NodeIcon.js';
import { ringShares } from './ring-shares.js';

interface ServiceNodeProps {
  node: MapNode;
  at: Point;
  isSelected: boolean;
  isTabStop: boolean;
  isDimmed: boolean;
  /** Changes whenever the node is to be pointed out. */
  pulse: number | undefined;
}

const LINE_HEIGHT = 16;
const NAME_TOP = NODE_RADIUS + 19;
/** From here on a figure is written smaller, so that it stays inside the circle. */
const LONG_TEXT = 11;

/** A node: its ring, its figures, and below it its name. Clicks and keys are the map's matter. */
export function ServiceNode(props: ServiceNodeProps): JSX.Element {
  const { node, at, isSelected, isDimmed, pulse } = props;
  const lines = labelLines(shortName(node));
  const typeLine = typeLabel(node);
  const labelWidth = Math.max(...lines.map(({ length }) => length * 8), (typeLine?.length ?? 0) * 6.6);
  return (
    <g
      class={`node${isSelected ? ' is-selected' : ''}${isDimmed ? ' is-dimmed' : ''}`}
      role="button"
      tabindex={props.isTabStop ? 0 : -1}
      aria-pressed={isSelected}
      data-node-id={node.id}
      transform={`translate(${at.x} ${at.y})`}
    >
      <title>{nodeAccessibleName(node)}</title>
      {pulse !== undefined && <circle key={pulse} class="node-pulse" r={NODE_RADIUS + 6} />}
      <circle class="node-halo" r={NODE_RADIUS + 7} />
      <circle class="node-core" r={NODE_RADIUS} />
      <HealthRing figures={node.figures} />
      <rect
        class="node-label-back"
        x={-labelWidth / 2}
        y={NODE_RADIUS + 7}
        width={labelWidth}
        height={lines.length * LINE_HEIGHT + (typeLine === undefined ? 0 : 15)}
        rx={4}
      />
      {lines.map((line, index) => (
        <text key={index} class="node-name" y={NAME_TOP + index * LINE_HEIGHT}>
          {line}{' '}
        </text>
      ))}
      {typeLine !== undefined && (
        <text class="node-type" y={NAME_TOP + lines.length * LINE_HEIGHT - 1}>
          {typeLine}{' '}
        </text>
      )}
      <NodeFigures node={node} />
      <NodeSign node={node} />
    </g>
  );
}

function NodeFigures({ node }: { node: MapNode }): JSX.Element {
  if (node.figures === undefined) return <NodeIcon type={node.type} y={0} scale={1.7} />;
  const rate = rateText(node.figures.perMinute);
  return (
    <>
      <NodeIcon type={node.type} y={-20} scale={1} />
      <text class="node-average" y={8}>
        {formatSeconds(node.figures.averageSec)}{' '}
      </text>
      <text class={`node-rate${rate.length > LONG_TEXT ? ' is-long' : ''}`} y={23}>
        {rate}{' '}
      </text>
    </>
  );
}

/** The worst that happened, as a sign and a share. */
function NodeSign({ node }: { node: MapNode }): JSX.Element | null {
  const worst = ringShares(node.figures).find(({ outcome }) => outcome !== 'ok');
  if (worst === undefined) return null;
  const text = `${OUTCOME_SIGNS[worst.outcome]} ${formatShare(worst.count, node.figures?.totalCount ?? 0)}`;
  const width = 14 + text.length * 6.2;
  return (
    <g
      class={`node-sign of-${worst.outcome}`}
      transform={`translate(${NODE_RADIUS - 10} ${-NODE_RADIUS + 6})`}
      aria-hidden="true"
    >
      <rect x={-width / 2} y={-10} width={width} height={20} rx={10} />
      <text y={4}>{text}</text>
    </g>
  );
}
