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
  ...toEntries('map', ['Attributes', 'MessageAttributes', 'Tags', 'tags']),
]);

/**
 * Checks the types of an SQS input, which fauxqs takes as they come, and leaves out members that are null.
 *
 * @throws {AwsError} SerializationException
 */
export function checkSqsInput(input: JsonObject): JsonObject {
  const present = Object.entries(input).filter(([, value]) => value !== null);
  return Object.fromEntries(present.map(([name, value]) => [name, checkMember(name, value)]));
}

function checkMember(name: string, value: unknown): unknown {
  const type = MEMBER_TYPES.get(name);
  if (type !== undefined && !isOfType(type, value)) {
    throw new AwsError('SerializationException', `The member ${name} must be a ${type}`);
  }
  if (name === 'Entries' && Array.isArray(value)) return value.map(checkStructure);
  if (name === 'MessageAttributes' && isJsonObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, checkStructure(item)]));
  }
  return value;
}

function checkStructure(value: unknown): JsonObject {
  if (!isJsonObject(value))
    throw new AwsError('SerializationException', 'Start of structure or map expected.');
  return checkSqsInput(value);
}

function isOfType(type: MemberType, value: unknown): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number';
    case 'list':
      return Array.isArray(value);
    case 'map':
      return isJsonObject(value);
  }
}

function toEntries(type: MemberType, names: readonly string[]): [string, MemberType][] {
  return names.map((name) => [name, type]);
}
