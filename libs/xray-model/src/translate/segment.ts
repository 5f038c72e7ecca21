import { SpanKind } from '../otlp/otlp-span.js';
import type { OtlpSpan } from '../otlp/otlp-span.js';
import type { SegmentDocument } from '../segment/segment-document.js';
import { buildAwsBlock } from './aws-block.js';
import { takeCauseBlock } from './cause-block.js';
import { isEmptyId, toDocumentTraceId } from './document-ids.js';
import { flagErrors } from './error-flags.js';
import { buildHttpBlock } from './http-block.js';
import { hasKeys } from './json-value.js';
import type { TranslationFaults } from './json-value.js';
import { buildLinks } from './links.js';
import { takeRecord } from './record.js';
import type { ResourceFacts } from './resource-facts.js';
import { nameSegment } from './segment-name.js';
import type { SpanFacts } from './span-facts.js';
import { takeSqlBlock } from './sql-block.js';
import type { TranslationSettings } from './translation-settings.js';

export interface SegmentContext {
  resource: ResourceFacts;
  settings: TranslationSettings;
  faults: TranslationFaults;
}

/**
 * Makes the document of a span, and uses `facts` up. A SERVER or CONSUMER span and a span without a parent become a
 * segment, the others a subsegment; a segment stores its resource in the metadata.
 */
export function buildSegment(span: OtlpSpan, facts: SpanFacts, context: SegmentContext): SegmentDocument {
  const { resource, settings, faults } = context;
  const isSegment =
    span.kind === SpanKind.SERVER || span.kind === SpanKind.CONSUMER || isEmptyId(span.parentSpanId);
  // The order matters: each of these takes from `facts.rest` what the next ones shall not see.
  const http = buildHttpBlock(span, facts.http);
  const cause = takeCauseBlock(span, facts.rest, {
    isAwsCall: facts.names.isAwsCall,
    language: resource.language,
    newExceptionId: settings.newSegmentId,
  });
  const sql = takeSqlBlock(span.name, facts.rest);
  const record = takeRecord(facts, { resource, settings, isSegment, faults });
  const { name, namespace } = nameSegment(span, facts.names, resource.serviceName ?? '');
  const { fault, error, throttle } = flagErrors(span.status.code, facts.statusCodes);

  const document: SegmentDocument = {
    name,
    id: isEmptyId(span.spanId) ? '' : span.spanId,
    start_time: toEpochSec(span.startTimeUnixNano),
  };
  if (resource.service !== undefined) document.service = resource.service;
  if (resource.origin !== undefined) document.origin = resource.origin;
  if (record.user !== '') document.user = record.user;
  if (span.links.length > 0) document.links = buildLinks(span.links, faults);
  document.trace_id = toDocumentTraceId(span.traceId);
  if (facts.inProgress?.kind === 'bool' && facts.inProgress.value) document.in_progress = true;
  else document.end_time = toEpochSec(span.endTimeUnixNano);
  if (http !== undefined) document.http = http;
  document.fault = fault;
  document.error = error;
  document.throttle = throttle;
  if (cause !== undefined) document.cause = cause;
  if (resource.aws !== undefined) document.aws = buildAwsBlock(resource.aws, facts.aws);
  if (hasKeys(record.annotations)) document.annotations = record.annotations;
  if (hasKeys(record.metadata)) document.metadata = record.metadata;
  if (namespace !== undefined) document.namespace = namespace;
  if (!isEmptyId(span.parentSpanId)) document.parent_id = span.parentSpanId;
  if (!isSegment) document.type = 'subsegment';
  if (sql !== undefined) document.sql = sql;
  return document;
}

const NANOS_PER_SEC = 1e9;

function toEpochSec(unixNano: number): number {
  return unixNano / NANOS_PER_SEC;
}
