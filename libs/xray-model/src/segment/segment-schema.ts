import { isEntityId, isObject } from './segment-rules.js';
import type {
  AnnotationValue,
  JsonValue,
  SegmentAws,
  SegmentCause,
  SegmentDocument,
  SegmentException,
  SegmentHttp,
  SegmentLink,
  SegmentSql,
  StackFrame,
} from './segment-document.js';

/** Gives back the part of a value that fits, or `undefined` when nothing does. */
type Fit<T> = (value: unknown) => T | undefined;

/** Every field of `T` with its fit: a field added to the type without one does not compile. */
type Shape<T> = { [K in keyof T]-?: Fit<NonNullable<T[K]>> };

/**
 * Copies what fits the schema out of a document that {@link findProblem} found nothing wrong with. Free-form blocks
 * (`metadata`, `aws`, `service`, attributes of links) keep whatever JSON they hold.
 *
 * A key `__proto__` stays a plain key and never becomes a prototype.
 */
export function toSegmentDocument(raw: unknown): SegmentDocument {
  return segmentDocument(raw) as SegmentDocument;
}

const text: Fit<string> = (value) => (typeof value === 'string' ? value : undefined);
const lowerCaseText: Fit<string> = (value) => text(value)?.toLowerCase();
const flag: Fit<boolean> = (value) => (typeof value === 'boolean' ? value : undefined);
const number: Fit<number> = (value) => (typeof value === 'number' ? value : undefined);
const integer: Fit<number> = (value) => (Number.isInteger(value) ? number(value) : undefined);
const numberOrText: Fit<number | string> = (value) => number(value) ?? text(value);
const entityId: Fit<string> = (value) => (isEntityId(value) ? value.toLowerCase() : undefined);
const isTrue: Fit<boolean> = (value) => (value === true ? true : undefined);
const subsegmentType: Fit<'subsegment'> = (value) => (value === 'subsegment' ? value : undefined);
// What JSON.parse returned is JSON; only the outer kind is left to check.
const json: Fit<JsonValue> = (value) => value as JsonValue;
const jsonObject: Fit<Record<string, JsonValue>> = recordOf(json);

function objectOf<T extends object>(shape: Shape<T>): Fit<T> {
  const fits = new Map<string, Fit<unknown>>(Object.entries(shape));
  return (value) => {
    if (!isObject(value)) return undefined;
    const kept: Record<string, unknown> = {};
    for (const key in value) {
      const fitting = fits.get(key)?.(value[key]);
      if (fitting !== undefined) kept[key] = fitting;
    }
    return kept as T;
  };
}

function listOf<T>(fit: Fit<T>, isComplete: (item: T) => boolean = () => true): Fit<T[]> {
  return (value) => {
    if (!Array.isArray(value)) return undefined;
    return value.map(fit).filter((item): item is T & {} => item !== undefined && isComplete(item));
  };
}

function recordOf<T>(fit: Fit<T>, isKey: (key: string) => boolean = () => true): Fit<Record<string, T>> {
  return (value) => {
    if (!isObject(value)) return undefined;
    const kept: Record<string, T> = {};
    for (const key in value) {
      const fitting = isKey(key) ? fit(value[key]) : undefined;
      if (fitting !== undefined) define(kept, key, fitting);
    }
    return kept;
  };
}

/** The fields named are fitted, the others stay as they are. */
function openObjectOf<T extends object>(known: { [K in keyof T]?: Fit<NonNullable<T[K]>> }): Fit<T> {
  const fits = new Map(Object.entries(known)) as Map<string, Fit<JsonValue>>;
  return (value) => {
    if (!isObject(value)) return undefined;
    const kept: Record<string, JsonValue> = {};
    for (const key in value) {
      const fitting = (fits.get(key) ?? json)(value[key]);
      if (fitting !== undefined) define(kept, key, fitting);
    }
    return kept as T;
  };
}

