import './histogram.css';
import type { AnsweredHistogram } from '#xray-model';
import type { JSX } from 'preact';
import { useMemo, useRef, useState } from 'preact/hooks';
import { formatSeconds, formatShare, plural } from '../format.js';
import { useSize } from '../map/use-size.js';
import type { SelectedRange } from '../route/selected-range.js';
import { binDurations } from './bin-durations.js';
import type { DurationBin } from './bin-durations.js';
import { binAt, isBinSelected, rangeOfBins, tickIndexes } from './brush.js';
import { HistogramTable } from './HistogramTable.js';

interface HistogramProps {
  /** What is counted, and who saw it. */
  label: string;
  entries: AnsweredHistogram;
  selected: SelectedRange | undefined;
  onSelect: (range: SelectedRange | undefined) => void;
}

const HEIGHT = 132;
const TICKS_HEIGHT = 20;
const TICK_SPACE = 74;

/** Bars of how often what took how long. Dragging over them selects a range; a click on one selects it alone. */
export function ResponseTimeHistogram({ label, entries, selected, onSelect }: HistogramProps): JSX.Element {
  const frame = useRef<HTMLDivElement>(null);
  const width = useSize(frame)?.width ?? 320;
  const bins = useMemo(() => binDurations(entries), [entries]);
  const total = bins.reduce((sum, { count }) => sum + count, 0);
  const [drag, setDrag] = useState<{ first: number; last: number }>();

  const binOf = (event: PointerEvent): number => {
    const { left } = (event.currentTarget as Element).getBoundingClientRect();
    return binAt(event.clientX - left, width, bins.length);
  };
  const start = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    (event.currentTarget as Element).setPointerCapture(event.pointerId);
    setDrag({ first: binOf(event), last: binOf(event) });
  };
  const end = (event: PointerEvent): void => {
    if (drag !== undefined) onSelect(rangeOfBins(bins, drag.first, binOf(event)));
    setDrag(undefined);
  };
  const shown = drag === undefined ? selected : rangeOfBins(bins, drag.first, drag.last);
  return (
    <figure class="histogram">
      <div ref={frame} class="histogram-frame">
        <svg
          width={width}
          height={HEIGHT + TICKS_HEIGHT}
          role="img"
          aria-label={`${label}: ${plural(total, 'sample')} from ${formatSeconds(bins[0]?.fromSec)} to ${formatSeconds(bins.at(-1)?.toSec)}`}
          onPointerDown={start}
          onPointerMove={(event) => drag !== undefined && setDrag({ ...drag, last: binOf(event) })}
          onPointerUp={end}
          onPointerCancel={() => setDrag(undefined)}
        >
          <Bars bins={bins} width={width} total={total} selected={shown} />
          <Ticks bins={bins} width={width} />
        </svg>
      </div>
      <HistogramTable bins={bins} total={total} />
    </figure>
  );
}

function Bars(props: {
  bins: readonly DurationBin[];
  width: number;
  total: number;
  selected: SelectedRange | undefined;
}): JSX.Element {
  const { bins, width, total, selected } = props;
  const most = Math.max(1, ...bins.map(({ count }) => count));
  const step = width / bins.length;
  const gap = step > 6 ? 1.5 : 0;
  return (
    <g>
      <path class="histogram-base" d={`M0 ${HEIGHT}.5H${width}`} />
      {bins.map((bin, index) => {
        // What happened once is still to be seen beside what happened a thousand times.
        const height = bin.count === 0 ? 0 : Math.max(3, (bin.count / most) * (HEIGHT - 8));
        const isOut = selected !== undefined && !isBinSelected(bin, selected);
        return (
          <g key={bin.fromSec} data-bin={index}>
            <title>{`${formatSeconds(bin.fromSec)} to ${formatSeconds(bin.toSec)}: ${bin.count}, ${formatShare(bin.count, total)}`}</title>
            {selected !== undefined && !isOut && (
              <rect class="histogram-selected" x={index * step} y={0} width={step} height={HEIGHT} />
            )}
            <rect class="histogram-hit" x={index * step} y={0} width={step} height={HEIGHT} />
            <rect
              class={`histogram-bar${isOut ? ' is-out' : ''}`}
              x={index * step + gap}
              y={HEIGHT - height}
              width={Math.max(1, step - 2 * gap)}
              height={height}
            />
          </g>
        );
      })}
    </g>
  );
}

/** The times at the bins' edges, as many as there is room for. */
function Ticks({ bins, width }: { bins: readonly DurationBin[]; width: number }): JSX.Element {
  const step = width / bins.length;
  const edges = [...bins.map(({ fromSec }) => fromSec), bins.at(-1)?.toSec ?? 0];
  return (
    <g class="histogram-ticks" aria-hidden="true">
      {tickIndexes(bins.length, Math.max(1, Math.floor(width / TICK_SPACE))).map((index) => {
        const anchor = index === 0 ? 'start' : 'middle';
        return (
          <text
            key={index}
            x={index * step}
            y={HEIGHT + 15}
            text-anchor={index === bins.length ? 'end' : anchor}
          >
            {formatSeconds(edges[index])}
          </text>
        );
      })}
    </g>
  );
}
