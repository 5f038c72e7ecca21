import type { StackFrame } from '../../segment/segment-document.js';
import { parseLineNumber } from '../go-integer.js';
import type { ParsedStack } from './parsed-stack.js';

const FRAME_START = '  File ';
const CHAIN_LINE = 'During handling of the above exception, another exception occurred:';

/** Read from the bottom, as Python prints the innermost frame and the latest exception last. */
export function parsePythonStack(text: string): ParsedStack {
  const lines = text.split('\n');
  const parsed: ParsedStack = { stack: [], causes: [] };
  let stack = parsed.stack;
  // The last line holds the message of the exception itself.
  for (let index = lines.length - 2; index >= 0; index--) {
    const line = lines[index] ?? '';
    if (line.startsWith(FRAME_START)) {
      const frame = parseFrame(line);
      if (frame !== undefined) stack.push(frame);
    } else if (line.startsWith(CHAIN_LINE)) {
      const cause = readCause(lines, index);
      if (cause === undefined) break;
      stack = [];
      parsed.causes.push({ type: cause.type, message: cause.message, stack });
      // The next turn reads that frame.
      index = cause.frameIndex + 1;
    }
  }
  return parsed;
}

/** `  File "path", line 12, in label`. */
function parseFrame(line: string): StackFrame | undefined {
  const [file, place, scope, ...more] = line.split(',');
  if (file === undefined || place === undefined || scope === undefined || more.length > 0) return undefined;
  return {
    // Without the quotes.
    path: file.slice(FRAME_START.length + 1, -1),
    line: place.startsWith(' line ') ? parseLineNumber(place.slice(' line '.length)) : 0,
    label: scope.startsWith(' in ') ? scope.slice(' in '.length) : '',
  };
}

interface PythonCause {
  type: string;
  message: string;
  /** The line of its innermost frame. */
  frameIndex: number;
}

/**
 * The exception above the line that chains it, `type: message`: it begins two lines below its innermost `File` line
 * and ends two lines above the chaining one.
 *
 * @returns undefined when there is none to be made out
 */
function readCause(lines: readonly string[], chainIndex: number): PythonCause | undefined {
  let frameIndex = chainIndex - 1;
  while (frameIndex >= 0 && lines[frameIndex]?.startsWith(FRAME_START) !== true) frameIndex -= 1;
  if (frameIndex < 0) return undefined;
  const title = lines.slice(frameIndex + 2, chainIndex - 1).join('\n');
  const colon = title.indexOf(':');
  if (colon < 0) return undefined;
  return { type: title.slice(0, colon), message: title.slice(colon + 2), frameIndex };
}
