import { requireGroup } from './group-input.js';
import type { Operation } from './operation.js';

/** Tells about one group, by its name or ARN. */
export const getGroup: Operation = (input, { groups }) => ({ Group: requireGroup(input, groups) });
