import { DEFAULT_GROUP_NAME } from '../groups/group-registry.js';
import { InvalidRequestError } from './api-error.js';
import { requireGroup } from './group-input.js';
import type { Operation } from './operation.js';

/** Deletes a group and its tags. */
export const deleteGroup: Operation = (input, { groups, tags }) => {
  const group = requireGroup(input, groups);
  if (group.GroupName === DEFAULT_GROUP_NAME) {
    throw new InvalidRequestError('GroupName: the default group cannot be deleted');
  }
  groups.delete(group);
  tags.replace(group.GroupARN, []);
  return {};
};
