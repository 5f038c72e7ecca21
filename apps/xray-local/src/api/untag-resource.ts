import type { Operation } from './operation.js';
import { requireTextList } from './operation-input.js';
import { MAX_TAG_KEY_CHARACTERS, requireTaggableArn } from './tag-input.js';

/** Takes tags away by their keys; keys that are not there do not matter. */
export const untagResource: Operation = (input, context) => {
  const arn = requireTaggableArn(input, context);
  const limits = { minItems: 1, maxItems: 200, minLength: 1, maxLength: MAX_TAG_KEY_CHARACTERS };
  const keys = new Set(requireTextList(input, 'TagKeys', limits));
  context.tags.replace(
    arn,
    context.tags.of(arn).filter(({ Key }) => !keys.has(Key)),
  );
  return {};
};
