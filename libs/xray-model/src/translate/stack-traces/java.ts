import type { StackFrame } from '../../segment/segment-document.js';
import { parseLineNumber } from '../go-integer.js';
import { skipMessageLine } from './parsed-stack.js';
import type { ChainedException, LineReader, ParsedStack } from './parsed-stack.js';

const FRAME_START = '\tat ';
const CAUSE_START = 'Caused by: ';

/** Frames are `\tat label(file:line)`; `... 3 more` and suppressed exceptions are passed over. */
export function parseJavaStack(text: string): ParsedStack {
  const lines = skipMessageLine(text);
  const parsed: ParsedStack = { stack: [], causes: [] };
  let stack = parsed.stack;
  for (let line = lines.next(); line !== undefined;) {
    if (line.startsWith(CAUSE_START)) {
      const { cause, nextLine } = readCause(line, lines);
      parsed.causes.push(cause);
      stack = cause.stack;
      line = nextLine;
    } else {
      if (isFrame(line)) stack.push(parseFrame(line));
      line = lines.next();
    }
  }
  return parsed;
}

function isFrame(line: string): boolean {
  return line.startsWith(FRAME_START) && line.includes('(') && line.endsWith(')');
}

function parseFrame(line: string): StackFrame {
  const parenthesis = line.indexOf('(');
  const qualifiedLabel = line.slice(FRAME_START.length, parenthesis);
  // Before a slash stands the module or the class loader.
  const label = qualifiedLabel.slice(qualifiedLabel.indexOf('/') + 1);
  const place = line.slice(parenthesis + 1, -1);
  const colon = place.indexOf(':');
  if (colon < 0) return { path: place, line: 0, label };
  return { path: place.slice(0, colon), line: parseLineNumber(place.slice(colon + 1)), label };
}

/** `Caused by: type: message`, where the message goes on until the next frame. */
function readCause(
  line: string,
  lines: LineReader,
): { cause: ChainedException; nextLine: string | undefined } {
  const title = line.slice(CAUSE_START.length);
  const colon = title.indexOf(':');
  const type = colon < 0 ? title : title.slice(0, colon);
  let message = colon < 0 ? '' : title.slice(colon + 2);
  let nextLine = lines.next();
  for (; nextLine !== undefined && !isFrame(nextLine); nextLine = lines.next()) message += nextLine;
  return { cause: { type, message, stack: [] }, nextLine };
}
