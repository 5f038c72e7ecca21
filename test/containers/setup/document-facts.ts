/** A value of a document. */
type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** Differ from run to run, in every stack. */
const VOLATILE = new Set([
  'account_id',
  'client_ip',
  'container',
  'container_arn',
  'container_id',
  'id',
  'end_time',
  'parent_id',
  'request_id',
  'start_time',
  'task_arn',
  'trace_id',
  'cause',
  'cluster_arn',
]);
/** Values that name a host, a process or a moment; that they are there is compared, and not what they are. */
const VOLATILE_METADATA =
  /(?:arn|container\.(?:id|name)|resource_id|log\.stream|port|address|request\.?id|host|url)/i;
/** What the collector's ecs detector finds and OpenTelemetry JS does not: on ECS, the id of the task of both. */
const ADDED_BY_COLLECTOR = 'otel.resource.aws.ecs.task.id';
const HOST = /https?:\/\/[^/]+/g;
/** The session of a role, in AWS's messages. */
const SESSION = /(assumed-role\/[^/]+)\/\w+/g;

/**
 * A segment document without what no two runs share: ids and times say that they are there, hosts are named alike, and
 * stacks say how many of their frames have a line.
 */
export function toDocumentFacts(document: Json, key = ''): Json {
  if (Array.isArray(document)) {
    if (key === 'stack') return { framesWithPlace: document.filter(hasPlace).length > 0 };
    return document.map((entry) => toDocumentFacts(entry, key));
  }
  if (document !== null && typeof document === 'object') {
    const entries = Object.entries(document)
      .filter(([name]) => name !== ADDED_BY_COLLECTOR)
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(entries.map(([name, value]) => [name, toFact(name, value)]));
  }
  return typeof document === 'string'
    ? document.replace(HOST, 'http://host').replace(SESSION, '$1/session')
    : document;
}

function toFact(name: string, value: Json): Json {
  if (isNamelessValue(value) && (VOLATILE.has(name) || VOLATILE_METADATA.test(name)))
    return `a ${typeof value}`;
  return toDocumentFacts(value, name);
}

/** A scalar or a list of them. */
function isNamelessValue(value: Json): boolean {
  if (Array.isArray(value)) return value.every(isNamelessValue);
  return value === null || typeof value !== 'object';
}

function hasPlace(frame: Json): boolean {
  if (frame === null || typeof frame !== 'object' || Array.isArray(frame)) return false;
  const { path, line } = frame;
  return typeof path === 'string' && path.startsWith('/') && typeof line === 'number' && line > 0;
}
