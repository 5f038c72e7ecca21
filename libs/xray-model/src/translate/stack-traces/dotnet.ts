import type { StackFrame } from '../../segment/segment-document.js';
import { parseLineNumber } from '../go-integer.js';
import { skipMessageLine } from './parsed-stack.js';

const FRAME_START = 'at ';
const PATH_START = ' in ';

/** Frames are `at label in path:line 12`, or `at label(arguments)` where the sources are not known. */
export function parseDotnetStack(text: string): StackFrame[] {
  const lines = skipMessageLine(text);
  const stack: StackFrame[] = [];
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    const trimmed = line.trim();
    const frame = trimmed.startsWith(FRAME_START) ? parseFrame(trimmed) : undefined;
    if (frame !== undefined) stack.push(frame);
  }
  return stack;
}

function parseFrame(line: string): StackFrame | undefined {
  const [label = '', place] = line.split(PATH_START, 2);
  if (place !== undefined) return { ...parsePlace(place), label: label.slice(FRAME_START.length) };
  const end = line.lastIndexOf(')');
  return end < 0 ? undefined : { path: '', line: 0, label: line.slice(FRAME_START.length, end + 1) };
}

function parsePlace(place: string): { path: string; line: number } {
  const colon = place.lastIndexOf(':');
  if (colon < 0) return { path: place, line: 0 };
  const number = place.slice(colon + 1);
  // `line` and a blank stand before the number.
  const digits = number.startsWith('line') ? number.slice('line '.length) : number;
  return { path: place.slice(0, colon), line: parseLineNumber(digits) };
}
