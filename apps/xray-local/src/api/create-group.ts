import { DEFAULT_GROUP_NAME } from '../groups/group-registry.js';
import { InvalidRequestError } from './api-error.js';
import { MAX_GROUP_NAME_CHARACTERS, readGroupExpression, readInsightsConfiguration } from './group-input.js';
import type { Operation } from './operation.js';
import { requireText } from './operation-input.js';
import { readTags } from './tag-input.js';

/** AWS's quota, besides the default group. */
const MAX_GROUPS = 25;
const GROUP_NAME = /^[A-Za-z0-9-]+$/;

/** Makes a group. Its expression is evaluated when traces are read, so earlier traces are in it too. */
export const createGroup: Operation = (input, { groups, tags }) => {
  const name = requireText(input, 'GroupName', MAX_GROUP_NAME_CHARACTERS);
  if (!GROUP_NAME.test(name)) {
    throw new InvalidRequestError('GroupName must have letters, digits and dashes alone');
  }
  if (name === DEFAULT_GROUP_NAME) throw new InvalidRequestError(`GroupName: ${name} is reserved`);
  if (groups.byName(name) !== undefined) throw new InvalidRequestError(`GroupName: there is a group ${name}`);
  if (groups.list().length > MAX_GROUPS) {
    throw new InvalidRequestError(`GroupName: there are ${MAX_GROUPS} groups, which is the limit`);
  }
  const FilterExpression = readGroupExpression(input, groups);
  const off = { InsightsEnabled: false, NotificationsEnabled: false };
  const InsightsConfiguration = readInsightsConfiguration(input, off);
  const newTags = readTags(input, name);

  const group = groups.create({
    GroupName: name,
    InsightsConfiguration,
    ...(FilterExpression === undefined || FilterExpression === '' ? {} : { FilterExpression }),
  });
  tags.replace(group.GroupARN, newTags);
  return { Group: group };
};
