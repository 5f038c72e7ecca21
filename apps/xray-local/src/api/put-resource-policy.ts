import { XrayApiError } from './api-error.js';
import type { Operation } from './operation.js';
import { optionalBoolean, requireText } from './operation-input.js';
import { locksOut, parsePolicyStatements } from './policy-document.js';
import { checkRevision, requirePolicyName } from './policy-input.js';

const MAX_POLICIES = 5;
const MAX_POLICY_BYTES = 5 * 1024;

/** Makes a resource policy, or replaces the one of that name. It is kept and answered, and grants nothing here. */
export const putResourcePolicy: Operation = (input, { policies }) => {
  const name = requirePolicyName(input);
  const document = requireText(input, 'PolicyDocument', Infinity);
  const bypassesLockoutCheck = optionalBoolean(input, 'BypassPolicyLockoutCheck') ?? false;
  if (Buffer.byteLength(document) > MAX_POLICY_BYTES) {
    throw refusal('PolicySizeLimitExceeded', `PolicyDocument must have at most ${MAX_POLICY_BYTES} bytes`);
  }
  const statements = parsePolicyStatements(document);
  if (typeof statements === 'string') {
    throw refusal('MalformedPolicyDocument', `PolicyDocument: ${statements}`);
  }
  const current = policies.byName(name);
  checkRevision(input, current);
  if (!bypassesLockoutCheck && locksOut(statements)) {
    throw refusal('LockoutPrevention', 'PolicyDocument denies everybody to put a resource policy again');
  }
  if (current === undefined && policies.list().length >= MAX_POLICIES) {
    throw refusal(
      'PolicyCountLimitExceeded',
      `PolicyName: there are ${MAX_POLICIES} policies, which is the limit`,
    );
  }
  return { ResourcePolicy: policies.put(name, document) };
};

function refusal(code: string, message: string): XrayApiError {
  return new XrayApiError(`${code}Exception`, 400, message);
}
