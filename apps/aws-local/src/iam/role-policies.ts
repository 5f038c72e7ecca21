import { AwsError } from '../protocol/aws-error.js';
import { parsePolicyDocument } from './parse-policy-document.js';
import type { PolicyStatement } from './policy-statement.js';

/** IAM's limit for all inline policies of one role, white space not counted. */
const MAX_INLINE_POLICY_CHARS = 10_240;

/** Policy name to document text, exactly as it was put. */
export type InlinePolicies = ReadonlyMap<string, string>;

/** Keeps what was changed, so that it survives a restart; resolves when it is safe. */
export type SaveChangedRoles = (changed: ReadonlyMap<string, InlinePolicies>) => Promise<void>;

/** The roles and their inline policies; a change counts from the next request on. */
export class RolePolicies {
  readonly #policies: Map<string, InlinePolicies>;
  readonly #statements = new Map<string, readonly PolicyStatement[]>();
  readonly #changedRoles: Set<string>;
  #lastChange: Promise<void> = Promise.resolve();

  /**
   * @param initial roles as their policy files describe them
   * @param changed what was changed through IAM in an earlier run; takes precedence over the files
   * @throws {AwsError} MalformedPolicyDocument
   */
  constructor(
    initial: ReadonlyMap<string, InlinePolicies>,
    changed: ReadonlyMap<string, InlinePolicies> = new Map(),
    private readonly save: SaveChangedRoles = async () => undefined,
  ) {
    const known = [...changed].filter(([roleName]) => initial.has(roleName));
    this.#policies = new Map([...initial, ...known]);
    this.#changedRoles = new Set(known.map(([roleName]) => roleName));
    for (const [roleName, policies] of this.#policies) this.#statements.set(roleName, toStatements(policies));
  }

  hasRole(roleName: string): boolean {
    return this.#policies.has(roleName);
  }

  statementsOf(roleName: string): readonly PolicyStatement[] {
    return this.#statements.get(roleName) ?? [];
  }

  /** @throws {AwsError} NoSuchEntity */
  policyNames(roleName: string): string[] {
    return [...this.#policiesOf(roleName).keys()].sort();
  }

  /** @throws {AwsError} NoSuchEntity */
  document(roleName: string, policyName: string): string {
    const document = this.#policiesOf(roleName).get(policyName);
    if (document === undefined) throw noSuchPolicy(policyName);
    return document;
  }

  /** @throws {AwsError} NoSuchEntity, MalformedPolicyDocument, LimitExceeded */
  async put(roleName: string, policyName: string, document: string): Promise<void> {
    parsePolicyDocument(document);
    await this.#change(roleName, (policies) => {
      const next = new Map(policies).set(policyName, document);
      const chars = [...next.values()].join('').replace(/\s/g, '').length;
      if (chars > MAX_INLINE_POLICY_CHARS) {
        throw new AwsError(
          'LimitExceeded',
          `Maximum policy size of ${MAX_INLINE_POLICY_CHARS} bytes exceeded for role ${roleName}`,
        );
      }
      return next;
    });
  }

  /** @throws {AwsError} NoSuchEntity */
  async delete(roleName: string, policyName: string): Promise<void> {
    await this.#change(roleName, (policies) => {
      const next = new Map(policies);
      if (!next.delete(policyName)) throw noSuchPolicy(policyName);
      return next;
    });
  }

  /** One change after the other; it counts only once it is saved. */
  async #change(roleName: string, toNext: (policies: InlinePolicies) => InlinePolicies): Promise<void> {
    const previous = this.#lastChange;
    const { promise: done, resolve: finish } = Promise.withResolvers<void>();
    this.#lastChange = done;
    await previous;
    try {
      const next = toNext(this.#policiesOf(roleName));
      const policies = new Map([...this.#policies, [roleName, next] as const]);
      const changedRoles = new Set([...this.#changedRoles, roleName]);
      await this.save(new Map([...policies].filter(([name]) => changedRoles.has(name))));
      this.#changedRoles.add(roleName);
      this.#policies.set(roleName, next);
      this.#statements.set(roleName, toStatements(next));
    } finally {
      finish();
    }
  }

  #policiesOf(roleName: string): InlinePolicies {
    const policies = this.#policies.get(roleName);
    if (policies === undefined) {
      throw new AwsError('NoSuchEntity', `The role with name ${roleName} cannot be found.`);
    }
    return policies;
  }
}

function toStatements(policies: InlinePolicies): PolicyStatement[] {
  return [...policies.values()].flatMap(parsePolicyDocument);
}

function noSuchPolicy(policyName: string): AwsError {
  return new AwsError('NoSuchEntity', `The role policy with name ${policyName} cannot be found.`);
}
