import type { SettingsStore } from '../settings/settings.store.js';

/** Names are the API's. */
export interface EncryptionConfig {
  KeyId?: string;
  Status: 'UPDATING' | 'ACTIVE';
  Type: 'NONE' | 'KMS';
}

/** Names are the API's; the time is epoch seconds. */
export interface IndexingRule {
  Name: string;
  ModifiedAt: number;
  Rule: { Probabilistic: { DesiredSamplingPercentage: number; ActualSamplingPercentage: number } };
}

export type SegmentDestination = 'XRay' | 'CloudWatchLogs';

/** Settings that a local X-Ray keeps and answers, and that change nothing in it. */
export class AccountSettings {
  constructor(
    private readonly settings: SettingsStore,
    private readonly now: () => number,
  ) {}

  get encryption(): EncryptionConfig {
    return (
      (this.settings.get('encryption') as EncryptionConfig | undefined) ?? { Status: 'ACTIVE', Type: 'NONE' }
    );
  }

  set encryption(config: EncryptionConfig) {
    this.settings.set('encryption', config);
  }

  /** The only one there is, as in AWS. */
  get indexingRule(): IndexingRule {
    return (this.settings.get('indexing-rule') as IndexingRule | undefined) ?? toIndexingRule(1, 0);
  }

  setIndexingPercentage(percentage: number): void {
    this.settings.set('indexing-rule', toIndexingRule(percentage, this.now() / 1000));
  }

  get segmentDestination(): SegmentDestination {
    return (this.settings.get('segment-destination') as SegmentDestination | undefined) ?? 'XRay';
  }

  set segmentDestination(destination: SegmentDestination) {
    this.settings.set('segment-destination', destination);
  }
}

function toIndexingRule(percentage: number, modifiedSec: number): IndexingRule {
  return {
    Name: 'Default',
    ModifiedAt: modifiedSec,
    // Everything that arrives can be searched, whatever part is asked for.
    Rule: { Probabilistic: { DesiredSamplingPercentage: percentage, ActualSamplingPercentage: 100 } },
  };
}
