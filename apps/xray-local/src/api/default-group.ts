import type { FilterGroup } from '#xray-model';

/** The group that every account has and every trace is in. */
export const DEFAULT_GROUP: FilterGroup = {
  name: 'Default',
  arn: 'arn:aws:xray:us-east-1:000000000000:group/Default',
};
