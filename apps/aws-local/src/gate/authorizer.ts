import type { Account } from '../account.js';
import { evaluatePolicies } from '../iam/evaluate-policies.js';
import type { RolePolicies } from '../iam/role-policies.js';
import { AwsError } from '../protocol/aws-error.js';
import type { Permission } from './permission.js';
import type { Principal } from './principal.js';

/** Evaluates the caller's role policies, which are read anew for every request. */
export class Authorizer {
  constructor(
    private readonly account: Account,
    private readonly policies: RolePolicies,
  ) {}

  /** @throws {AwsError} AccessDenied in the words of AWS for the first permission that is not given */
  authorize(principal: Principal, permissions: readonly Permission[]): void {
    if (principal.roleName === undefined) return;
    const statements = this.policies.statementsOf(principal.roleName);
    for (const permission of permissions) {
      const decision = evaluatePolicies(statements, {
        action: permission.action,
        resource: permission.resource,
        conditionKeys: { ...this.#conditionKeysOf(principal), ...permission.conditionKeys },
      });
      if (decision !== 'allow') {
        throw new AwsError('AccessDenied', toDenial(principal, permission, decision));
      }
    }
  }

  #conditionKeysOf(principal: Principal): Record<string, string> {
    return {
      'aws:PrincipalAccount': this.account.accountId,
      'aws:PrincipalArn': principal.principalArn,
      'aws:PrincipalType': principal.type,
      'aws:RequestedRegion': this.account.region,
      // This endpoint stands in for AWS's, which is only reached by TLS: a policy that insists on it must work.
      'aws:SecureTransport': 'true',
      'aws:userid': principal.userId,
    };
  }
}

function toDenial(
  principal: Principal,
  permission: Permission,
  decision: 'explicit-deny' | 'implicit-deny',
): string {
  const action = permission.shownAction ?? permission.action;
  const reason =
    decision === 'explicit-deny'
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${action} action`;
  return (
    `User: ${principal.arn} is not authorized to perform: ${action} ` +
    `on resource: ${permission.shownResource ?? permission.resource} ${reason}`
  );
}
