import type { OtlpSpan, ResourceSpans } from '../otlp/otlp-span.js';
import type { SegmentDocument } from '../segment/segment-document.js';
import { createSegmentId } from './document-ids.js';
import { hasNonFiniteNumber } from './json-value.js';
import type { TranslationFaults } from './json-value.js';
import { buildLocalRoot } from './local-root.js';
import { readResourceFacts } from './resource-facts.js';
import { buildSegment } from './segment.js';
import type { SegmentContext } from './segment.js';
import { readSpanFacts } from './span-facts.js';
import type { TranslationSettings } from './translation-settings.js';

/** The options of the collector's `awsxray` exporter that change documents; the defaults are the exporter's. */
export interface TranslatorOptions {
  /**
   * `indexed_attributes`: keys whose values become annotations instead of metadata, those of a resource with
   * `otel.resource.` in front. None by default.
   */
  indexedAttributes?: readonly string[];
  /** `index_all_attributes`: every text, number and boolean becomes an annotation; lists and maps are lost. */
  indexAllAttributes?: boolean;
  /** `aws_log_groups`: where the logs are when the resource does not say it. */
  logGroupNames?: readonly string[];
  /** Makes ids of 16 hex digits for exceptions and for the second document of a local root; random by default. */
  newSegmentId?: () => string;
}

/** Turns spans into X-Ray segment documents. */
export interface Translator {
  /**
   * Translates the spans of one resource, in their order. It does not throw, whatever the spans contain, and changes
   * nothing in them. Documents of one resource share parts, so a caller who changes one must copy it first.
   */
  translate(resourceSpans: ResourceSpans): TranslationResult;
}

/** What became of the spans. */
export interface TranslationResult {
  /** One document for a span, or two for a local root that is itself a call: see `aws.span.kind`. */
  documents: SegmentDocument[];
  /** Spans that have no form as a document; the exporter drops them, too. */
  untranslated: UntranslatedSpan[];
}

/** A span without a document, and why. */
export interface UntranslatedSpan {
  span: OtlpSpan;
  reason: string;
}

/**
 * Creates a translator by the rules of the collector's `awsxray` exporter, version 0.156 with its default feature
 * gates, which is the one in ADOT 0.49.
 *
 * @see https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/v0.156.0/exporter/awsxrayexporter
 */
export function createTranslator(options: TranslatorOptions = {}): Translator {
  const indexedAttributes = options.indexedAttributes ?? [];
  const settings: TranslationSettings = {
    indexedAttributes,
    indexedKeys: new Set(indexedAttributes),
    indexAllAttributes: options.indexAllAttributes ?? false,
    logGroupNames: options.logGroupNames ?? [],
    newSegmentId: options.newSegmentId ?? createSegmentId,
  };
  return { translate: (resourceSpans) => translate(resourceSpans, settings) };
}

function translate({ resource, spans }: ResourceSpans, settings: TranslationSettings): TranslationResult {
  const result: TranslationResult = { documents: [], untranslated: [] };
  const resourceFacts = readResourceFacts(resource, settings);
  for (const span of spans) {
    const faults: TranslationFaults = {};
    const documents = buildDocuments(span, { resource: resourceFacts, settings, faults });
    if (faults.hasNonFiniteNumber && hasNonFiniteNumber(documents)) faults.reason ??= NON_FINITE;
    if (faults.reason === undefined) result.documents.push(...documents);
    else result.untranslated.push({ span, reason: faults.reason });
  }
  return result;
}

const NON_FINITE = 'an attribute is NaN or infinite, which has no form in JSON';

function buildDocuments(span: OtlpSpan, context: SegmentContext): SegmentDocument[] {
  const facts = readSpanFacts(span);
  if (facts.originalNames.isLocalRoot) return buildLocalRoot(span, facts, context);
  return [buildSegment(span, facts, context)];
}
