import { createTranslator, parseOtlpJson, serializeSegmentDocument } from '#xray-model';
import type { Translator } from '#xray-model';
import { CONFIGURATIONS } from './span-case.js';
import type { ConfigurationName, ExporterOptions, SpanCase } from './span-case.js';

/** The request that carries the spans, each with its own resource. */
export function toExportRequest(cases: readonly Pick<SpanCase, 'resource' | 'span'>[]): string {
  return JSON.stringify({
    resourceSpans: cases.map(({ resource, span }) => ({
      resource: { attributes: resource },
      scopeSpans: [{ scope: { name: 'differential', version: '1' }, spans: [span] }],
    })),
  });
}

/** The documents that X-Ray Local makes of the span, as texts. */
export function translateCase(spanCase: Pick<SpanCase, 'configuration' | 'resource' | 'span'>): string[] {
  const translator = translatorOf(spanCase.configuration);
  const { resourceSpans } = parseOtlpJson(toExportRequest([spanCase]));
  return resourceSpans
    .flatMap((spans) => translator.translate(spans).documents)
    .map(serializeSegmentDocument);
}

const translators = new Map<ConfigurationName, Translator>();

function translatorOf(name: ConfigurationName): Translator {
  let translator = translators.get(name);
  if (translator === undefined) {
    const options: ExporterOptions = CONFIGURATIONS[name];
    translator = createTranslator({
      indexedAttributes: options.indexed_attributes ?? [],
      indexAllAttributes: options.index_all_attributes ?? false,
      logGroupNames: options.aws_log_groups ?? [],
    });
    translators.set(name, translator);
  }
  return translator;
}
