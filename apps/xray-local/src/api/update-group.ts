import { DEFAULT_GROUP_NAME } from '../groups/group-registry.js';
import { InvalidRequestError } from './api-error.js';
import { readGroupExpression, readInsightsConfiguration, requireGroup } from './group-input.js';
import type { Operation } from './operation.js';

/** Changes the members of a group that the request has; an empty expression makes it take everything. */
export const updateGroup: Operation = (input, { groups }) => {
  const { FilterExpression: oldExpression, ...group } = requireGroup(input, groups);
  const newExpression = readGroupExpression(input, groups);
  if (newExpression !== undefined && group.GroupName === DEFAULT_GROUP_NAME) {
    throw new InvalidRequestError('FilterExpression: the default group takes every trace');
  }
  const expression = newExpression ?? oldExpression ?? '';
  const updated = {
    ...group,
    InsightsConfiguration: readInsightsConfiguration(input, group.InsightsConfiguration),
    ...(expression === '' ? {} : { FilterExpression: expression }),
  };
  groups.update(updated);
  return { Group: updated };
};
