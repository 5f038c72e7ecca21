import type { StackFrame } from '../../segment/segment-document.js';

/** What a stack trace says beyond the type and the message of its exception. */
export interface ParsedStack {
  stack: StackFrame[];
  /** The exceptions that led to this one, the nearest first. */
  causes: ChainedException[];
}

export interface ChainedException {
  type: string;
  message: string;
  stack: StackFrame[];
}

/** Gives a text's lines one after the other; a line ends with `\n` or `\r\n`, the last one may lack it. */
export class LineReader {
  private position = 0;

  constructor(private readonly text: string) {}

  /** @returns undefined after the last line */
  next(): string | undefined {
    if (this.position >= this.text.length) return undefined;
    const newline = this.text.indexOf('\n', this.position);
    const end = newline < 0 ? this.text.length : newline;
    const line = this.text.slice(this.position, end);
    this.position = end + 1;
    return newline >= 0 && line.endsWith('\r') ? line.slice(0, -1) : line;
  }
}

/** The lines after the first, which holds the message of the exception itself. */
export function skipMessageLine(text: string): LineReader {
  const reader = new LineReader(text);
  reader.next();
  return reader;
}
