import { InvalidRequestError } from './api-error.js';
import type { Operation } from './operation.js';
import { readTags, requireFewTags, requireTaggableArn } from './tag-input.js';

/** Adds tags to a group or a sampling rule; those with a key that is there replace its value. */
export const tagResource: Operation = (input, context) => {
  const arn = requireTaggableArn(input, context);
  const added = readTags(input, arn);
  if (added.length === 0) throw new InvalidRequestError('Tags is required, and must not be empty');
  const tags = new Map([...context.tags.of(arn), ...added].map((tag) => [tag.Key, tag]));
  requireFewTags(tags.size, arn);
  context.tags.replace(arn, [...tags.values()]);
  return {};
};
