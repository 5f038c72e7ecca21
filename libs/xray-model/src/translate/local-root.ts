import { SpanKind } from '../otlp/otlp-span.js';
import type { OtlpSpan } from '../otlp/otlp-span.js';
import type { SegmentDocument } from '../segment/segment-document.js';
import { findAttribute, textOf, withoutAttribute } from './attribute-value.js';
import { RESOURCE_KEY_PREFIX } from './resource-record.js';
import { buildSegment } from './segment.js';
import type { SegmentContext } from './segment.js';
import { readSpanFacts } from './span-facts.js';
import type { SpanFacts } from './span-facts.js';

/** Attributes that tell of the dependency and so have no place in the segment of the service. */
const DEPENDENCY_KEYS = ['aws.remote.service', 'aws.remote.operation', 'remoteTarget', 'K8s.RemoteNamespace'];
const CALL_FIELDS = [
  'operation',
  'account_id',
  'region',
  'request_id',
  'queue_url',
  'table_name',
  'table_names',
];

/**
 * Makes the documents of the root span of a service's own work, as Application Signals marks it: one segment, or for
 * a span that is itself a call to something (every kind but SERVER and INTERNAL) the subsegment of the call and
 * around it the segment of the service.
 */
export function buildLocalRoot(span: OtlpSpan, facts: SpanFacts, context: SegmentContext): SegmentDocument[] {
  if (span.kind === SpanKind.SERVER || span.kind === SpanKind.INTERNAL) {
    const segment = buildSegment(span, facts, context);
    delete segment.type;
    delete segment.namespace;
    return [segment];
  }
  const serviceId = context.settings.newSegmentId();
  return [buildDependency(span, facts, serviceId, context), buildService(span, serviceId, context)];
}

function buildDependency(
  span: OtlpSpan,
  facts: SpanFacts,
  serviceId: string,
  context: SegmentContext,
): SegmentDocument {
  const subsegment = buildSegment({ ...span, parentSpanId: serviceId }, facts, context);
  subsegment.type = 'subsegment';
  subsegment.namespace ??= 'remote';
  if (span.kind === SpanKind.CONSUMER) delete subsegment.links;
  const { remoteService, remoteServiceName } = facts.originalNames;
  if (remoteService !== undefined) subsegment.name = remoteServiceName;
  return subsegment;
}

function buildService(span: OtlpSpan, serviceId: string, context: SegmentContext): SegmentDocument {
  const attributes = DEPENDENCY_KEYS.reduce(withoutAttribute, span.attributes);
  const serviceSpan = { ...span, spanId: serviceId, attributes };
  const segment = buildSegment(serviceSpan, readSpanFacts(serviceSpan), context);
  const localService = findAttribute(span.attributes, 'aws.local.service');
  if (localService !== undefined) segment.name = textOf(localService);
  else if (context.resource.serviceName !== undefined) segment.name = context.resource.serviceName;
  delete segment.http;
  for (const field of segment.aws === undefined ? [] : CALL_FIELDS) delete segment.aws?.[field];
  keepResourceMetadata(segment);
  delete segment.type;
  delete segment.namespace;
  if (span.kind !== SpanKind.CONSUMER) delete segment.links;
  return segment;
}

/** Empty namespaces stay, as in the exporter. */
function keepResourceMetadata({ metadata = {} }: SegmentDocument): void {
  for (const namespace of Object.values(metadata)) {
    for (const key of Object.keys(namespace ?? {})) {
      if (!key.startsWith(RESOURCE_KEY_PREFIX)) delete namespace?.[key];
    }
  }
}