/** An assignment, but for the one key that an assignment would not make a key of. */
function define<T>(record: Record<string, T>, key: string, value: T): void {
  if (key === '__proto__') Object.defineProperty(record, key, { ...DATA_PROPERTY, value });
  else record[key] = value;
}

const DATA_PROPERTY = { configurable: true, enumerable: true, writable: true };

const link = objectOf<SegmentLink>({ trace_id: lowerCaseText, id: lowerCaseText, attributes: jsonObject });

const http = objectOf<SegmentHttp>({
  request: objectOf<NonNullable<SegmentHttp['request']>>({
    method: text,
    url: text,
    user_agent: text,
    client_ip: text,
    x_forwarded_for: flag,
    traced: flag,
  }),
  response: objectOf<NonNullable<SegmentHttp['response']>>({ status: integer, content_length: numberOrText }),
});

const exception = objectOf<SegmentException>({
  id: lowerCaseText,
  type: text,
  message: text,
  remote: flag,
  truncated: integer,
  skipped: integer,
  cause: lowerCaseText,
  stack: listOf(objectOf<StackFrame>({ path: text, line: integer, label: text })),
});

const causeBlock = objectOf<SegmentCause>({
  working_directory: text,
  paths: listOf(text),
  exceptions: listOf(exception, ({ id }) => id !== undefined),
});

const cause: Fit<SegmentCause | string> = (value) => entityId(value) ?? causeBlock(value);

const sql = objectOf<SegmentSql>({
  url: text,
  connection_string: text,
  database_type: text,
  database_version: text,
  driver_version: text,
  user: text,
  preparation: text,
  sanitized_query: text,
});

const aws = openObjectOf<SegmentAws>({
  account_id: text,
  operation: text,
  region: text,
  request_id: text,
  queue_url: text,
  table_name: text,
  table_names: listOf(text),
  xray: objectOf<NonNullable<SegmentAws['xray']>>({
    sdk: text,
    sdk_version: text,
    auto_instrumentation: flag,
  }),
  ec2: jsonObject,
  ecs: jsonObject,
  eks: jsonObject,
  elastic_beanstalk: jsonObject,
  cloudwatch_logs: listOf(
    objectOf<{ log_group: string; arn?: string }>({ log_group: text, arn: text }),
    ({ log_group: logGroup }) => logGroup !== undefined,
  ),
});

const annotationValue: Fit<AnnotationValue> = (value) => flag(value) ?? number(value) ?? text(value);

const metadataNamespaces = recordOf<Record<string, JsonValue>>(jsonObject);

/** Some tracers write values beside the namespaces; they go where values without a namespace belong. */
const metadata: Fit<Record<string, Record<string, JsonValue>>> = (value) => {
  const namespaces = metadataNamespaces(value);
  if (namespaces === undefined || !isObject(value)) return undefined;
  const loose = Object.entries(value).filter(([, item]) => !isObject(item)) as [string, JsonValue][];
  if (loose.length === 0) return namespaces;
  return { ...namespaces, default: { ...Object.fromEntries(loose), ...namespaces['default'] } };
};

const segmentDocument: Fit<SegmentDocument> = objectOf<SegmentDocument>({
  name: text,
  id: lowerCaseText,
  trace_id: lowerCaseText,
  parent_id: entityId,
  type: subsegmentType,
  start_time: number,
  end_time: number,
  in_progress: isTrue,
  service: openObjectOf<NonNullable<SegmentDocument['service']>>({ version: text }),
  user: text,
  origin: text,
  resource_arn: text,
  links: listOf(link, ({ id, trace_id: traceId }) => id !== undefined && traceId !== undefined),
  http,
  error: flag,
  fault: flag,
  throttle: flag,
  cause,
  aws,
  annotations: recordOf(annotationValue, (key) => /^[A-Za-z0-9_.]+$/.test(key)),
  metadata,
  namespace: text,
  precursor_ids: listOf(text),
  traced: flag,
  sql,
  subsegments: (value) => listOf(segmentDocument)(value),
  inferred: isTrue,
});
