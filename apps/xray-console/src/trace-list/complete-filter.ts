import type { FilterPlace } from '#xray-model';
import { findSimpleKeyword, listKeywords } from '#xray-model';
import { annotationKeyword } from './facets.js';
import type { FilterPiece } from './filter-text.js';
import { quote, splitFilterText, unquote } from './filter-text.js';
import type { KnownValues } from './known-values.js';

export interface FilterCompletion {
  /** The part of the text that a suggestion takes the place of. */
  from: number;
  to: number;
  suggestions: FilterSuggestion[];
}

export interface FilterSuggestion {
  /** What the list shows. */
  label: string;
  /** What stands in the text afterwards. */
  insert: string;
  /** What kind of thing it is, in a word. */
  hint: string;
  /** Where the caret goes, counted from the end of what was inserted. */
  caretBack: number;
}

/** Arbitrary: what somebody scrolls through rather than typing another letter. */
const MAX_SUGGESTIONS = 40;

const TEXT_OPERATORS = ['=', '!=', 'CONTAINS', 'BEGINSWITH', 'ENDSWITH'];
const NUMBER_OPERATORS = ['=', '!=', '<', '<=', '>', '>='];
const OPERATOR_WORDS = new Set(['contains', 'beginswith', 'endswith']);

/** Suggests what may stand at the caret: keywords, operators, and the values that the loaded traces have. */
export function completeFilter(text: string, caret: number, known: KnownValues): FilterCompletion {
  const pieces = splitFilterText(text);
  const current = pieces.find(({ start, end, kind, isOpen }) => {
    if (caret <= start) return false;
    return kind === 'string' ? caret < end || (isOpen && caret <= end) : kind === 'word' && caret <= end;
  });
  const from = current?.start ?? caret;
  const to = current?.end ?? caret;
  const before = pieces.filter(({ end }) => end <= from);
  const typed = text.slice(from, caret);
  return { from, to, suggestions: rank(suggest(before, known), typed) };
}

function suggest(before: readonly FilterPiece[], known: KnownValues): FilterSuggestion[] {
  const last = before.at(-1);
  const previous = before.at(-2);
  if (last === undefined) return operands('trace', known);
  if (isOperator(last)) return valuesAfter(previous, known);
  if (last.text === ':') return idValues(previous, known);
  const call = openCall(before);
  if (call !== undefined) return callArguments(call, last, known);
  if (['(', '{', '!'].includes(last.text) || isConnective(last)) return operands(placeOf(before), known);
  if (last.kind === 'word' && !isOperator(previous)) return afterKeyword(last, before);
  return connectives(before);
}

function operands(place: FilterPlace, known: KnownValues): FilterSuggestion[] {
  const keywords = listKeywords(place).filter((keyword) => findSimpleKeyword(keyword) !== undefined);
  const simple = keywords.map((keyword) => plain(keyword, 'keyword'));
  if (place !== 'trace') return simple;
  const annotations = [...known.annotations.keys()].map((key) => plain(annotationKeyword(key), 'annotation'));
  return [
    ...simple,
    { label: 'service("…")', insert: 'service("")', hint: 'a node took part', caretBack: 2 },
    { label: 'edge("…", "…")', insert: 'edge("", "")', hint: 'one node called another', caretBack: 6 },
    ...annotations,
    { label: 'group.name', insert: 'group.name', hint: 'keyword', caretBack: 0 },
  ];
}

function afterKeyword(word: FilterPiece, before: readonly FilterPiece[]): FilterSuggestion[] {
  const simple = findSimpleKeyword(word.text);
  if (simple?.type === 'number') return NUMBER_OPERATORS.map((operator) => plain(operator, 'operator'));
  if (simple?.type === 'string') {
    return [...TEXT_OPERATORS.map((operator) => plain(operator, 'operator')), ...connectives(before)];
  }
  if (word.text.toLowerCase().startsWith('annotation')) {
    const operators = [...new Set([...TEXT_OPERATORS, ...NUMBER_OPERATORS])];
    return [...operators.map((operator) => plain(operator, 'operator')), ...connectives(before)];
  }
  return connectives(before);
}

function connectives(before: readonly FilterPiece[]): FilterSuggestion[] {
  const closing = closerOf(before);
  const words = [plain('AND', 'both hold'), plain('OR', 'one holds')];
  return closing === undefined ? words : [...words, plain(closing, 'end')];
}

function valuesAfter(keyword: FilterPiece | undefined, known: KnownValues): FilterSuggestion[] {
  const name = keyword?.text.toLowerCase() ?? '';
  if (name === 'http.status') return known.statuses.map((status) => plain(status, 'seen'));
  if (name.startsWith('annotation')) return annotationValues(keyword?.text ?? '', known);
  const texts: Record<string, readonly string[]> = {
    'http.url': known.urls,
    'http.method': known.methods,
    'http.useragent': known.userAgents,
    'http.clientip': known.clientIps,
    user: known.users,
    name: known.names,
    type: known.types,
  };
  return (texts[name] ?? []).map((value) => plain(quote(value), 'seen'));
}

