import type { JSX } from 'preact';
import type { PanZoom } from './use-pan-zoom.js';

/** One press of a button or a key. */
export const ZOOM_STEP = 1.25;

/** Buttons for what a wheel and two fingers do. */
export function MapZoomTools({ panZoom }: { panZoom: PanZoom }): JSX.Element {
  return (
    <div class="zoom-tools" role="group" aria-label="Zoom">
      <button
        type="button"
        class="button quiet small"
        aria-label="Zoom in"
        onClick={() => panZoom.zoom(ZOOM_STEP)}
      >
        +
      </button>
      <button
        type="button"
        class="button quiet small"
        aria-label="Zoom out"
        onClick={() => panZoom.zoom(1 / ZOOM_STEP)}
      >
        −
      </button>
      <button type="button" class="button quiet small" onClick={panZoom.fit}>
        Fit
      </button>
    </div>
  );
}
