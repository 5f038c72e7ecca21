import { toOtelTraceId } from '#xray-model';
import type { SegmentDocument, Trace, TraceEntity } from '#xray-model';

/** An attribute's value as the document has it. */
type Attributes = Record<string, unknown>;

/**
 * Writes what a segment or subsegment says as a span, in the shape in which CloudWatch keeps spans. What X-Ray's
 * documents have no place for (the scope, events that are not exceptions, the trace state) is gone by then.
 */
export function toOtelSpanDocument({ id }: Trace, entity: TraceEntity): object {
  const { document, startTimeSec, endTimeSec } = entity;
  const end =
    endTimeSec === undefined
      ? {}
      : { endTimeUnixNano: toNano(endTimeSec), durationNano: toNano(Math.max(0, endTimeSec - startTimeSec)) };
  const service = entity.kind === 'segment' ? entity : entity.owner;
  return {
    resource: { attributes: service === undefined ? {} : resourceAttributes(service.document) },
    traceId: toOtelTraceId(id),
    spanId: entity.id,
    ...(document.parent_id === undefined && entity.parent === undefined
      ? {}
      : { parentSpanId: document.parent_id ?? entity.parent?.id }),
    name: document.name,
    kind: kindOf(entity),
    startTimeUnixNano: toNano(startTimeSec),
    ...end,
    attributes: spanAttributes(document),
    status: { code: document.fault === true || document.error === true ? 'ERROR' : 'UNSET' },
    ...eventsOf(document, startTimeSec),
    ...linksOf(document),
  };
}

function kindOf({ kind, document }: TraceEntity): 'SERVER' | 'CLIENT' | 'INTERNAL' {
  if (kind === 'segment') return 'SERVER';
  return document.namespace === undefined && document.sql === undefined ? 'INTERNAL' : 'CLIENT';
}

function resourceAttributes({ name, origin, aws, service }: SegmentDocument): Attributes {
  return defined({
    'service.name': name,
    'service.version': service?.version,
    'cloud.account.id': aws?.account_id,
    'aws.xray.origin': origin,
  });
}

function spanAttributes({ http, aws, sql, user, annotations, metadata }: SegmentDocument): Attributes {
  return {
    ...metadata?.['default'],
    ...annotations,
    ...defined({
      'http.request.method': http?.request?.method,
      'url.full': http?.request?.url,
      'user_agent.original': http?.request?.user_agent,
      'client.address': http?.request?.client_ip,
      'http.response.status_code': http?.response?.status,
      'aws.operation': aws?.operation,
      'aws.region': aws?.region,
      'aws.request_id': aws?.request_id,
      'aws.table_name': aws?.table_name,
      'aws.queue_url': aws?.queue_url,
      'db.system': sql?.database_type,
      'db.statement': sql?.sanitized_query,
      'enduser.id': user,
    }),
  };
}

function eventsOf({ cause, end_time: endTimeSec }: SegmentDocument, startTimeSec: number): object {
  if (typeof cause !== 'object' || cause.exceptions === undefined) return {};
  return {
    events: cause.exceptions.map(({ type, message }) => ({
      name: 'exception',
      timeUnixNano: toNano(endTimeSec ?? startTimeSec),
      attributes: defined({ 'exception.type': type, 'exception.message': message }),
    })),
  };
}

function linksOf({ links }: SegmentDocument): object {
  if (links === undefined) return {};
  return {
    links: links.map(({ trace_id: traceId, id, attributes }) => ({
      traceId: traceId.replaceAll('-', '').slice(1),
      spanId: id,
      attributes: attributes ?? {},
    })),
  };
}

function defined(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
}

function toNano(seconds: number): number {
  return Math.round(seconds * 1e9);
}
