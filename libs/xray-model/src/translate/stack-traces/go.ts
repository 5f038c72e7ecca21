import type { StackFrame } from '../../segment/segment-document.js';
import { parseLineNumber } from '../go-integer.js';
import { skipMessageLine } from './parsed-stack.js';

/** Frames are two lines, the function and `\tpath:line +0x1f`; headers like `goroutine 1 [running]:` are passed over. */
export function parseGoStack(text: string): StackFrame[] {
  const lines = skipMessageLine(text);
  const stack: StackFrame[] = [];
  let place: GoPlace = { path: '', line: 0 };
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    const label = isGoroutineHeader(line) ? (lines.next() ?? '') : line;
    // A frame without a place gets that of the frame before, as in the exporter.
    place = findPlace(lines.next() ?? '') ?? place;
    stack.push({ ...place, label });
  }
  return stack;
}

interface GoPlace {
  path: string;
  line: number;
}

const RUNNING = 'running';
const WORD_CHARACTER = /[0-9A-Za-z_]/;

/** `goroutine…:` with `running` as a word somewhere in it. */
function isGoroutineHeader(line: string): boolean {
  if (!line.startsWith('goroutine') || !line.endsWith(':')) return false;
  let start = line.indexOf(RUNNING, 'goroutine'.length);
  for (; start >= 0; start = line.indexOf(RUNNING, start + 1)) {
    const before = line.charAt(start - 1);
    const after = line.charAt(start + RUNNING.length);
    if (!WORD_CHARACTER.test(before) && !WORD_CHARACTER.test(after)) return true;
  }
  return false;
}

/** The first `path:line`, where the path has neither colons nor blanks; a loop, as a pattern would backtrack. */
function findPlace(text: string): GoPlace | undefined {
  let pathStart = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (character === ':' && index > pathStart && isDigit(text.charAt(index + 1))) {
      return { path: text.slice(pathStart, index), line: parseLineNumber(digitsFrom(text, index + 1)) };
    }
    if (character === ':' || BLANKS.includes(character)) pathStart = index + 1;
  }
  return undefined;
}

const BLANKS = '\t\n\f\r ';

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9';
}

function digitsFrom(text: string, start: number): string {
  let end = start;
  while (isDigit(text.charAt(end))) end += 1;
  return text.slice(start, end);
}
