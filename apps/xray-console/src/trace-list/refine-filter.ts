import type { FilterPiece } from './filter-text.js';
import { splitFilterText } from './filter-text.js';

/** Adds a condition to an expression, so that both must hold. What is there already is not added again. */
export function addCondition(expression: string, condition: string): string {
  const text = expression.trim();
  if (text === '' || condition.trim() === '') return text || condition;
  if (hasCondition(text, condition)) return text;
  const left = hasTopLevelOr(text) ? `(${text})` : text;
  const right = hasTopLevelOr(condition) ? `(${condition})` : condition;
  return `${left} AND ${right}`;
}

/** Whether the condition is one of those that the expression joins with AND. */
export function hasCondition(expression: string, condition: string): boolean {
  const wanted = normalise(condition);
  return splitConditions(expression).some((part) => normalise(part) === wanted);
}

/** Takes a condition out again; the rest keeps its words. */
export function removeCondition(expression: string, condition: string): string {
  const wanted = normalise(condition);
  return splitConditions(expression)
    .filter((part) => normalise(part) !== wanted)
    .join(' AND ');
}

/** The parts that the expression joins with AND; the whole of it when OR joins them. */
function splitConditions(expression: string): string[] {
  const text = expression.trim();
  if (text === '') return [];
  const pieces = splitFilterText(text);
  if (hasTopLevelOr(text)) return [text];
  const parts: string[] = [];
  let start = 0;
  forEachAtTop(pieces, (piece) => {
    if (!isWord(piece, 'and')) return;
    parts.push(text.slice(start, piece.start).trim());
    start = piece.end;
  });
  return [...parts, text.slice(start).trim()].filter((part) => part !== '');
}

function hasTopLevelOr(text: string): boolean {
  let found = false;
  forEachAtTop(splitFilterText(text), (piece) => {
    found ||= isWord(piece, 'or');
  });
  return found;
}

function forEachAtTop(pieces: readonly FilterPiece[], visit: (piece: FilterPiece) => void): void {
  let depth = 0;
  for (const piece of pieces) {
    if (piece.text === '(' || piece.text === '{') depth += 1;
    else if (piece.text === ')' || piece.text === '}') depth -= 1;
    else if (depth === 0) visit(piece);
  }
}

function isWord({ kind, text }: FilterPiece, word: string): boolean {
  return kind === 'word' && text.toLowerCase() === word;
}

/** The same condition written with other spaces is the same condition. */
function normalise(condition: string): string {
  return splitFilterText(condition)
    .map(({ text }) => text)
    .join(' ');
}
