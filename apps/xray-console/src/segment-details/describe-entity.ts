import type { JsonValue, SegmentException, SegmentSql, StackFrame, Trace, TraceEntity } from '#xray-model';

/** A name and what stands beside it. */
export interface Fact {
  name: string;
  value: string;
  /** To be written in a fixed-width font. */
  isCode?: boolean;
}

/** An exception as a reader wants it: what, where, and what was left out. */
export interface ExceptionFact {
  id: string;
  type: string;
  message: string;
  isRemote: boolean;
  frames: StackFrameFact[];
  /** What to say where frames are missing. */
  note: string | undefined;
  /** The exception that caused this one, by its title. */
  causedBy: string | undefined;
}

interface StackFrameFact {
  label: string;
  /** Path and line. */
  place: string;
}

interface MetadataFact {
  namespace: string;
  json: string;
}

/** What happened in the request: status, sizes, who called. */
export function requestFacts({ document: { http } }: TraceEntity): Fact[] {
  const { request, response } = http ?? {};
  return compact([
    ['Method', request?.method],
    ['URL', request?.url, true],
    ['Status', response?.status],
    [
      'Response size',
      response?.content_length === undefined ? undefined : `${response.content_length} bytes`,
    ],
    ['Client', request?.client_ip, true],
    ['Client behind a proxy', request?.x_forwarded_for === true ? 'yes' : undefined],
    ['User agent', request?.user_agent],
  ]);
}

/** The `aws` and `service` blocks, one line a value: `ecs.task_arn`. */
export function resourceFacts({ document }: TraceEntity): Fact[] {
  const { origin, resource_arn: arn, aws, service } = document;
  return [
    ...compact([
      ['Origin', origin],
      ['Resource ARN', arn, true],
    ]),
    ...flatten(aws as JsonValue | undefined, ''),
    ...flatten(service as JsonValue | undefined, 'service'),
  ];
}

export function annotationFacts({ document: { annotations } }: TraceEntity): Fact[] {
  return Object.entries(annotations ?? {}).map(([name, value]) => ({
    name,
    value: String(value),
    isCode: true,
  }));
}

export function metadataFacts({ document: { metadata } }: TraceEntity): MetadataFact[] {
  return Object.entries(metadata ?? {}).map(([namespace, values]) => ({
    namespace,
    json: JSON.stringify(values, undefined, 2),
  }));
}

export function sqlFacts({ document: { sql } }: TraceEntity): { query: string | undefined; facts: Fact[] } {
  const { sanitized_query: query, ...rest } = sql ?? ({} as SegmentSql);
  const facts = Object.entries(rest).map(([name, value]) => ({
    name: SQL_NAMES[name] ?? name,
    value: String(value),
    isCode: true,
  }));
  return { query, facts };
}

/** The exceptions of an entity; a cause that is only an id is looked up in the trace. */
export function exceptionFacts(trace: Trace, { document: { cause } }: TraceEntity): ExceptionFact[] {
  if (cause === undefined) return [];
  const all = exceptionsOf(trace);
  const own = typeof cause === 'string' ? [all.get(cause)] : (cause.exceptions ?? []);
  return own.flatMap((exception) => (exception === undefined ? [] : [toFact(exception, all)]));
}

function exceptionsOf(trace: Trace): Map<string, SegmentException> {
  const all = new Map<string, SegmentException>();
  for (const { document } of trace.entities.values()) {
    if (typeof document.cause !== 'object') continue;
    for (const exception of document.cause.exceptions ?? []) all.set(exception.id, exception);
  }
  return all;
}

function toFact(exception: SegmentException, all: ReadonlyMap<string, SegmentException>): ExceptionFact {
  const { id, type = 'Error', message = '', remote, stack = [], cause } = exception;
  const causing = cause === undefined ? undefined : all.get(cause);
  return {
    id,
    type,
    message,
    isRemote: remote === true,
    frames: stack.map(toFrame),
    note: noteOn(exception),
    causedBy: causing === undefined ? undefined : [causing.type ?? 'Error', causing.message].join(': '),
  };
}

function toFrame({ label = '', path = '', line }: StackFrame): StackFrameFact {
  const lineText = line === undefined || line === 0 ? '' : `:${line}`;
  return { label: label === '' ? '(anonymous)' : label, place: `${path}${lineText}` };
}

function noteOn({ stack = [], truncated = 0, skipped = 0 }: SegmentException): string | undefined {
  if (stack.length === 0) {
    return 'No stack came with it: the sender had none, or the exporter could not read its form and dropped it.';
  }
  const notes = [
    truncated > 0 ? `${truncated} more frames were cut off by the sender.` : '',
    skipped > 0 ? `${skipped} exceptions between this one and its cause were left out.` : '',
  ].filter((note) => note !== '');
  return notes.length === 0 ? undefined : notes.join(' ');
}

function flatten(value: JsonValue | undefined, prefix: string): Fact[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) {
    return [{ name: prefix, value: value.join(', '), isCode: true }];
  }
  if (typeof value !== 'object') return [{ name: prefix, value: String(value), isCode: true }];
  return Object.entries(value).flatMap(([key, part]) =>
    flatten(part, prefix === '' ? key : `${prefix}.${key}`),
  );
}

function compact(rows: readonly (readonly [string, string | number | undefined, boolean?])[]): Fact[] {
  return rows.flatMap(([name, value, isCode]) => {
    if (value === undefined || value === '') return [];
    return [{ name, value: String(value), ...(isCode === true ? { isCode } : {}) }];
  });
}

const SQL_NAMES: Record<string, string> = {
  url: 'URL',
  connection_string: 'Connection',
  database_type: 'Database',
  database_version: 'Database version',
  driver_version: 'Driver version',
  user: 'User',
  preparation: 'Preparation',
};
