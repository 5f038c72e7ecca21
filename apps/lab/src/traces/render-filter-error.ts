import type { FilterSyntaxError } from '#xray-model';
import { displayWidth, toPrintable } from '../terminal/text.js';

/** The message, the expression, and a caret under the place where it cannot be understood. */
export function renderFilterError(expression: string, error: FilterSyntaxError): string {
  const before = toPrintable(expression.slice(0, error.column - 1));
  return [
    `the filter expression is wrong at column ${error.column}: ${error.message}`,
    '',
    `  ${toPrintable(expression)}`,
    `  ${' '.repeat(displayWidth(before))}^`,
  ].join('\n');
}
