import type { FilterExpression, FilterGroup } from '#xray-model';

/** The first group that the expression names and that is not among the known ones: its name, or its ARN. */
export function findUnknownGroup(
  expression: FilterExpression,
  known: readonly FilterGroup[],
): string | undefined {
  switch (expression.kind) {
    case 'and':
    case 'or':
      for (const operand of expression.operands) {
        const unknown = findUnknownGroup(operand, known);
        if (unknown !== undefined) return unknown;
      }
      return undefined;
    case 'not':
      return findUnknownGroup(expression.operand, known);
    case 'group':
      return known.some((group) => group[expression.field] === expression.value)
        ? undefined
        : expression.value;
    default:
      // Groups are no keywords inside of braces.
      return undefined;
  }
}
