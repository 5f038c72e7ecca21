import type { SettingsStore } from '../settings/settings.store.js';

/** Names are the API's. */
export interface Tag {
  Key: string;
  Value: string;
}

const SETTING = 'tags';

/** The tags of groups and sampling rules, by ARN. */
export class TagRegistry {
  private readonly tags: Map<string, Tag[]>;

  constructor(private readonly settings: SettingsStore) {
    this.tags = new Map((settings.get(SETTING) as [string, Tag[]][] | undefined) ?? []);
  }

  of(arn: string): readonly Tag[] {
    return this.tags.get(arn) ?? [];
  }

  replace(arn: string, tags: readonly Tag[]): void {
    if (tags.length === 0) this.tags.delete(arn);
    else this.tags.set(arn, [...tags]);
    this.settings.set(SETTING, [...this.tags]);
  }
}
