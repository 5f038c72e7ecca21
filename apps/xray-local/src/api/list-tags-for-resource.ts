import { readListPage } from './list-page.js';
import type { Operation } from './operation.js';
import { requireTaggableArn } from './tag-input.js';

const PAGE_TAGS = 100;

/** Lists the tags of a group or a sampling rule. */
export const listTagsForResource: Operation = (input, context) => {
  const arn = requireTaggableArn(input, context);
  const list = { items: context.tags.of(arn), pageSize: PAGE_TAGS };
  const { items, next } = readListPage(input, ['ListTagsForResource', arn], list);
  return { Tags: items, ...next };
};
