import type { IAMClient } from '@aws-sdk/client-iam';
import type { ClientSettings, Environment } from '../aws/aws-target.js';
import { resolveClientSettings } from '../aws/aws-target.js';
import { callAws } from '../aws/call-aws.js';
import { LabError } from '../command-line/lab-errors.js';
import type { PolicyDocument } from './policy-document.js';
import { parsePolicyDocument, PolicyFormatError } from './policy-document.js';

type Sdk = typeof import('@aws-sdk/client-iam');

/** One inline policy of one role, read and written through IAM. */
export class InlinePolicy {
  readonly #client: IAMClient;

  private constructor(
    private readonly sdk: Sdk,
    private readonly settings: ClientSettings,
    readonly roleName: string,
    readonly policyName: string,
  ) {
    this.#client = new sdk.IAMClient(settings);
  }

  static async create(
    env: Environment,
    options: { isAws: boolean; roleName: string; policyName: string },
  ): Promise<InlinePolicy> {
    const settings = resolveClientSettings('IAM', env, options);
    return new InlinePolicy(
      await import('@aws-sdk/client-iam'),
      settings,
      options.roleName,
      options.policyName,
    );
  }

  /**
   * Undefined when the role has no such policy.
   *
   * @throws {LabError} there is no such role, IAM does not answer or refuses, or the policy is not readable
   */
  async read(): Promise<PolicyDocument | undefined> {
    try {
      const answer = await this.#call(this.#client.send(new this.sdk.GetRolePolicyCommand(this.#names())));
      return parsePolicyDocument(decodeURIComponent(answer.PolicyDocument ?? ''));
    } catch (error) {
      if (isMissingPolicy(error)) return undefined;
      if (!(error instanceof PolicyFormatError)) throw error;
      throw new LabError(`the inline policy ${this.policyName} of ${this.roleName}: ${error.message}`, {
        cause: error,
      });
    }
  }

  /** Deletes the policy when there is no document. */
  async write(document: PolicyDocument | undefined): Promise<void> {
    if (document === undefined) {
      await this.#call(this.#client.send(new this.sdk.DeleteRolePolicyCommand(this.#names())));
      return;
    }
    const PolicyDocument = JSON.stringify(document);
    await this.#call(
      this.#client.send(new this.sdk.PutRolePolicyCommand({ ...this.#names(), PolicyDocument })),
    );
  }

  close(): void {
    this.#client.destroy();
  }

  #names(): { RoleName: string; PolicyName: string } {
    return { RoleName: this.roleName, PolicyName: this.policyName };
  }

  #call<T>(call: Promise<T>): Promise<T> {
    return callAws('IAM', this.settings, call);
  }
}

/** IAM answers the same code for a missing role and a missing policy, and tells them apart in words alone. */
function isMissingPolicy(error: unknown): boolean {
  if (!(error instanceof LabError) || !(error.cause instanceof Error)) return false;
  const { name, message } = error.cause;
  return name.startsWith('NoSuchEntity') && !/role with name/i.test(message);
}
