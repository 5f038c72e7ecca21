import { FilterSyntaxError, parseFilterExpression } from '#xray-model';

export interface FilterProblem {
  /** 1-based; one past the end when something is missing there. */
  column: number;
  message: string;
}

/** What the server would say about an expression, in its own words; undefined when it would take it. */
export function findFilterProblem(expression: string): FilterProblem | undefined {
  if (expression.trim() === '') return undefined;
  try {
    parseFilterExpression(expression);
    return undefined;
  } catch (error) {
    if (error instanceof FilterSyntaxError) return { column: error.column, message: error.message };
    throw error;
  }
}
