import type { JSX, TargetedPointerEvent } from 'preact';
import { clampNamePercent, MAX_NAME_PERCENT, MIN_NAME_PERCENT, namePercentForKey } from './name-column.js';

interface NameResizerProps {
  percent: number;
  /** Undefined is the width that the page itself chooses. */
  onChange: (percent: number | undefined) => void;
}

/** The handle between the names and the rest: to drag, for the arrow keys, and a double click undoes it. */
export function NameResizer({ percent, onChange }: NameResizerProps): JSX.Element {
  const drag = (event: TargetedPointerEvent<HTMLElement>): void => {
    const { currentTarget, clientX, pointerId } = event;
    if (!currentTarget.hasPointerCapture(pointerId)) return;
    const frame = currentTarget.closest('.waterfall')?.getBoundingClientRect();
    if (frame !== undefined) onChange(clampNamePercent(((clientX - frame.left) / frame.width) * 100));
  };
  const press = (event: KeyboardEvent): void => {
    // The keys of the rows are other ones.
    event.stopPropagation();
    const next = namePercentForKey(event.key, percent);
    if (next === undefined) return;
    event.preventDefault();
    onChange(next);
  };
  return (
    <div
      class="name-resizer"
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the names"
      aria-valuemin={MIN_NAME_PERCENT}
      aria-valuemax={MAX_NAME_PERCENT}
      aria-valuenow={clampNamePercent(percent)}
      aria-valuetext={`${clampNamePercent(percent)} %`}
      tabIndex={0}
      onKeyDown={press}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onDblClick={() => onChange(undefined)}
    />
  );
}
