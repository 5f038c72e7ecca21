import { randomBytes } from 'node:crypto';
import { parseFilterExpression } from '#xray-model';
import type { FilterGroup } from '#xray-model';
import { DEFAULT_GROUP_ARN, groupArn } from '../account-settings/account-arn.js';
import type { SettingsStore } from '../settings/settings.store.js';

/** A group as the API writes it. */
export interface Group {
  GroupName: string;
  GroupARN: string;
  /** Absent on a group that takes every trace. */
  FilterExpression?: string;
  InsightsConfiguration: InsightsConfiguration;
}

export interface InsightsConfiguration {
  InsightsEnabled: boolean;
  NotificationsEnabled: boolean;
}

export const DEFAULT_GROUP_NAME = 'Default';

const SETTING = 'groups';

const NO_INSIGHTS: InsightsConfiguration = { InsightsEnabled: false, NotificationsEnabled: false };

/** The groups of the account: that of everything, which cannot be deleted, and those that users made. */
export class GroupRegistry {
  private groups: Group[];
  private parsed: FilterGroup[] | undefined;

  constructor(private readonly settings: SettingsStore) {
    this.groups = (settings.get(SETTING) as Group[] | undefined) ?? [
      {
        GroupName: DEFAULT_GROUP_NAME,
        GroupARN: DEFAULT_GROUP_ARN,
        InsightsConfiguration: NO_INSIGHTS,
      },
    ];
  }

  /** The default group first, then in the order of their making. */
  list(): readonly Group[] {
    return this.groups;
  }

  byName(name: string): Group | undefined {
    return this.groups.find(({ GroupName }) => GroupName === name);
  }

  byArn(arn: string): Group | undefined {
    return this.groups.find(({ GroupARN }) => GroupARN === arn);
  }

  create(group: Partial<Group> & Pick<Group, 'GroupName'>): Group {
    const id = randomBytes(16).toString('hex').toUpperCase();
    const created: Group = {
      InsightsConfiguration: NO_INSIGHTS,
      ...group,
      GroupARN: groupArn(group.GroupName, id),
    };
    this.replaceAll([...this.groups, created]);
    return created;
  }

  /** Puts the group in the place of the one with its ARN. */
  update(group: Group): void {
    this.replaceAll(this.groups.map((known) => (known.GroupARN === group.GroupARN ? group : known)));
  }

  delete({ GroupARN }: Group): void {
    this.replaceAll(this.groups.filter((group) => group.GroupARN !== GroupARN));
  }

  /** For the evaluation of filters that refer to groups. */
  filterGroups(): readonly FilterGroup[] {
    this.parsed ??= this.groups.map(toFilterGroup);
    return this.parsed;
  }

  private replaceAll(groups: Group[]): void {
    this.groups = groups;
    this.parsed = undefined;
    this.settings.set(SETTING, groups);
  }
}

function toFilterGroup({ GroupName, GroupARN, FilterExpression }: Group): FilterGroup {
  const group: FilterGroup = { name: GroupName, arn: GroupARN };
  if (FilterExpression !== undefined) group.expression = parseFilterExpression(FilterExpression);
  return group;
}
