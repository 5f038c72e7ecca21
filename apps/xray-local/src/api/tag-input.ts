import type { Tag } from '../account-settings/tag-registry.js';
import { InvalidRequestError, ResourceNotFoundError, XrayApiError } from './api-error.js';
import type { OperationContext } from './operation.js';
import type { OperationInput } from './operation-input.js';
import { optionalMembersList, optionalText, requireText } from './operation-input.js';

const MAX_LISTED_TAGS = 200;
/** Of one resource. */
const MAX_TAGS = 50;
export const MAX_TAG_KEY_CHARACTERS = 128;
const MAX_TAG_VALUE_CHARACTERS = 256;
const MAX_ARN_CHARACTERS = 1011;

/** Reads `Tags`, which may be left out; each key once. */
export function readTags(input: OperationInput, resourceName: string): Tag[] {
  const tags = new Map<string, Tag>();
  for (const { path, members } of optionalMembersList(input, 'Tags', MAX_LISTED_TAGS) ?? []) {
    const Key = requireText(members, `${path}.Key`, MAX_TAG_KEY_CHARACTERS);
    const Value = optionalText(members, `${path}.Value`, MAX_TAG_VALUE_CHARACTERS);
    if (Value === undefined) throw new InvalidRequestError(`${path}.Value is required`);
    if (/^aws:/i.test(Key)) throw new InvalidRequestError(`${path}.Key must not start with aws:`);
    if (tags.has(Key)) throw new InvalidRequestError(`${path}.Key: ${Key} is there twice`);
    tags.set(Key, { Key, Value });
  }
  requireFewTags(tags.size, resourceName);
  return [...tags.values()];
}

/** @throws {XrayApiError} more tags than a resource may have */
export function requireFewTags(count: number, resourceName: string): void {
  if (count <= MAX_TAGS) return;
  throw new XrayApiError(
    'TooManyTagsException',
    400,
    `Tags: a resource must have at most ${MAX_TAGS} tags, not ${count}`,
    { members: { ResourceName: resourceName } },
  );
}

/** Reads `ResourceARN`, which must be that of a group or a sampling rule. */
export function requireTaggableArn(
  input: OperationInput,
  { groups, samplingRules }: Pick<OperationContext, 'groups' | 'samplingRules'>,
): string {
  const arn = requireText(input, 'ResourceARN', MAX_ARN_CHARACTERS);
  if (groups.byArn(arn) === undefined && samplingRules.byArn(arn) === undefined) {
    throw new ResourceNotFoundError(`ResourceARN: there is no group or sampling rule ${arn}`, arn);
  }
  return arn;
}
