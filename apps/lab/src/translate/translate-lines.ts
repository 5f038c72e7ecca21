import {
  createTranslator,
  OtlpFormatError,
  parseOtlpJson,
  serializeSegmentDocument,
  type Translator,
} from '#xray-model';

/** What became of one line of input. */
export interface TranslatedLine {
  documents: string[];
  /** What the line has that cannot be read, with the field and the reason. */
  errors: string[];
  /** Spans that are right as OTLP and have no form in X-Ray: the collector drops them, too. */
  dropped: string[];
}

/** Translates lines of one export request each; a bad line says so and the next one is none the worse. */
export function createLineTranslator(
  translator: Translator = createTranslator(),
): (line: string) => TranslatedLine {
  return (line) => {
    const result: TranslatedLine = { documents: [], errors: [], dropped: [] };
    if (line.trim() === '') return result;
    try {
      const request = parseOtlpJson(line);
      result.errors.push(...request.rejectedSpans.map(({ path, reason }) => `${path}: ${reason}`));
      for (const resourceSpans of request.resourceSpans) {
        const { documents, untranslated } = translator.translate(resourceSpans);
        result.documents.push(...documents.map(serializeSegmentDocument));
        result.dropped.push(...untranslated.map(({ span, reason }) => `span ${span.spanId}: ${reason}`));
      }
    } catch (error) {
      if (!(error instanceof OtlpFormatError)) throw error;
      result.errors.push(error.message);
    }
    return result;
  };
}
