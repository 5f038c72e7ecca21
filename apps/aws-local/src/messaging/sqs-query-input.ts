import type { JsonObject } from '../protocol/api-message.js';
import type { Form } from '../protocol/identify-call.js';

const INTEGERS: ReadonlySet<string> = new Set([
  'DelaySeconds',
  'MaxNumberOfMessages',
  'MaxResults',
  'VisibilityTimeout',
  'WaitTimeSeconds',
]);

/** Numbered members of the query protocol that are lists of texts, by their names in JSON. */
const LISTS: ReadonlyMap<string, string> = new Map([
  ['AttributeName', 'AttributeNames'],
  ['MessageAttributeName', 'MessageAttributeNames'],
  ['MessageSystemAttributeName', 'MessageSystemAttributeNames'],
  ['TagKey', 'TagKeys'],
]);

/** Numbered members that are maps, with the names of their key and value. */
const MAPS: ReadonlyMap<string, { name: string; key: string }> = new Map([
  ['Attribute', { name: 'Attributes', key: 'Name' }],
  ['MessageAttribute', { name: 'MessageAttributes', key: 'Name' }],
  ['Tag', { name: 'Tags', key: 'Key' }],
]);

/** A field's name split at its dots, e.g. `Attribute.1.Name`, with its value. */
type Field = readonly [path: readonly string[], value: string];

/**
 * Turns a form of SQS's older query protocol into the input of its JSON protocol.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-xml.html
 */
export function parseSqsForm(operation: string, form: Form): JsonObject {
  const fields = Object.entries(form)
    .filter(([name]) => name !== 'Action' && name !== 'Version')
    .map(([name, value]) => [name.split('.'), value] as const);
  const input = parseMembers(fields, `${operation}RequestEntry`);
  // The one member whose name in JSON starts with a small letter.
  if (operation !== 'CreateQueue' || input['Tags'] === undefined) return input;
  const { Tags: tags, ...others } = input;
  return { ...others, tags };
}

function parseMembers(fields: readonly Field[], entryName: string | undefined): JsonObject {
  const input: Record<string, unknown> = {};
  for (const [name, group] of groupByHead(fields)) {
    const list = LISTS.get(name);
    const map = MAPS.get(name);
    if (name === entryName) {
      input['Entries'] = numbered(group).map((entry) => parseMembers(entry, undefined));
    } else if (list !== undefined) {
      input[list] = numbered(group).map((item) => item[0]?.[1]);
    } else if (map !== undefined) {
      input[map.name] = Object.fromEntries(numbered(group).map((item) => parseMapEntry(item, map.key)));
    } else {
      const text = group[0]?.[1] ?? '';
      input[name] = INTEGERS.has(name) ? Number(text) : text;
    }
  }
  return input;
}

/** `Name` and `Value`, where a message attribute's value is a structure of its own. */
function parseMapEntry(fields: readonly Field[], keyName: string): [string, unknown] {
  const members = groupByHead(fields);
  const key = members.get(keyName)?.[0]?.[1] ?? '';
  const value = members.get('Value') ?? [];
  const isStructure = value.some(([path]) => path.length > 0);
  return [key, isStructure ? parseMembers(value, undefined) : (value[0]?.[1] ?? '')];
}

/** The fields of each number, in the order of the numbers. */
function numbered(fields: readonly Field[]): (readonly Field[])[] {
  const groups = [...groupByHead(fields)].sort(([a], [b]) => Number(a) - Number(b));
  return groups.map(([, group]) => group);
}

/** Fields by the first part of their names, which is taken off. */
function groupByHead(fields: readonly Field[]): Map<string, Field[]> {
  const groups = new Map<string, Field[]>();
  for (const [[head = '', ...rest], value] of fields) {
    const group = groups.get(head) ?? [];
    group.push([rest, value]);
    groups.set(head, group);
  }
  return groups;
}
