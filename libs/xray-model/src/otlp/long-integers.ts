/** Where one may be; the times of spans are usually in quotes. */
const UNQUOTED_LONG_DIGITS = /[:[,\s]-?[0-9]{16}/;
const LONG_INTEGER = /^-?[0-9]{16,}$/;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const MINUS = 0x2d;
const DIGIT_0 = 0x30;
const DIGIT_9 = 0x39;

/**
 * Puts the integers in a JSON text that `JSON.parse` would round in quotes; protobuf's JSON takes texts for numbers.
 * It is a loop and no pattern because there is no limit to the length of a string.
 */
export function quoteLongIntegers(text: string): string {
  if (!UNQUOTED_LONG_DIGITS.test(text)) return text;
  let quoted = '';
  let copied = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) {
      index = endOfString(text, index);
    } else if (code === MINUS || isDigit(code)) {
      const end = endOfNumber(text, index);
      if (LONG_INTEGER.test(text.slice(index, end))) {
        quoted += `${text.slice(copied, index)}"${text.slice(index, end)}"`;
        copied = end;
      }
      index = end - 1;
    }
  }
  return quoted + text.slice(copied);
}

/** The index of the closing quote, or the length when it is missing. */
function endOfString(text: string, start: number): number {
  let index = start + 1;
  for (; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) break;
    if (code === BACKSLASH) index += 1;
  }
  return index;
}

function endOfNumber(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length && isNumberPart(text.charCodeAt(end))) end += 1;
  return end;
}

function isDigit(code: number): boolean {
  return code >= DIGIT_0 && code <= DIGIT_9;
}

/** Digits, `.`, `e`, `E`, `+`, `-`. */
function isNumberPart(code: number): boolean {
  return isDigit(code) || code === 0x2e || code === 0x65 || code === 0x45 || code === 0x2b || code === MINUS;
}
