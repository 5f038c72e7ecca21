import { isDeepStrictEqual } from 'node:util';

/** A parsed document; nobody here knows its shape better. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export interface Difference {
  /** Where in the documents, such as `[0].http.request.url`. */
  path: string;
  exporter: string;
  ours: string;
}

/**
 * Compares the documents of one span whole. The order of keys does not count, and random ids (of exceptions, and of the
 * segment around a local root that is itself a call) only by what they point at.
 *
 * @param exporterTexts what the real exporter sent, in its order
 */
export function compareDocuments(
  exporterTexts: readonly string[],
  ourTexts: readonly string[],
): Difference[] {
  const exporter = withNamedIds(exporterTexts.map(parseExactly));
  const ours = withNamedIds(ourTexts.map(parseExactly));
  if (isDeepStrictEqual(exporter, ours)) return [];
  const differences: Difference[] = [];
  collectDifferences(exporter, ours, '', differences);
  return differences;
}

/** Where X-Ray's own numbers are doubles, so that the digits beyond one do not count. */
const DOUBLE_FIELDS = ['annotations', 'http', 'cause'] as const;

/** Parses without rounding: an integer that a number cannot hold becomes a text of its digits. */
function parseExactly(text: string): Json {
  const exact = (_key: string, value: unknown, { source = '' }: { source?: string } = {}): unknown =>
    typeof value === 'number' && /^-?\d+$/.test(source) && !Number.isSafeInteger(value)
      ? `integer ${source}`
      : value;
  const parse = JSON.parse as (text: string, reviver: typeof exact) => Json;
  const document = parse(text, exact);
  if (!isObject(document)) return document;
  const rounded = JSON.parse(text) as Record<string, Json>;
  for (const field of DOUBLE_FIELDS) {
    if (rounded[field] !== undefined) document[field] = rounded[field];
  }
  return document;
}

const RANDOM_ID = /^[0-9a-f]{16}$/;

function withNamedIds(documents: Json[]): Json[] {
  const names = new Map<Json | undefined, string>();
  const [dependency, service] = documents;
  if (documents.length === 2 && isObject(dependency) && isObject(service))
    nameId(names, service['id'], 'service');
  for (const exception of documents.flatMap(exceptionsOf)) {
    nameId(names, exception['id'], `exception ${names.size}`);
  }
  for (const document of documents) {
    renameIds(document, ['id', 'parent_id'], names);
    for (const exception of exceptionsOf(document)) renameIds(exception, ['id', 'cause'], names);
  }
  return documents;
}

function nameId(names: Map<Json | undefined, string>, id: Json | undefined, name: string): void {
  if (typeof id === 'string' && RANDOM_ID.test(id)) names.set(id, name);
}

function renameIds(
  object: Json,
  keys: readonly string[],
  names: ReadonlyMap<Json | undefined, string>,
): void {
  if (!isObject(object)) return;
  for (const key of keys) {
    const name = names.get(object[key]);
    if (name !== undefined) object[key] = name;
  }
}

function exceptionsOf(document: Json): Record<string, Json>[] {
  const cause = isObject(document) ? document['cause'] : undefined;
  const exceptions = isObject(cause) ? cause['exceptions'] : undefined;
  return Array.isArray(exceptions) ? exceptions.filter(isObject) : [];
}

function collectDifferences(
  exporter: Json | undefined,
  ours: Json | undefined,
  path: string,
  differences: Difference[],
): void {
  if (isDeepStrictEqual(exporter, ours)) return;
  if (!isBranch(exporter) || !isBranch(ours) || Array.isArray(exporter) !== Array.isArray(ours)) {
    differences.push({ path, exporter: show(exporter), ours: show(ours) });
    return;
  }
  for (const key of new Set([...Object.keys(exporter), ...Object.keys(ours)])) {
    const place = Array.isArray(exporter) ? `${path}[${key}]` : `${path}.${key}`;
    collectDifferences(propertyOf(exporter, key), propertyOf(ours, key), place, differences);
  }
}

function isBranch(value: Json | undefined): value is Json[] | Record<string, Json> {
  return Array.isArray(value) || isObject(value);
}

function propertyOf(branch: Json[] | Record<string, Json>, key: string): Json | undefined {
  return Object.getOwnPropertyDescriptor(branch, key)?.value as Json | undefined;
}

function isObject(value: Json | undefined): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const SHOWN_CHARACTERS = 300;

function show(value: Json | undefined): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, SHOWN_CHARACTERS);
}
