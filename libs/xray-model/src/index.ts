/**
 * X-Ray's ids, documents, traces, service graphs and filter expressions, and the translation of OpenTelemetry's spans.
 * Pure: it runs in a browser.
 *
 * @module xray-model
 */
export { decideFilter } from './filter/decide-filter.js';
export type { FilterExpression, NodeSelector } from './filter/filter-expression.js';
export { findSimpleKeyword, listKeywords } from './filter/filter-keywords.js';
export type { FilterPlace } from './filter/filter-keywords.js';
export { FilterSyntaxError } from './filter/filter-syntax-error.js';
export { matchesFilter } from './filter/matches-filter.js';
export type { FilterContext, FilterGroup } from './filter/matches-filter.js';
export { parseFilterExpression } from './filter/parse-filter-expression.js';
export { buildServiceGraph } from './graph/build-service-graph.js';
export { formatCount, formatPerMinute, formatSeconds } from './graph/format-figures.js';
export { figuresOf, linkFiguresOf } from './graph/node-figures.js';
export type { AnsweredHistogram, AnsweredStatistics, Figures, LinkFigures } from './graph/node-figures.js';
export { isClientNode, nameNodes, orderFromClients } from './graph/node-order.js';
export type { AnsweredNode } from './graph/node-order.js';
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
export { TimeSeriesBuilder } from './graph/time-series-builder.js';
export type { SeriesPeriod, SeriesSelector } from './graph/time-series-builder.js';
export { contributionsOf, hasSegmentEndingIn } from './graph/trace-contribution.js';
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
export {
  checkSegmentDocument,
  checkSegmentText,
  MAX_SEGMENT_BYTES,
  parseSegmentDocument,
  reviveSegmentDocument,
} from './segment/parse-segment-document.js';
export type { CheckedSegment, ParsedSegment, SegmentRejection } from './segment/parse-segment-document.js';
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
export { toSegmentHead } from './segment/segment-head.js';
export type { SegmentHead } from './segment/segment-head.js';
export type { SegmentErrorCode } from './segment/segment-rules.js';
export { assembleTrace } from './trace/assemble-trace.js';
export { buildTimeline } from './trace/build-timeline.js';
export type { TimelineRow } from './trace/build-timeline.js';
export { compileTrace } from './trace/compile-trace.js';
export type { CompiledTrace } from './trace/compile-trace.js';
export { linkedTraceIds, linkSearchRange, linksTo, MAX_LINK_CANDIDATES } from './trace/linking-traces.js';
export { nodeKeyText } from './trace/node-key.js';
export { summarizeTrace } from './trace/summarize-trace.js';
export { DigestPool, digestTrace, parseTraceDigest, serializeTraceDigest } from './trace/trace-digest.js';
export type { TraceDigest } from './trace/trace-digest.js';
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
