import type { AnnotationTest, NumberOperator, StringOperator, StringTest } from './filter-expression.js';
import type { FilterScanner } from './filter-scanner.js';
import type { FilterToken } from './filter-token.js';
import { isReservedWord, isWord, unexpectedToken } from './filter-token.js';

const NUMBER_OPERATORS: readonly string[] = ['=', '!=', '<', '<=', '>', '>='];
const STRING_OPERATORS: readonly string[] = ['=', '!=', 'CONTAINS', 'BEGINSWITH', 'ENDSWITH'];

/** Takes what may follow a boolean keyword: nothing, or `=` or `!=` and a value. */
export function takeBooleanTest(scanner: FilterScanner, keyword: string): boolean {
  if (scanner.peek().kind !== 'operator') return true;
  const isNegated = takeEquality(scanner, keyword);
  const token = scanner.next();
  const value = readBoolean(token);
  if (value === undefined) throw unexpectedToken(token, `true or false after ${keyword}`);
  return value !== isNegated;
}

/** Takes the comparison that must follow a number keyword. */
export function takeNumberTest(
  scanner: FilterScanner,
  keyword: string,
): { operator: NumberOperator; value: number } {
  const operator = scanner.next();
  if (!isNumberOperator(operator.text)) {
    throw unexpectedToken(operator, `one of ${NUMBER_OPERATORS.join(' ')} after ${keyword}`);
  }
  const token = scanner.next();
  if (token.kind !== 'number') throw unexpectedToken(token, `a number to compare ${keyword} with`);
  return { operator: operator.text, value: token.value };
}

/** Takes the comparison that may follow a string keyword; a bare keyword asks whether it is set. */
export function takeStringTest(scanner: FilterScanner, keyword: string): StringTest {
  const operator = stringOperatorOf(scanner.peek());
  if (operator === undefined) {
    rejectOperator(scanner.peek(), `one of ${STRING_OPERATORS.join(' ')} after ${keyword}`);
    return { operator: 'isSet' };
  }
  scanner.next();
  return { operator, value: takeString(scanner, keyword) };
}

/** Takes the comparison that may follow an annotation: its operators follow from the type of the value. */
export function takeAnnotationTest(scanner: FilterScanner, keyword: string): AnnotationTest {
  const first = scanner.peek();
  const stringOperator = stringOperatorOf(first);
  if (stringOperator === undefined && first.kind !== 'operator') return { operator: 'isSet' };
  scanner.next();
  const token = scanner.peek();
  const boolean = readBoolean(token);
  if (boolean !== undefined && token.kind === 'word' && (first.text === '=' || first.text === '!=')) {
    scanner.next();
    return { operator: first.text, value: boolean };
  }
  if (token.kind === 'number' && isNumberOperator(first.text)) {
    scanner.next();
    return { operator: first.text, value: token.value };
  }
  if (stringOperator !== undefined) return { operator: stringOperator, value: takeString(scanner, keyword) };
  throw unexpectedToken(token, `a number after ${first.text}`);
}

/** Takes `=` or `!=`, and says whether it was the second. */
export function takeEquality(scanner: FilterScanner, keyword: string): boolean {
  const operator = scanner.next();
  if (operator.text === '=' || operator.text === '!=') return operator.text === '!=';
  throw unexpectedToken(operator, `= or != after ${keyword}`);
}

/** Takes a text value: in quotes, or a single word without, as the guide has it once. */
export function takeString(scanner: FilterScanner, keyword: string): string {
  const token = scanner.next();
  const isText = token.kind === 'string' || token.kind === 'number' || token.kind === 'word';
  if (isText && !isReservedWord(token)) return token.text;
  throw unexpectedToken(token, `a text value in quotes after ${keyword}`);
}

function stringOperatorOf(token: FilterToken): StringOperator | undefined {
  if (token.kind !== 'operator' && token.kind !== 'word') return undefined;
  const operator = token.text.toUpperCase();
  return isStringOperator(operator) ? operator : undefined;
}

function rejectOperator(token: FilterToken, expected: string): void {
  if (token.kind === 'operator') throw unexpectedToken(token, expected);
}

function isNumberOperator(text: string): text is NumberOperator {
  return NUMBER_OPERATORS.includes(text);
}

function isStringOperator(text: string): text is StringOperator {
  return STRING_OPERATORS.includes(text);
}

function readBoolean(token: FilterToken): boolean | undefined {
  if (isWord(token, 'true') || (token.kind === 'string' && token.text === 'true')) return true;
  if (isWord(token, 'false') || (token.kind === 'string' && token.text === 'false')) return false;
  return undefined;
}
