import type { FakeAnswer, FakeRequest } from './fake-server.js';

/** The inline policies of roles, over IAM's query protocol. */
export class FakeIam {
  writes = 0;
  readonly #roles: Map<string, Map<string, string>>;

  constructor(roles: Record<string, Record<string, object>>) {
    this.#roles = new Map(
      Object.entries(roles).map(([role, policies]) => {
        const texts = Object.entries(policies).map(
          ([name, policy]) => [name, JSON.stringify(policy)] as const,
        );
        return [role, new Map(texts)];
      }),
    );
  }

  policyOf(role: string, policy: string): unknown {
    const text = this.#roles.get(role)?.get(policy);
    return text === undefined ? undefined : JSON.parse(text);
  }

  setText(role: string, policy: string, text: string): void {
    this.#roles.get(role)?.set(policy, text);
  }

  answer({ body }: FakeRequest): FakeAnswer {
    const form = new URLSearchParams(body);
    const roleName = form.get('RoleName') ?? '';
    const policyName = form.get('PolicyName') ?? '';
    const policies = this.#roles.get(roleName);
    if (policies === undefined) return noSuchEntity(`The role with name ${roleName} cannot be found.`);
    switch (form.get('Action')) {
      case 'PutRolePolicy':
        this.writes += 1;
        policies.set(policyName, form.get('PolicyDocument') ?? '');
        return { body: '<PutRolePolicyResponse/>' };
      case 'DeleteRolePolicy':
        this.writes += 1;
        policies.delete(policyName);
        return { body: '<DeleteRolePolicyResponse/>' };
      default:
        return getRolePolicy(roleName, policyName, policies.get(policyName));
    }
  }
}

function getRolePolicy(roleName: string, policyName: string, text: string | undefined): FakeAnswer {
  if (text === undefined) return noSuchEntity(`The role policy with name ${policyName} cannot be found.`);
  const fields = `<RoleName>${roleName}</RoleName><PolicyName>${policyName}</PolicyName><PolicyDocument>${encodeURIComponent(text)}</PolicyDocument>`;
  return {
    body: `<GetRolePolicyResponse><GetRolePolicyResult>${fields}</GetRolePolicyResult></GetRolePolicyResponse>`,
  };
}

function noSuchEntity(message: string): FakeAnswer {
  const error = `<Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>${message}</Message></Error>`;
  return { status: 404, body: `<ErrorResponse>${error}<RequestId>1</RequestId></ErrorResponse>` };
}
