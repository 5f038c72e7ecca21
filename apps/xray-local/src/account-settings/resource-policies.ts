import type { SettingsStore } from '../settings/settings.store.js';

/** Names are the API's. */
export interface ResourcePolicy {
  PolicyName: string;
  PolicyDocument: string;
  /** Counts the changes. */
  PolicyRevisionId: string;
  /** Epoch seconds. */
  LastUpdatedTime: number;
}

const SETTING = 'resource-policies';

/** The resource policies of the account. They are kept and answered; nothing here asks them. */
export class ResourcePolicies {
  private readonly policies: Map<string, ResourcePolicy>;

  constructor(
    private readonly settings: SettingsStore,
    private readonly now: () => number,
  ) {
    const kept = (settings.get(SETTING) as ResourcePolicy[] | undefined) ?? [];
    this.policies = new Map(kept.map((policy) => [policy.PolicyName, policy]));
  }

  list(): ResourcePolicy[] {
    return [...this.policies.values()];
  }

  byName(name: string): ResourcePolicy | undefined {
    return this.policies.get(name);
  }

  put(name: string, document: string): ResourcePolicy {
    const revision = Number(this.policies.get(name)?.PolicyRevisionId ?? 0) + 1;
    const policy: ResourcePolicy = {
      PolicyName: name,
      PolicyDocument: document,
      PolicyRevisionId: String(revision),
      LastUpdatedTime: this.now() / 1000,
    };
    this.policies.set(name, policy);
    this.settings.set(SETTING, this.list());
    return policy;
  }

  delete(name: string): void {
    this.policies.delete(name);
    this.settings.set(SETTING, this.list());
  }
}
