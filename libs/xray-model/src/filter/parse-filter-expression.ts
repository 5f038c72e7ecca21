import type { JsonValue } from '../segment/segment-document.js';
import type { FilterExpression, NodeSelector, RootCauseElement, RootCauseKind } from './filter-expression.js';
import type { FilterPlace, SimpleKeyword } from './filter-keywords.js';
import { describePlace, findSimpleKeyword, listKeywords } from './filter-keywords.js';
import { FilterScanner } from './filter-scanner.js';
import { FilterSyntaxError } from './filter-syntax-error.js';
import {
  takeAnnotationTest,
  takeBooleanTest,
  takeEquality,
  takeNumberTest,
  takeString,
  takeStringTest,
} from './filter-comparison.js';
import type { FilterToken } from './filter-token.js';
import { isPunctuation, isReservedWord, isWord, unexpectedToken } from './filter-token.js';

/** Arbitrary: four times what X-Ray allows an entity selector (500), and far above what people write. */
export const MAX_FILTER_CHARS = 2_000;

/** Arbitrary: parentheses, braces and negations inside each other. */
const MAX_FILTER_DEPTH = 50;

/**
 * Parses X-Ray's filter language. Keywords and operators may be written in any case; AND binds tighter than OR
 * and may be left out. A bare `id(…)`, as an entity selector has it, is read as `service(id(…))`.
 *
 * @throws {FilterSyntaxError} the text is no filter expression, is longer than `MAX_FILTER_CHARS`, or nests too deep
 * @see https://docs.aws.amazon.com/xray/latest/devguide/xray-console-filters.html
 */
export function parseFilterExpression(text: string): FilterExpression {
  if (text.length > MAX_FILTER_CHARS) {
    throw new FilterSyntaxError(
      MAX_FILTER_CHARS + 1,
      `the expression has ${text.length} characters; at most ${MAX_FILTER_CHARS} are read`,
    );
  }
  return new FilterParser(new FilterScanner(text)).parse();
}

/** Recursive descent, one method for each rule of the grammar. */
class FilterParser {
  #depth = 0;

  constructor(private readonly scanner: FilterScanner) {}

  parse(): FilterExpression {
    const expression = this.#or('trace');
    const rest = this.scanner.peek();
    if (rest.kind !== 'end') throw unexpectedToken(rest, 'AND, OR or the end of the expression');
    return expression;
  }

  #or(place: FilterPlace): FilterExpression {
    const first = this.#and(place);
    const operands = [first];
    while (isWord(this.scanner.peek(), 'or')) {
      this.scanner.next();
      operands.push(this.#and(place));
    }
    return operands.length === 1 ? first : { kind: 'or', operands };
  }

  #and(place: FilterPlace): FilterExpression {
    const first = this.#unary(place);
    const operands = [first];
    for (;;) {
      const token = this.scanner.peek();
      if (isWord(token, 'and')) this.scanner.next();
      else if (!startsOperand(token)) break;
      operands.push(this.#unary(place));
    }
    return operands.length === 1 ? first : { kind: 'and', operands };
  }

  #unary(place: FilterPlace): FilterExpression {
    const token = this.scanner.peek();
    if (isPunctuation(token, '!')) {
      this.scanner.next();
      return { kind: 'not', operand: this.#nested(token, () => this.#unary(place)) };
    }
    if (isPunctuation(token, '(')) {
      this.scanner.next();
      const inner = this.#nested(token, () => this.#or(place));
      this.#expect(')', 'AND, OR or ")"');
      return inner;
    }
    return this.#term(place);
  }

