import type { AnyValue } from '../otlp/otlp-span.js';
import type { AnnotationValue, JsonValue, SegmentDocument } from '../segment/segment-document.js';
import { findAttribute, textOf } from './attribute-value.js';
import { isAnnotationValue, toAnnotationKey, toAnnotationValue } from './annotation.js';
import { hasKeys, parseJsonObject, setOwn, toJsonValue } from './json-value.js';
import type { TranslationFaults } from './json-value.js';
import type { ResourceFacts } from './resource-facts.js';
import { buildResourceRecord } from './resource-record.js';
import type { ResourceRecord } from './resource-record.js';
import type { SpanFacts } from './span-facts.js';
import type { TranslationSettings } from './translation-settings.js';

const USER_KEY = 'enduser.id';
const ANNOTATION_LIST_KEY = 'aws.xray.annotations';
const NAMESPACE_PREFIX = 'aws.xray.metadata.';
const DEFAULT_NAMESPACE = 'default';

/** What is kept of the attributes that no block has used up. */
export interface SpanRecord {
  user: string;
  annotations: Record<string, AnnotationValue>;
  metadata: NonNullable<SegmentDocument['metadata']>;
}

export interface RecordContext {
  resource: ResourceFacts;
  settings: TranslationSettings;
  /** The document is a segment, which stores its resource. */
  isSegment: boolean;
  faults: TranslationFaults;
}

/** Takes what is left in `facts.rest` for the user, the annotations and the metadata. */
export function takeRecord(facts: SpanFacts, context: RecordContext): SpanRecord {
  const { settings, faults } = context;
  restoreIndexed(facts, settings);
  const user = textOf(facts.rest.get(USER_KEY));
  facts.rest.delete(USER_KEY);
  const ownKeys = takeAnnotationList(facts.rest);
  const keys = ownKeys.length > 0 ? new Set([...settings.indexedKeys, ...ownKeys]) : settings.indexedKeys;

  const resource = context.isSegment
    ? findResourceRecord(context, ownKeys.length > 0 ? keys : undefined)
    : undefined;
  Object.assign(faults, resource?.faults);
  const record: Recording = {
    annotations: { ...resource?.annotations },
    metadata: {},
    defaults: { ...resource?.metadata },
    faults,
  };
  for (const [key, value] of facts.rest) {
    if (settings.indexAllAttributes || keys.has(key)) annotate(record, key, value);
    else addMetadata(record, key, value);
  }
  if (hasKeys(record.defaults)) record.metadata[DEFAULT_NAMESPACE] = record.defaults;
  return { user, annotations: record.annotations, metadata: record.metadata };
}

interface Recording {
  annotations: Record<string, AnnotationValue>;
  metadata: NonNullable<SegmentDocument['metadata']>;
  defaults: Record<string, JsonValue>;
  faults: TranslationFaults;
}

/** What the configuration indexes becomes an annotation also when a block has used it up. */
function restoreIndexed({ rest, attributes }: SpanFacts, { indexedAttributes }: TranslationSettings): void {
  for (const key of indexedAttributes) {
    const value = rest.has(key) ? undefined : findAttribute(attributes, key);
    if (value !== undefined) rest.set(key, value);
  }
}

/** The keys that the span itself wants indexed. */
function takeAnnotationList(rest: Map<string, AnyValue>): string[] {
  const list = rest.get(ANNOTATION_LIST_KEY);
  if (list?.kind !== 'array') return [];
  rest.delete(ANNOTATION_LIST_KEY);
  return list.values.filter((item) => item.kind === 'string').map(textOf);
}

/** @param keys the indexed ones when they are not those of the configuration */
function findResourceRecord(context: RecordContext, keys: ReadonlySet<string> | undefined): ResourceRecord {
  const { resource, settings } = context;
  if (keys === undefined || settings.indexAllAttributes) return resource.record;
  return buildResourceRecord(resource.attributes, keys);
}

/** What cannot be an annotation is lost. */
function annotate({ annotations, faults }: Recording, key: string, value: AnyValue): void {
  if (isAnnotationValue(value)) setOwn(annotations, toAnnotationKey(key), toAnnotationValue(value, faults));
}

function addMetadata({ metadata, defaults, faults }: Recording, key: string, value: AnyValue): void {
  if (value.kind === 'string' && key.startsWith(NAMESPACE_PREFIX)) {
    const namespace = key.slice(NAMESPACE_PREFIX.length);
    const object = parseJsonObject(value.value);
    if (object === undefined) setOwn(defaults, key, value.value);
    else if (namespace.toLowerCase() !== DEFAULT_NAMESPACE) setOwn(metadata, namespace, object);
    else for (const inner of Object.keys(object ?? {})) setOwn(defaults, inner, object?.[inner] ?? null);
    return;
  }
  const json = toJsonValue(value, faults);
  if (json !== undefined) setOwn(defaults, key, json);
}
