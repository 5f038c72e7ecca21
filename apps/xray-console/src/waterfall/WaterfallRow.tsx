import type { JSX } from 'preact';
import { formatSeconds } from '../format.js';
import { OUTCOME_LABELS, OUTCOME_SIGNS } from '../ui/StatusBadge.js';
import type { WaterfallRow as Row } from './build-rows.js';
import { barGeometry, labelSide } from './time-scale.js';

/** A digit of a label is about as wide as this, and so is the space around the text, in rem. */
const CHARACTER_REM = 0.56;
const AROUND_REM = 0.9;

interface WaterfallRowProps {
  row: Row;
  index: number;
  /** Pixels from the first row. */
  top: number;
  lengthSec: number;
  trackPx: number;
  /** The height of a row tells the size of the text. */
  remPx: number;
  isActive: boolean;
  isSelected: boolean;
  isCollapsed: boolean;
  onToggle: (row: Row) => void;
  onPick: () => void;
}

export function WaterfallRow(props: WaterfallRowProps): JSX.Element {
  const { row, index, top, isActive, isSelected, isCollapsed, onPick } = props;
  const hasChildren = row.descendantCount > 0;
  return (
    <div
      role="row"
      class={`waterfall-row ${row.level === 1 ? 'is-heading' : ''} ${isSelected ? 'is-selected' : ''}`}
      style={{ top: `${top}px` }}
      tabIndex={isActive ? 0 : -1}
      data-active={isActive}
      data-key={row.key}
      aria-level={row.level}
      aria-rowindex={index + 2}
      aria-posinset={row.position}
      aria-setsize={row.siblingCount}
      aria-expanded={hasChildren ? !isCollapsed : undefined}
      aria-selected={isSelected}
      onClick={onPick}
    >
      <NameCell {...props} />
      <div role="gridcell" class={`waterfall-status of-${row.outcome}`}>
        <StatusText row={row} />
      </div>
      <BarCell {...props} />
    </div>
  );
}

function NameCell({ row, isCollapsed, onToggle }: WaterfallRowProps): JSX.Element {
  const toggle = (event: MouseEvent): void => {
    event.stopPropagation();
    onToggle(row);
  };
  return (
    <div role="gridcell" class="waterfall-name" style={{ '--level': row.level }} title={titleOf(row)}>
      <span
        class="waterfall-toggle"
        aria-hidden="true"
        onClick={row.descendantCount > 0 ? toggle : undefined}
      >
        {row.descendantCount === 0 ? '' : isCollapsed ? '▸' : '▾'}
      </span>
      <span class="waterfall-label">
        <span class="waterfall-text">{row.label}</span>
        {row.detail !== '' && <span class="waterfall-detail"> {row.detail}</span>}
      </span>
      {isCollapsed && <span class="waterfall-hidden"> +{row.descendantCount}</span>}
      {row.marks.map(({ kind, label, reason }) => (
        <span key={kind} class={`row-mark row-mark-${kind}`} title={reason}>
          {label}
          <span class="unseen">: {reason}</span>
        </span>
      ))}
    </div>
  );
}

function StatusText({ row: { level, statusCode, outcome } }: { row: Row }): JSX.Element | null {
  // A heading repeats what its segments say, so it speaks up only when something is wrong.
  if (level === 1 && outcome === 'ok') return null;
  const code = statusCode === undefined ? '' : `${statusCode} `;
  return (
    <>
      <span class="outcome-sign" aria-hidden="true">
        {OUTCOME_SIGNS[outcome]}
      </span>
      <span class="outcome-code">{code}</span>
      <span class="outcome-word">{OUTCOME_LABELS[outcome]}</span>
    </>
  );
}

function BarCell({ row, lengthSec, trackPx, remPx }: WaterfallRowProps): JSX.Element {
  const bar = barGeometry(row, lengthSec);
  const label = row.durationSec === undefined ? 'in progress' : formatSeconds(row.durationSec);
  const labelPx = (label.length * CHARACTER_REM + AROUND_REM) * remPx;
  const side = row.level === 1 ? 'right' : labelSide(bar, labelPx, trackPx);
  const kind = row.marks.some((mark) => mark.kind === 'inferred') ? 'inferred' : '';
  const place =
    side === 'left'
      ? { right: `${100 - bar.left}%` }
      : { left: `${side === 'inside' ? bar.left : bar.left + bar.width}%` };
  return (
    <div role="gridcell" class="waterfall-track">
      <span
        class={`span-bar of-${row.outcome} ${row.level === 1 ? 'span-bar-heading' : ''} ${kind === '' ? '' : 'span-bar-inferred'}`}
        data-bar={row.key}
        style={{ left: `min(${bar.left}%, 100% - 2px)`, width: `${bar.width}%` }}
      />
      {row.level > 1 && (
        <span
          class={`span-label span-label-${side} of-${row.outcome} ${kind === '' ? '' : 'span-label-inferred'}`}
          style={place}
        >
          {label}
        </span>
      )}
    </div>
  );
}

function titleOf({ label, detail, marks }: Row): string {
  return [[label, detail].filter((part) => part !== '').join(' '), ...marks.map(({ reason }) => reason)].join(
    '\n',
  );
}
