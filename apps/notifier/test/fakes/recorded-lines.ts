import type { LogLines } from '../../src/timing/failure-log.js';

/** A logger that keeps its lines, each with its level in front. */
export class RecordedLines implements LogLines {
  readonly lines: string[] = [];

  log(message: string): void {
    this.lines.push(`log ${message}`);
  }

  warn(message: string): void {
    this.lines.push(`warn ${message}`);
  }
}
