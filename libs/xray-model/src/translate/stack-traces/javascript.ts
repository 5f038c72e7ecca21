import type { StackFrame } from '../../segment/segment-document.js';
import { parseLineNumber } from '../go-integer.js';
import { skipMessageLine } from './parsed-stack.js';

const FRAME_START = '    at ';

/** Frames are `    at label (path:line:column)` or `    at path:line:column`, with exactly four blanks. */
export function parseJavaScriptStack(text: string): StackFrame[] {
  const lines = skipMessageLine(text);
  const stack: StackFrame[] = [];
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    if (!line.startsWith(FRAME_START)) continue;
    const frame = parseFrame(line);
    if (frame.path !== '' || frame.label !== '' || frame.line !== 0) stack.push(frame);
  }
  return stack;
}

function parseFrame(line: string): Required<StackFrame> {
  const parenthesis = line.indexOf('(');
  if (parenthesis < 0) return { ...parsePlace(line.slice(FRAME_START.length)), label: '' };
  if (!line.endsWith(')')) return { path: '', line: 0, label: '' };
  // The blank before the parenthesis stays, as the exporter leaves it.
  const label = line.slice(FRAME_START.length, parenthesis);
  return { ...parsePlace(line.slice(parenthesis + 1, -1)), label };
}

/** The path ends at the first colon, so `node:internal/x:12:3` is the path `node` with line 0. */
function parsePlace(place: string): { path: string; line: number } {
  const colon = place.indexOf(':');
  if (colon < 0) return { path: place.includes('native') ? 'native' : place, line: 0 };
  const secondColon = place.indexOf(':', colon + 1);
  if (secondColon < 0) return { path: place, line: 0 };
  return { path: place.slice(0, colon), line: parseLineNumber(place.slice(colon + 1, secondColon)) };
}
