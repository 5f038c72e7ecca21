import { InvalidRequestError } from './api-error.js';
import type { Operation } from './operation.js';
import { checkRevision, requirePolicyName } from './policy-input.js';

/** Deletes a resource policy. */
export const deleteResourcePolicy: Operation = (input, { policies }) => {
  const name = requirePolicyName(input);
  const policy = policies.byName(name);
  if (policy === undefined) throw new InvalidRequestError(`PolicyName: there is no resource policy ${name}`);
  checkRevision(input, policy);
  policies.delete(name);
  return {};
};
