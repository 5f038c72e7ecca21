import type { JSX } from 'preact';
import type { FilterProblem } from './check-filter.js';

/** What is wrong with an expression, and the place in it. */
export function FilterProblemText({
  id,
  expression,
  problem: { column, message },
}: {
  id: string;
  expression: string;
  problem: FilterProblem;
}): JSX.Element {
  const at = column - 1;
  return (
    <div id={id} class="filter-problem" role="alert">
      <p class="field-error">
        <span aria-hidden="true">✕</span> Column {column}: {message}
      </p>
      <p class="filter-echo" aria-hidden="true">
        {expression.slice(0, at)}
        <mark>{expression.slice(at, at + 1) || '\u00A0'}</mark>
        {expression.slice(at + 1)}
      </p>
    </div>
  );
}
