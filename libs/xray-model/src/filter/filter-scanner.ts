import { FilterSyntaxError } from './filter-syntax-error.js';
import type { FilterToken } from './filter-token.js';
import { isPunctuation, unexpectedToken } from './filter-token.js';

const OPERATORS = ['!=', '<=', '>=', '=', '<', '>'];
const PUNCTUATION = '!(){}[],:#';

/**
 * Cuts an expression into tokens, one character at a time and never going back, so the time is linear in its
 * length whatever the text.
 */
export class FilterScanner {
  #offset = 0;
  #peeked: FilterToken | undefined;

  constructor(private readonly text: string) {}

  peek(): FilterToken {
    this.#peeked ??= this.#scan();
    return this.#peeked;
  }

  next(): FilterToken {
    const token = this.peek();
    this.#peeked = undefined;
    this.#offset = token.end;
    return token;
  }

  /** Takes the rest of `[key]` after its bracket: keys may hold characters that words may not, dots above all. */
  takeBracketedKey(): string {
    if (this.#charAfterSpace() === '"') {
      const quoted = this.next();
      const bracket = this.next();
      if (isPunctuation(bracket, ']')) return quoted.text;
      throw unexpectedToken(bracket, '"]" after the annotation key');
    }
    const start = this.#offset;
    const end = this.text.indexOf(']', start);
    const key = end < 0 ? '' : this.text.slice(start, end).trim();
    if (end < 0) throw new FilterSyntaxError(this.#endOffset() + 1, 'expected "]" after the annotation key');
    if (key === '') throw new FilterSyntaxError(start + 1, 'expected an annotation key between the brackets');
    this.#offset = end + 1;
    return key;
  }

  /** Takes a JSON array as it stands, to the bracket that closes it. */
  takeJsonArray(maxDepth: number): { json: string; start: number } {
    const opening = this.next();
    if (!isPunctuation(opening, '[')) throw unexpectedToken(opening, 'a JSON array of root causes after "#"');
    let depth = 0;
    for (let offset = opening.start; offset < this.text.length; offset += 1) {
      const char = this.text[offset];
      if (char === '"') offset = this.#stringEnd(offset) - 1;
      else if (char === '[' || char === '{') depth += 1;
      else if (char === ']' || char === '}') depth -= 1;
      if (depth > maxDepth) throw new FilterSyntaxError(offset + 1, `nested deeper than ${maxDepth} levels`);
      if (depth > 0) continue;
      this.#offset = offset + 1;
      return { json: this.text.slice(opening.start, offset + 1), start: opening.start };
    }
    throw new FilterSyntaxError(opening.start + 1, 'the JSON array that starts here has no closing bracket');
  }

  #scan(): FilterToken {
    this.#skipSpace();
    const start = this.#offset;
    const char = this.text[start];
    if (char === undefined) return { kind: 'end', text: '', start: this.#endOffset(), end: start };
    if (char === '"') return this.#scanString(start);
    const operator = OPERATORS.find((candidate) => this.text.startsWith(candidate, start));
    if (operator !== undefined) {
      return { kind: 'operator', text: operator, start, end: start + operator.length };
    }
    if (PUNCTUATION.includes(char)) return { kind: 'punctuation', text: char, start, end: start + 1 };
    return this.#scanWord(start);
  }

  #scanString(start: number): FilterToken {
    const end = this.#stringEnd(start);
    let text = '';
    for (let offset = start + 1; offset < end - 1; offset += 1) {
      const following = this.text[offset + 1];
      if (this.text[offset] === '\\' && (following === '"' || following === '\\')) offset += 1;
      text += this.text[offset];
    }
    return { kind: 'string', text, start, end };
  }

  /** A number is a word that reads as one, so that `10.0.0.1` stays a word. */
  #scanWord(start: number): FilterToken {
    let end = start;
    while (end < this.text.length && isWordChar(this.text[end] ?? '')) end += 1;
    if (end === start) {
      const char = String.fromCodePoint(this.text.codePointAt(start) ?? 0);
      throw new FilterSyntaxError(start + 1, `unexpected ${char}; text values stand in "double quotes"`);
    }
    const text = this.text.slice(start, end);
    const value = readNumber(text);
    return value === undefined
      ? { kind: 'word', text, start, end }
      : { kind: 'number', text, value, start, end };
  }

  /** The offset after the closing quote. */
  #stringEnd(start: number): number {
    for (let offset = start + 1; offset < this.text.length; offset += 1) {
      if (this.text[offset] === '\\') offset += 1;
      else if (this.text[offset] === '"') return offset + 1;
    }
    throw new FilterSyntaxError(start + 1, 'the text that starts here has no closing quote');
  }

  #charAfterSpace(): string | undefined {
    this.#skipSpace();
    return this.text[this.#offset];
  }

  #skipSpace(): void {
    while (this.#offset < this.text.length && (this.text[this.#offset] ?? '').trim() === '')
      this.#offset += 1;
  }

  /** Where the expression ends for the reader: after its last visible character. */
  #endOffset(): number {
    return this.text.trimEnd().length;
  }
}

function isWordChar(char: string): boolean {
  return /[\p{L}\p{N}_.-]/u.test(char);
}

function readNumber(text: string): number | undefined {
  const value = Number(text);
  // Number() would also take words and other bases: "Infinity", "0x10".
  const isDecimal = /^[-.0-9]/.test(text) && !/[^-.0-9eE]/.test(text);
  return isDecimal && Number.isFinite(value) ? value : undefined;
}
