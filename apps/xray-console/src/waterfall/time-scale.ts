export interface TimeTick {
  /** Percent of the scale. */
  left: number;
  offsetSec: number;
  /** On which side of its line the label stands; `none` where there is no room for it. */
  side: 'right' | 'left' | 'none';
}

interface BarGeometry {
  /** Percent of the scale. */
  left: number;
  /** Percent of the scale; the picture makes it two pixels at least. */
  width: number;
}

type LabelSide = 'inside' | 'right' | 'left';

/** Room for a label and its line, in rem. */
const TICK_LABEL_REM = 4.2;

/** Round times from the start of a trace to its end, as many as have room for their labels, the first of them 0. */
export function buildTicks(lengthSec: number, trackPx: number, remPx: number): TimeTick[] {
  if (lengthSec <= 0) return [{ left: 0, offsetSec: 0, side: 'right' }];
  const labelPx = TICK_LABEL_REM * remPx;
  const wantedSec = lengthSec / Math.max(2, Math.floor(trackPx / (1.25 * labelPx)));
  // One tick alone is no scale.
  const stepSec = roundStep(roundStep(wantedSec) > lengthSec ? wantedSec / 2 : wantedSec);
  const stepPx = (stepSec / lengthSec) * trackPx;
  const count = Math.floor(lengthSec / stepSec + 1e-9);
  return Array.from({ length: count + 1 }, (_, index) => {
    const left = ((index * stepSec) / lengthSec) * 100;
    const roomPx = ((100 - left) / 100) * trackPx;
    // To the left of the last line there may already be the label of the line before.
    const side = roomPx >= labelPx ? 'right' : stepPx >= 2 * labelPx ? 'left' : 'none';
    return { left, offsetSec: index * stepSec, side };
  });
}

/** Where a bar lies; without a duration it goes on to the end of what is known. */
export function barGeometry(
  { offsetSec, durationSec }: { offsetSec: number; durationSec?: number | undefined },
  lengthSec: number,
): BarGeometry {
  if (lengthSec <= 0) return { left: 0, width: 100 };
  const left = clampPercent((offsetSec / lengthSec) * 100);
  const width = ((durationSec ?? lengthSec - offsetSec) / lengthSec) * 100;
  return { left, width: Math.min(100 - left, Math.max(0, width)) };
}

/**
 * Inside the bar when the text fits, else on the side with more room.
 *
 * @param labelPx width of the text with the space around it
 */
export function labelSide({ left, width }: BarGeometry, labelPx: number, trackPx: number): LabelSide {
  if ((width / 100) * trackPx >= labelPx) return 'inside';
  const roomRight = ((100 - left - width) / 100) * trackPx;
  return roomRight >= labelPx || roomRight * 100 >= left * trackPx ? 'right' : 'left';
}

/** 1, 2 or 5 times a power of ten, at least as long as wanted. */
function roundStep(wanted: number): number {
  const power = 10 ** Math.floor(Math.log10(wanted));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * power >= wanted * (1 - 1e-9)) ?? 10;
  return factor * power;
}

function clampPercent(percent: number): number {
  return Math.min(100, Math.max(0, percent));
}