  #term(place: FilterPlace): FilterExpression {
    const token = this.scanner.next();
    if (token.kind !== 'word' || isReservedWord(token)) throw unexpectedToken(token, 'a keyword');
    const simple = findSimpleKeyword(token.text);
    if (simple !== undefined) return this.#simple(token, simple, place);
    const complex = this.#complex(token);
    if (complex === undefined) throw unknownKeyword(token, place);
    if (place === 'trace') return complex;
    throw new FilterSyntaxError(
      token.start + 1,
      `${token.text} speaks about the whole trace and cannot stand ${describePlace(place)}; put it beside, with AND or OR`,
    );
  }

  #simple(
    token: FilterToken,
    found: SimpleKeyword & { places: readonly FilterPlace[] },
    place: FilterPlace,
  ): FilterExpression {
    if (!found.places.includes(place)) {
      const allowed = found.places.map(describePlace).join(' or ');
      throw new FilterSyntaxError(token.start + 1, `${found.keyword} has a meaning only ${allowed}`);
    }
    switch (found.type) {
      case 'boolean':
        return {
          kind: 'boolean',
          keyword: found.keyword,
          value: takeBooleanTest(this.scanner, found.keyword),
        };
      case 'number':
        return { kind: 'number', keyword: found.keyword, ...takeNumberTest(this.scanner, found.keyword) };
      case 'string':
        return { kind: 'string', keyword: found.keyword, test: takeStringTest(this.scanner, found.keyword) };
    }
  }

  #complex(token: FilterToken): FilterExpression | undefined {
    const keyword = token.text.toLowerCase();
    if (keyword === 'service') return this.#service();
    if (keyword === 'edge') return this.#edge();
    if (keyword === 'id') return { kind: 'service', selector: this.#idFields() };
    if (keyword === 'group.name' || keyword === 'group.arn') return this.#group(keyword);
    if (keyword === 'json' || keyword === 'rootcause.json') return this.#rootCauseJson(token);
    if (keyword.startsWith('rootcause.')) return this.#rootCause(token);
    if (keyword === 'annotation' || keyword.startsWith('annotation.')) return this.#annotation(token);
    return undefined;
  }

  #annotation(token: FilterToken): FilterExpression {
    let key = token.text.slice('annotation.'.length);
    if (token.text.length === 'annotation'.length) {
      this.#expect('[', '"." or "[" and the key of the annotation');
      key = this.scanner.takeBracketedKey();
    }
    if (key === '')
      throw new FilterSyntaxError(token.end + 1, 'expected the key of the annotation after "."');
    return { kind: 'annotation', key, test: takeAnnotationTest(this.scanner, `annotation ${key}`) };
  }

  #group(keyword: 'group.name' | 'group.arn'): FilterExpression {
    const isNegated = takeEquality(this.scanner, keyword);
    const value = takeString(this.scanner, keyword);
    return { kind: 'group', field: keyword === 'group.name' ? 'name' : 'arn', value, isNegated };
  }

  #service(): FilterExpression {
    this.#expect('(', '"(" after service');
    const selector = isPunctuation(this.scanner.peek(), ')') ? {} : this.#selector();
    this.#expect(')', '")" after the service');
    return { kind: 'service', selector, ...this.#optionalBraces('service') };
  }

  #edge(): FilterExpression {
    this.#expect('(', '"(" after edge');
    const source = this.#selector();
    this.#expect(',', '"," between the two ends of the edge');
    const destination = this.#selector();
    this.#expect(')', '")" after the two ends of the edge');
    return { kind: 'edge', source, destination, ...this.#optionalBraces('edge') };
  }

  #selector(): NodeSelector {
    const token = this.scanner.next();
    if (token.kind === 'string') return { name: token.text };
    if (token.kind !== 'word') throw unexpectedToken(token, 'the name of a service in quotes, or id(…)');
    const isIdFunction = isWord(token, 'id') && isPunctuation(this.scanner.peek(), '(');
    return isIdFunction ? this.#idFields() : { name: token.text };
  }

  #idFields(): NodeSelector {
    const selector: NodeSelector = {};
    this.#expect('(', '"(" after id');
    do {
      const field = this.scanner.next();
      const property = ID_FIELDS.get(field.kind === 'word' ? field.text.toLowerCase() : '');
      if (property === undefined) throw unexpectedToken(field, 'name, type or account.id');
      if (selector[property] !== undefined) {
        throw new FilterSyntaxError(field.start + 1, `id() has ${field.text} twice`);
      }
      this.#expect(':', `":" after ${field.text}`);
      selector[property] = takeString(this.scanner, `${field.text}:`);
    } while (this.#takeComma());
    this.#expect(')', '"," or ")" after a field of id()');
    return selector;
  }

  #takeComma(): boolean {
    if (!isPunctuation(this.scanner.peek(), ',')) return false;
    this.scanner.next();
    return true;
  }

  #rootCause(token: FilterToken): FilterExpression {
    const [, cause = '', element = '', ...rest] = token.text.toLowerCase().split('.');
    if (!isRootCauseKind(cause) || !isRootCauseElement(element) || rest.length > 0) {
      throw new FilterSyntaxError(
        token.start + 1,
        `expected rootcause.json, or rootcause. with fault, error or responsetime, then service, entity or exception; found ${token.text}`,
      );
    }
    const { filter } = this.#optionalBraces(`rootcause ${element}`);
    if (filter === undefined) throw unexpectedToken(this.scanner.peek(), `"{" after ${token.text}`);
    return { kind: 'rootCause', cause, element, filter };
  }

  #rootCauseJson(token: FilterToken): FilterExpression {
    const operator = this.scanner.next();
    if (operator.text !== '=') throw unexpectedToken(operator, `"=" after ${token.text}`);
    this.#expect('#', '"#" and a JSON array of root causes');
    const { json, start } = this.scanner.takeJsonArray(MAX_FILTER_DEPTH);
    return { kind: 'rootCauseJson', rootCauses: parseJsonArray(json, start) };
  }

  #optionalBraces(place: FilterPlace): { filter?: FilterExpression } {
    const token = this.scanner.peek();
    if (!isPunctuation(token, '{')) return {};
    this.scanner.next();
    const filter = this.#nested(token, () => this.#or(place));
    this.#expect('}', 'AND, OR or "}"');
    return { filter };
  }

  #nested<T>(token: FilterToken, parse: () => T): T {
    this.#depth += 1;
    if (this.#depth > MAX_FILTER_DEPTH) {
      throw new FilterSyntaxError(token.start + 1, `nested deeper than ${MAX_FILTER_DEPTH} levels`);
    }
    const result = parse();
    this.#depth -= 1;
    return result;
  }

  #expect(punctuation: string, expected: string): void {
    const token = this.scanner.next();
    if (!isPunctuation(token, punctuation)) throw unexpectedToken(token, expected);
  }
}

