import { isJsonObject, type JsonObject } from '../protocol/api-message.js';
import { AwsError } from '../protocol/aws-error.js';

type MemberType = 'text' | 'number' | 'list' | 'map';

const MEMBER_TYPES: ReadonlyMap<string, MemberType> = new Map([
  ...toEntries('text', [
    'BinaryValue',
    'DataType',
    'Id',
    'MessageBody',
    'MessageDeduplicationId',
    'MessageGroupId',
    'NextToken',
    'QueueName',
    'QueueNamePrefix',
    'QueueUrl',
    'ReceiptHandle',
    'StringValue',
  ]),
  ...toEntries('number', [
    'DelaySeconds',
    'MaxNumberOfMessages',
    'MaxResults',
    'VisibilityTimeout',
    'WaitTimeSeconds',
  ]),
  ...toEntries('list', [
    'AttributeNames',
    'Entries',
    'MessageAttributeNames',
    'MessageSystemAttributeNames',
    'TagKeys',
  ]),
  ...toEntries('map', ['Attributes', 'MessageAttributes', 'MessageSystemAttributes', 'Tags', 'tags']),
]);

/** What every entry of a batch must have. */
const ENTRY_MEMBERS: ReadonlyMap<string, readonly string[]> = new Map([
  ['ChangeMessageVisibilityBatch', ['Id', 'ReceiptHandle']],
  ['DeleteMessageBatch', ['Id', 'ReceiptHandle']],
  ['SendMessageBatch', ['Id', 'MessageBody']],
]);

/**
 * Checks the types of an SQS input, which fauxqs takes as they come, and leaves out members that are null.
 *
 * @throws {AwsError} SerializationException; MissingParameter for a structure without what names it
 */
export function checkSqsInput(operation: string, input: JsonObject): JsonObject {
  return checkMembers(input, ENTRY_MEMBERS.get(operation) ?? []);
}

function checkMembers(input: JsonObject, entryMembers: readonly string[]): JsonObject {
  const present = Object.entries(input).filter(([, value]) => value !== null);
  return Object.fromEntries(present.map(([name, value]) => [name, checkMember(name, value, entryMembers)]));
}

function checkMember(name: string, value: unknown, entryMembers: readonly string[]): unknown {
  const type = MEMBER_TYPES.get(name);
  if (type !== undefined && !isOfType(type, value)) {
    throw new AwsError('SerializationException', `The member ${name} must be a ${type}`);
  }
  if (Array.isArray(value)) {
    return value.map((item) =>
      name === 'Entries' ? checkStructure(item, entryMembers) : checkText(name, item),
    );
  }
  if (type !== 'map' || !isJsonObject(value)) return value;
  const hasStructures = name === 'MessageAttributes' || name === 'MessageSystemAttributes';
  const entries = Object.entries(value).map(([key, item]) => [
    key,
    hasStructures ? checkStructure(item, ['DataType']) : checkText(name, item),
  ]);
  return Object.fromEntries(entries) as JsonObject;
}

/** @param required the members without which fauxqs cannot do anything with it */
function checkStructure(value: unknown, required: readonly string[]): JsonObject {
  if (!isJsonObject(value))
    throw new AwsError('SerializationException', 'Start of structure or map expected.');
  const checked = checkMembers(value, []);
  const missing = required.find((name) => checked[name] === undefined);
  if (missing === undefined) return checked;
  throw new AwsError('MissingParameter', `The request must contain the parameter ${missing}.`);
}

function checkText(name: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw new AwsError('SerializationException', `The member ${name} must hold texts`);
}

function isOfType(type: MemberType, value: unknown): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return Number.isInteger(value);
    case 'list':
      return Array.isArray(value);
    case 'map':
      return isJsonObject(value);
  }
}

function toEntries(type: MemberType, names: readonly string[]): [string, MemberType][] {
  return names.map((name) => [name, type]);
}
