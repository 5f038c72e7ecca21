import { FilterSyntaxError, parseFilterExpression } from '#xray-model';
import type { FilterExpression } from '#xray-model';
import { findUnknownGroup } from '../groups/group-references.js';
import type { GroupRegistry } from '../groups/group-registry.js';
import { InvalidRequestError } from './api-error.js';

/**
 * Parses a filter expression of a request.
 *
 * @param name the member that it came in
 * @throws {InvalidRequestError} with the column of a mistake, or the name of a group that does not exist
 */
export function parseFilterInput(text: string, name: string, groups: GroupRegistry): FilterExpression {
  const expression = parse(text, name);
  const unknown = findUnknownGroup(expression, groups.filterGroups());
  if (unknown !== undefined) throw new InvalidRequestError(`${name}: there is no group ${unknown}`);
  return expression;
}

function parse(text: string, name: string): FilterExpression {
  try {
    return parseFilterExpression(text);
  } catch (error) {
    if (!(error instanceof FilterSyntaxError)) throw error;
    throw new InvalidRequestError(`${name}, column ${error.column}: ${error.message}`, { cause: error });
  }
}
