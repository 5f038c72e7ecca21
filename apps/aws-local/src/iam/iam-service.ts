import { toIamArn, type Account } from '../account.js';
import type { Permission } from '../gate/permission.js';
import { AwsError } from '../protocol/aws-error.js';
import type { Form } from '../protocol/identify-call.js';
import { textElement } from '../protocol/xml.js';
import type { RolePolicies } from './role-policies.js';

const NAME_PATTERN = /^[\w+=,.@-]+$/;
const MAX_DOCUMENT_CHARS = 131_072;

type Operation = (form: Form) => Promise<string | undefined>;

/** The few operations of IAM with which a role's inline policies are read and changed. */
export class IamService {
  readonly #operations = new Map<string, Operation>([
    ['DeleteRolePolicy', (form) => this.#deleteRolePolicy(form)],
    ['GetRolePolicy', (form) => this.#getRolePolicy(form)],
    ['ListRolePolicies', (form) => this.#listRolePolicies(form)],
    ['PutRolePolicy', (form) => this.#putRolePolicy(form)],
  ]);

  constructor(
    private readonly account: Account,
    private readonly policies: RolePolicies,
  ) {}

  has(operation: string): boolean {
    return this.#operations.has(operation);
  }

  permissionsFor(operation: string, form: Form): Permission[] {
    const roleName = form['RoleName'] ?? '';
    return [
      {
        action: `iam:${operation}`,
        resource: toIamArn(this.account, `role/${roleName}`),
        shownResource: `role ${roleName}`,
      },
    ];
  }

  /**
   * @returns the XML inside the result element, or nothing for an operation without output
   * @throws {AwsError}
   */
  async perform(operation: string, form: Form): Promise<string | undefined> {
    return this.#operations.get(operation)?.(form);
  }

  async #getRolePolicy(form: Form): Promise<string> {
    const roleName = requireName(form, 'roleName', 64);
    const policyName = requireName(form, 'policyName', 128);
    const document = this.policies.document(roleName, policyName);
    return (
      textElement('RoleName', roleName) +
      textElement('PolicyName', policyName) +
      textElement('PolicyDocument', encodeURIComponent(document))
    );
  }

  async #listRolePolicies(form: Form): Promise<string> {
    const names = this.policies.policyNames(requireName(form, 'roleName', 64));
    const members = names.map((name) => textElement('member', name)).join('');
    return `<PolicyNames>${members}</PolicyNames>${textElement('IsTruncated', 'false')}`;
  }

  async #putRolePolicy(form: Form): Promise<undefined> {
    const document = form['PolicyDocument'] ?? '';
    if (document === '' || document.length > MAX_DOCUMENT_CHARS) {
      throw validationError('policyDocument', `length between 1 and ${MAX_DOCUMENT_CHARS}`);
    }
    const roleName = requireName(form, 'roleName', 64);
    await this.policies.put(roleName, requireName(form, 'policyName', 128), document);
  }

  async #deleteRolePolicy(form: Form): Promise<undefined> {
    const roleName = requireName(form, 'roleName', 64);
    await this.policies.delete(roleName, requireName(form, 'policyName', 128));
  }
}

/** IAM names a member in camel case in its messages and in Pascal case on the wire. */
function requireName(form: Form, member: string, maxChars: number): string {
  const name = form[member.charAt(0).toUpperCase() + member.slice(1)] ?? '';
  if (name.length > maxChars) throw validationError(member, `length less than or equal to ${maxChars}`);
  if (!NAME_PATTERN.test(name)) {
    throw new AwsError(
      'ValidationError',
      `The specified value for ${member} is invalid. It must contain only alphanumeric characters and/or ` +
        'the following: +=,.@_-',
    );
  }
  return name;
}

function validationError(member: string, constraint: string): AwsError {
  return new AwsError(
    'ValidationError',
    `1 validation error detected: Value at '${member}' failed to satisfy constraint: ` +
      `Member must have ${constraint}`,
  );
}
