import type { ResourcePolicy } from '../account-settings/resource-policies.js';
import { InvalidRequestError, XrayApiError } from './api-error.js';
import type { OperationInput } from './operation-input.js';
import { optionalText, requireText } from './operation-input.js';

const MAX_NAME_CHARACTERS = 128;
const NAME = /^[\w+=,.@-]+$/;
const MAX_REVISION_ID_CHARACTERS = 128;
/** What a policy that does not exist yet is at. */
const NO_REVISION = '0';

export function requirePolicyName(input: OperationInput): string {
  const name = requireText(input, 'PolicyName', MAX_NAME_CHARACTERS);
  if (!NAME.test(name))
    throw new InvalidRequestError('PolicyName must have letters, digits and _+=,.@- alone');
  return name;
}

/** @throws {XrayApiError} the request has a `PolicyRevisionId`, and the policy is at another one */
export function checkRevision(input: OperationInput, policy: ResourcePolicy | undefined): void {
  const wanted = optionalText(input, 'PolicyRevisionId', MAX_REVISION_ID_CHARACTERS);
  const current = policy?.PolicyRevisionId ?? NO_REVISION;
  if (wanted === undefined || wanted === current) return;
  throw new XrayApiError(
    'InvalidPolicyRevisionIdException',
    400,
    `PolicyRevisionId: the policy is at ${current}, not at ${wanted}`,
  );
}
