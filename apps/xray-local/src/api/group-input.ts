import type { Group, GroupRegistry, InsightsConfiguration } from '../groups/group-registry.js';
import type { StoredTrace } from '../store/trace.store.js';
import { InvalidRequestError } from './api-error.js';
import { parseFilterInput } from './filter-input.js';
import type { OperationInput } from './operation-input.js';
import { optionalBoolean, optionalMembers, optionalText } from './operation-input.js';

export const MAX_GROUP_NAME_CHARACTERS = 32;
const MAX_GROUP_ARN_CHARACTERS = 400;
const MAX_FILTER_CHARACTERS = 2_000;

/** Finds the group that `GroupName` or `GroupARN` names. Both may be there when they name the same one. */
export function findGroup(input: OperationInput, groups: GroupRegistry): Group | undefined {
  const byName = findBy(input, 'GroupName', MAX_GROUP_NAME_CHARACTERS, (name) => groups.byName(name));
  const byArn = findBy(input, 'GroupARN', MAX_GROUP_ARN_CHARACTERS, (arn) => groups.byArn(arn));
  if (byName !== undefined && byArn !== undefined && byName !== byArn) {
    throw new InvalidRequestError('GroupName and GroupARN must name the same group');
  }
  return byName ?? byArn;
}

/** {@link findGroup} where a group must be named. */
export function requireGroup(input: OperationInput, groups: GroupRegistry): Group {
  const group = findGroup(input, groups);
  if (group === undefined) throw new InvalidRequestError('GroupName or GroupARN is required');
  return group;
}

/** Tells which traces are in the group that the request names; without one, all are. */
export function readGroupFilter(
  input: OperationInput,
  groups: GroupRegistry,
): { groupName: string | undefined; isInGroup: (stored: StoredTrace) => boolean } {
  const groupName = findGroup(input, groups)?.GroupName;
  const filterGroups = groups.filterGroups();
  const expression = filterGroups.find(({ name }) => name === groupName)?.expression;
  if (expression === undefined) return { groupName, isInGroup: () => true };
  return { groupName, isInGroup: (stored) => stored.matches(expression, { groups: filterGroups }) };
}

/** Reads `FilterExpression` of a group: undefined when it is not there, empty when the group is to take everything. */
export function readGroupExpression(input: OperationInput, groups: GroupRegistry): string | undefined {
  const text = optionalText(input, 'FilterExpression', MAX_FILTER_CHARACTERS);
  const trimmed = text?.trim();
  // The column of a mistake is one in the text as it was sent.
  if (text !== undefined && trimmed !== '') parseFilterInput(text, 'FilterExpression', groups);
  return trimmed;
}

/** Reads `InsightsConfiguration`; a member that is not there is that of `current`. */
export function readInsightsConfiguration(
  input: OperationInput,
  current: InsightsConfiguration,
): InsightsConfiguration {
  const members = optionalMembers(input, 'InsightsConfiguration') ?? {};
  const isEnabled =
    optionalBoolean(members, 'InsightsConfiguration.InsightsEnabled') ?? current.InsightsEnabled;
  const notifies =
    optionalBoolean(members, 'InsightsConfiguration.NotificationsEnabled') ?? current.NotificationsEnabled;
  if (notifies && !isEnabled) {
    throw new InvalidRequestError(
      'InsightsConfiguration.NotificationsEnabled needs InsightsConfiguration.InsightsEnabled',
    );
  }
  return { InsightsEnabled: isEnabled, NotificationsEnabled: notifies };
}

function findBy(
  input: OperationInput,
  name: string,
  maxLength: number,
  find: (value: string) => Group | undefined,
): Group | undefined {
  const value = optionalText(input, name, maxLength);
  if (value === undefined) return undefined;
  const group = find(value);
  if (group === undefined) throw new InvalidRequestError(`${name}: there is no group ${value}`);
  return group;
}
