export type { FilterExpression } from './filter/filter-expression.js';
export { FilterSyntaxError } from './filter/filter-syntax-error.js';
export { matchesFilter } from './filter/matches-filter.js';
export type { FilterContext, FilterGroup } from './filter/matches-filter.js';
export { parseFilterExpression } from './filter/parse-filter-expression.js';
export { buildServiceGraph } from './graph/build-service-graph.js';
export { NodePool } from './graph/node-pool.js';
export { ServiceGraphBuilder } from './graph/service-graph-builder.js';
export type { GraphWindow } from './graph/service-graph-builder.js';
export type {
  HistogramEntry,
  Service,
  ServiceAlias,
  ServiceEdge,
  SummaryStatistics,
} from './graph/service-graph.js';
export { contributionsOf } from './graph/trace-contribution.js';
export type { TraceContribution } from './graph/trace-contribution.js';
export { formatTraceHeader, parseTraceHeader } from './ids/trace-header.js';
export type { TraceHeader } from './ids/trace-header.js';
export {
  isXRayTraceId,
  toOtelTraceId,
  toXRayTraceId,
  traceIdEpochSec,
  TraceIdFormatError,
} from './ids/trace-id.js';
export { OtlpFormatError } from './otlp/otlp-format-error.js';
export { SpanKind, StatusCode } from './otlp/otlp-span.js';
export type {
  AnyValue,
  KeyValue,
  OtlpEvent,
  OtlpLink,
  OtlpResource,
  OtlpSpan,
  ResourceSpans,
} from './otlp/otlp-span.js';
export { parseOtlpJson } from './otlp/parse-otlp-json.js';
export type { OtlpRequest, SpanRejection } from './otlp/parse-otlp-json.js';
export { MAX_SEGMENT_BYTES, parseSegmentDocument } from './segment/parse-segment-document.js';
export type { ParsedSegment, SegmentRejection } from './segment/parse-segment-document.js';
export type {
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
} from './segment/segment-document.js';
export type { SegmentErrorCode } from './segment/segment-rules.js';
export { assembleTrace } from './trace/assemble-trace.js';
export { buildTimeline } from './trace/build-timeline.js';
export type { TimelineRow } from './trace/build-timeline.js';
export { compileTrace } from './trace/compile-trace.js';
export type { CompiledTrace } from './trace/compile-trace.js';
export { nodeKeyText } from './trace/node-key.js';
export { summarizeTrace } from './trace/summarize-trace.js';
export type {
  FailedEntity,
  RootCause,
  RootCauseService,
  ServiceId,
  SlowEntity,
  SummaryAnnotation,
  SummaryHttp,
  TraceSummary,
} from './trace/trace-summary.js';
export type {
  NodeKey,
  Outcome,
  Trace,
  TraceCall,
  TraceEntity,
  TraceLink,
  TraceSegment,
  TraceSubsegment,
} from './trace/trace.js';
export { serializeSegmentDocument } from './translate/serialize-segment-document.js';
export { createTranslator } from './translate/translator.js';
export type {
  TranslationResult,
  Translator,
  TranslatorOptions,
  UntranslatedSpan,
} from './translate/translator.js';
