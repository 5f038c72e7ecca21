import { FilterSyntaxError } from './filter-syntax-error.js';

/** A piece of an expression; `start` and `end` are 0-based offsets into it. */
export type FilterToken =
  | { kind: 'word' | 'string' | 'operator' | 'punctuation'; text: string; start: number; end: number }
  | { kind: 'number'; text: string; value: number; start: number; end: number }
  | { kind: 'end'; text: ''; start: number; end: number };

const RESERVED_WORDS = ['and', 'or', 'contains', 'beginswith', 'endswith'];

export function isWord(token: FilterToken, word: string): boolean {
  return token.kind === 'word' && token.text.toLowerCase() === word;
}

export function isPunctuation(token: FilterToken, char: string): boolean {
  return token.kind === 'punctuation' && token.text === char;
}

/** Operators written as words are never keywords, nor values without quotes. */
export function isReservedWord(token: FilterToken): boolean {
  return token.kind === 'word' && RESERVED_WORDS.includes(token.text.toLowerCase());
}

/** The error of a token that the grammar does not allow here. */
export function unexpectedToken(found: FilterToken, expected: string): FilterSyntaxError {
  return new FilterSyntaxError(found.start + 1, `expected ${expected}, found ${describeToken(found)}`);
}

function describeToken(token: FilterToken): string {
  if (token.kind === 'end') return 'the end of the expression';
  if (token.kind === 'string') return `the text "${token.text}"`;
  return token.kind === 'punctuation' || token.kind === 'operator' ? `"${token.text}"` : token.text;
}
