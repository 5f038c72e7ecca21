import { InvalidRequestError, ResourceNotFoundError } from './api-error.js';
import type { Operation } from './operation.js';
import { optionalMembers, requireMembers, requireNumber, requireText } from './operation-input.js';

const MAX_NAME_CHARACTERS = 128;

/** Keeps the part of the spans that is to be indexed; all of them are, whatever it is. */
export const updateIndexingRule: Operation = (input, { account }) => {
  const name = requireText(input, 'Name', MAX_NAME_CHARACTERS);
  const rule = optionalMembers(requireMembers(input, 'Rule'), 'Rule.Probabilistic');
  if (rule === undefined) throw new InvalidRequestError('Rule.Probabilistic is required');
  const percentage = requireNumber(rule, 'Rule.Probabilistic.DesiredSamplingPercentage', {
    min: 0,
    max: 100,
  });
  if (name !== account.indexingRule.Name) {
    throw new ResourceNotFoundError(`Name: there is no indexing rule ${name}`, name);
  }
  account.setIndexingPercentage(percentage);
  return { IndexingRule: account.indexingRule };
};
