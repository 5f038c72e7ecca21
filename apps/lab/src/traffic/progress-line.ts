import { createStyle } from '../terminal/style.js';
import type { Terminal } from '../terminal/terminal.js';
import { renderProgress } from './render-traffic.js';
import type { TrafficTally } from './traffic-tally.js';

/** A log needs to know that it goes on, and no more. */
const LOG_EVERY_MS = 5_000;

const ERASE_LINE = '\r\u001B[K';

/** The progress of a run: one line that is redrawn on a terminal, a line every few seconds elsewhere. */
export class ProgressLine {
  #lastLogMs: number;
  #isDrawn = false;

  constructor(
    private readonly terminal: Terminal,
    private readonly nowMs: () => number = () => performance.now(),
  ) {
    this.#lastLogMs = nowMs();
  }

  show(tally: TrafficTally): void {
    const view = { columns: this.terminal.columns, style: createStyle(this.terminal.hasColour) };
    if (this.terminal.isTty) {
      this.terminal.write(ERASE_LINE + renderProgress(tally, view));
      this.#isDrawn = true;
    } else if (this.nowMs() - this.#lastLogMs >= LOG_EVERY_MS) {
      this.terminal.write(`${renderProgress(tally, view)}\n`);
      this.#lastLogMs = this.nowMs();
    }
  }

  /** Leaves the last state of the line behind. */
  end(): void {
    if (this.#isDrawn) this.terminal.write('\n');
  }
}