function annotationValues(keyword: string, known: KnownValues): FilterSuggestion[] {
  const key = /^annotation(?:\.(.+)|\[(.*?)\]?)$/i.exec(keyword);
  const values = known.annotations.get(key?.[1] ?? key?.[2] ?? '') ?? [];
  return values.map((value) => plain(value, 'seen'));
}

/** The call whose parentheses are still open, with what stands in them so far. */
function openCall(before: readonly FilterPiece[]): 'service' | 'edge' | 'id' | undefined {
  const opener = openers(before).at(-1);
  if (opener === undefined || before[opener]?.text !== '(') return undefined;
  const name = before[opener - 1]?.text.toLowerCase();
  return name === 'service' || name === 'edge' || name === 'id' ? name : undefined;
}

function callArguments(
  call: 'service' | 'edge' | 'id',
  last: FilterPiece,
  known: KnownValues,
): FilterSuggestion[] {
  if (last.text !== '(' && last.text !== ',') return [plain(')', 'end'), plain(',', 'next')];
  if (call === 'id') {
    return ['name', 'type', 'account.id'].map((field) => ({ ...plain(`${field}: `, 'field'), label: field }));
  }
  const names = known.names.map((name) => plain(quote(name), 'node'));
  return [...names, { label: 'id(name: "…")', insert: 'id(name: "")', hint: 'by type', caretBack: 2 }];
}

function idValues(field: FilterPiece | undefined, known: KnownValues): FilterSuggestion[] {
  const values = field?.text.toLowerCase() === 'type' ? known.types : known.names;
  return values.map((value) => plain(quote(value), 'seen'));
}

function placeOf(before: readonly FilterPiece[]): FilterPlace {
  const brace = openers(before)
    .filter((index) => before[index]?.text === '{')
    .at(-1);
  if (brace === undefined) return 'trace';
  const word = before[brace - 1]?.text.toLowerCase() ?? '';
  const cause = /^rootcause\.\w+\.(service|entity|exception)$/.exec(word)?.[1];
  if (cause !== undefined) return `rootcause ${cause as 'service' | 'entity' | 'exception'}`;
  const caller = before.slice(0, brace).findLast(({ text }) => /^(service|edge)$/i.test(text));
  return caller?.text.toLowerCase() === 'edge' ? 'edge' : 'service';
}

/** The indices of the brackets that nothing closes before the caret. */
function openers(before: readonly FilterPiece[]): number[] {
  const open: number[] = [];
  for (const [index, { text }] of before.entries()) {
    if (text === '(' || text === '{') open.push(index);
    else if (text === ')' || text === '}') open.pop();
  }
  return open;
}

function closerOf(before: readonly FilterPiece[]): string | undefined {
  const opener = openers(before).at(-1);
  if (opener === undefined) return undefined;
  return before[opener]?.text === '{' ? '}' : ')';
}

function isOperator(piece: FilterPiece | undefined): boolean {
  if (piece === undefined || piece.text === '!') return false;
  return piece.kind === 'operator' || OPERATOR_WORDS.has(piece.text.toLowerCase());
}

function isConnective({ text }: FilterPiece): boolean {
  return ['and', 'or'].includes(text.toLowerCase());
}

function plain(insert: string, hint: string): FilterSuggestion {
  return { label: insert, insert, hint, caretBack: 0 };
}

/** What begins with what was typed, then what holds it. */
function rank(suggestions: readonly FilterSuggestion[], typed: string): FilterSuggestion[] {
  const wanted = unquote(typed).toLowerCase();
  const scored = suggestions.flatMap((suggestion) => {
    const text = unquote(suggestion.label).toLowerCase();
    if (text === wanted && wanted !== '') return [];
    if (text.startsWith(wanted)) return [{ suggestion, score: 0 }];
    return text.includes(wanted) ? [{ suggestion, score: 1 }] : [];
  });
  const isDistinct = new Set<string>();
  return scored
    .sort((a, b) => a.score - b.score)
    .map(({ suggestion }) => suggestion)
    .filter(({ insert }) => !isDistinct.has(insert) && isDistinct.add(insert))
    .slice(0, MAX_SUGGESTIONS);
}

/** The text with a suggestion in its place, and where the caret goes: after a space, or into what is to be filled in. */
export function insertSuggestion(
  text: string,
  { from, to }: FilterCompletion,
  { insert, caretBack }: FilterSuggestion,
): { text: string; caret: number } {
  const after = text.slice(to);
  const space = caretBack === 0 && !/^[\s)},]/.test(after) && !insert.endsWith(' ') ? ' ' : '';
  return {
    text: text.slice(0, from) + insert + space + after,
    caret: from + insert.length + space.length - caretBack,
  };
}
