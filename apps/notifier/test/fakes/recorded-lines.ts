import type { LogLines } from '../../src/timing/failure-log.js';

/** A logger that keeps its lines, each with its level in front. */
export class RecordedLines implements LogLines {
  readonly lines: string[] = [];

  log(message: string | object): void {
    this.lines.push(`log ${typeof message === 'string' ? message : JSON.stringify(message)}`);
  }

  warn(message: string): void {
    this.lines.push(`warn ${message}`);
  }
}