const ID_FIELDS = new Map<string, keyof NodeSelector>([
  ['name', 'name'],
  ['type', 'type'],
  ['account.id', 'accountId'],
]);

function startsOperand(token: FilterToken): boolean {
  if (token.kind === 'word') return !isReservedWord(token);
  return isPunctuation(token, '!') || isPunctuation(token, '(');
}

function unknownKeyword(token: FilterToken, place: FilterPlace): FilterSyntaxError {
  const hint = isWord(token, 'not')
    ? 'write ! for not'
    : `the keywords here are ${listKeywords(place).join(', ')}`;
  return new FilterSyntaxError(token.start + 1, `unknown keyword ${token.text}; ${hint}`);
}

function isRootCauseKind(text: string): text is RootCauseKind {
  return ['fault', 'error', 'responsetime'].includes(text);
}

function isRootCauseElement(text: string): text is RootCauseElement {
  return ['service', 'entity', 'exception'].includes(text);
}

function parseJsonArray(json: string, start: number): JsonValue[] {
  let rootCauses: JsonValue;
  try {
    rootCauses = JSON.parse(json) as JsonValue;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `the root causes after "#" are not JSON: ${reason}`;
    throw new FilterSyntaxError(start + 1, message, { cause: error });
  }
  if (Array.isArray(rootCauses) && rootCauses.length > 0) return rootCauses;
  throw new FilterSyntaxError(start + 1, 'expected at least one root cause in the array after "#"');
}
