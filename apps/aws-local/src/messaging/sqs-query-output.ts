import { isJsonObject, toText, type JsonObject } from '../protocol/api-message.js';
import { textElement } from '../protocol/xml.js';

/** Operations whose answer has no result element. */
const WITHOUT_RESULT: ReadonlySet<string> = new Set([
  'ChangeMessageVisibility',
  'DeleteMessage',
  'DeleteQueue',
  'PurgeQueue',
  'SetQueueAttributes',
  'TagQueue',
  'UntagQueue',
]);

/** Lists of the JSON protocol by the name of their repeated element in XML. */
const LIST_ELEMENTS: ReadonlyMap<string, string> = new Map([
  ['Failed', 'BatchResultErrorEntry'],
  ['Messages', 'Message'],
  ['QueueUrls', 'QueueUrl'],
]);

/** Maps of the JSON protocol by their repeated element in XML and the name of its key. */
const MAP_ELEMENTS: ReadonlyMap<string, { element: string; key: string }> = new Map([
  ['Attributes', { element: 'Attribute', key: 'Name' }],
  ['MessageAttributes', { element: 'MessageAttribute', key: 'Name' }],
  ['Tags', { element: 'Tag', key: 'Key' }],
]);

/** The inside of the result element for an output of the JSON protocol; nothing where there is none. */
export function renderSqsResult(operation: string, output: JsonObject): string | undefined {
  return WITHOUT_RESULT.has(operation) ? undefined : renderMembers(operation, output);
}

function renderMembers(operation: string, members: JsonObject): string {
  return Object.entries(members)
    .map(([name, value]) => renderMember(operation, name, value))
    .join('');
}

function renderMember(operation: string, name: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  const map = MAP_ELEMENTS.get(name);
  if (map !== undefined && isJsonObject(value)) return renderMap(operation, map, value);
  if (Array.isArray(value)) {
    const element = name === 'Successful' ? `${operation}ResultEntry` : (LIST_ELEMENTS.get(name) ?? name);
    return value.map((item) => renderMember(operation, element, item)).join('');
  }
  if (isJsonObject(value)) return `<${name}>${renderMembers(operation, value)}</${name}>`;
  return textElement(name, toText(value));
}

function renderMap(
  operation: string,
  { element, key }: { element: string; key: string },
  map: JsonObject,
): string {
  return Object.entries(map)
    .map(([name, value]) => {
      const rendered = renderMember(operation, 'Value', value);
      return `<${element}>${textElement(key, name)}${rendered}</${element}>`;
    })
    .join('');
}
