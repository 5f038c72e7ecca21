import {
  checkSegmentDocument,
  checkSegmentText,
  createTranslator,
  OtlpFormatError,
  serializeSegmentDocument,
} from '#xray-model';
import type {
  CheckedSegment,
  OtlpRequest,
  ResourceSpans,
  SegmentDocument,
  SegmentRejection,
  Translator,
} from '#xray-model';
import type { RejectionReport } from '../report/rejection-report.js';
import type { StorableDocument, TraceStore } from '../store/trace.store.js';
import { decodeOtlpProto } from './decode-otlp-proto.js';
import type { PartialSuccess } from './otlp-answer.js';
import { parseTransitDocument, takeIndexingChoice } from './transit-document.js';
import type { IndexingChoice, TransitDocument } from './transit-document.js';

export interface IngestCounts {
  spansReceived: number;
  /** Of them, those that became documents. */
  spansTranslated: number;
  /** Of them, those that came marked as not sampled, which belong to no trace. */
  spansUnsampled: number;
  /** Documents that came as such. */
  segmentsReceived: number;
  /** Documents of either origin that the store took, those that replaced others too. */
  documentsStored: number;
}

/** Takes spans and documents in: translates, checks, stores, and reports what cannot be taken. */
export class TraceIngest {
  private readonly tally: IngestCounts = {
    spansReceived: 0,
    spansTranslated: 0,
    spansUnsampled: 0,
    segmentsReceived: 0,
    documentsStored: 0,
  };
  private readonly translator: Translator;

  constructor(
    private readonly parts: {
      store: TraceStore;
      rejections: RejectionReport;
      indexing: IndexingChoice;
      onStored?: () => void;
    },
  ) {
    this.translator = createTranslator(parts.indexing);
  }

  counts(): IngestCounts {
    return { ...this.tally };
  }

  /** Takes the spans of an OTLP request; the answer says how many of them could not be taken, and why. */
  ingestSpans(request: OtlpRequest): PartialSuccess {
    const problems = this.takeSpans(request, () => this.translator);
    const spanCount = countSpans(request) + request.rejectedSpans.length;
    // Both documents of one span may be refused.
    return { rejectedSpans: Math.min(problems.length, spanCount), errorMessage: summarizeProblems(problems) };
  }

  /** Takes the documents of `PutTraceSegments`; the answer has those that could not be taken. */
  ingestSegments(texts: readonly string[]): SegmentRejection[] {
    const accepted: StorableDocument[] = [];
    const unprocessed: SegmentRejection[] = [];
    for (const text of texts) {
      const transit = parseTransitDocument(text);
      if (transit !== undefined) {
        unprocessed.push(...this.takeTransit(transit));
        continue;
      }
      this.tally.segmentsReceived += 1;
      const rejection = accept(checkSegmentText(text), text, accepted);
      if (rejection === undefined) continue;
      this.parts.rejections.add(rejection.errorCode, { id: rejection.id, problem: rejection.message });
      unprocessed.push(rejection);
    }
    unprocessed.push(...this.store(accepted));
    return unprocessed;
  }

  private takeTransit({ isSampled, request }: TransitDocument): SegmentRejection[] {
    const decoded = decodeTransit(request);
    if ('message' in decoded) {
      this.parts.rejections.add('InvalidSegment', { problem: decoded.message });
      return [decoded];
    }
    if (isSampled) {
      this.takeSpans(decoded, (spans) => createTranslator(takeIndexingChoice(spans)));
      return [];
    }
    const spanCount = countSpans(decoded);
    this.tally.spansReceived += spanCount;
    this.tally.spansUnsampled += spanCount;
    return [];
  }

  /** @returns what was wrong with each span or document that could not be taken */
  private takeSpans(request: OtlpRequest, translatorFor: (spans: ResourceSpans) => Translator): string[] {
    const { rejections } = this.parts;
    const problems = request.rejectedSpans.map(({ path, reason }) => `${path}: ${reason}`);
    if (problems.length > 0) rejections.add('InvalidSpan', { problem: problems[0] }, problems.length);
    this.tally.spansReceived += problems.length;

    const accepted: StorableDocument[] = [];
    for (const resourceSpans of request.resourceSpans) {
      const { documents, untranslated } = translatorFor(resourceSpans).translate(resourceSpans);
      this.tally.spansReceived += resourceSpans.spans.length;
      this.tally.spansTranslated += resourceSpans.spans.length - untranslated.length;
      for (const { span, reason } of untranslated) {
        rejections.add('InvalidSpan', { id: span.spanId, problem: reason });
        problems.push(`span ${span.spanId}: ${reason}`);
      }
      for (const document of documents) problems.push(...this.takeTranslated(document, accepted));
    }
    for (const { id, message } of this.store(accepted)) problems.push(`span ${id}: ${message}`);
    return problems;
  }

  /** As its JSON, which is what would come from a collector, so that both ways in keep and refuse the same. */
  private takeTranslated(document: SegmentDocument, accepted: StorableDocument[]): string[] {
    const text = serializeSegmentDocument(document);
    const rejection = accept(checkSegmentDocument(document, text), text, accepted);
    if (rejection === undefined) return [];
    this.parts.rejections.add(rejection.errorCode, { id: document.id, problem: rejection.message });
    return [`span ${document.id}: ${rejection.message}`];
  }

  private store(accepted: readonly StorableDocument[]): SegmentRejection[] {
    const refused = this.parts.store.put(accepted);
    this.tally.documentsStored += accepted.length - refused.length;
    this.parts.onStored?.();
    return refused.map(({ id, traceId }) => {
      const message = `the trace ${traceId} is as large as a trace may get`;
      this.parts.rejections.add('TraceLimitExceeded', { id, problem: message });
      return { id, errorCode: 'InvalidSegment', message };
    });
  }
}

function accept(
  checked: CheckedSegment,
  text: string,
  accepted: StorableDocument[],
): SegmentRejection | undefined {
  if (!checked.ok) return checked.rejection;
  const { traceId, id, startSec, endSec, isInProgress } = checked.head;
  accepted.push({ traceId, id, startSec, endSec, isInProgress, text });
  return undefined;
}

function decodeTransit(request: Buffer): OtlpRequest | SegmentRejection {
  try {
    // Base64 of something else decodes to no bytes at all, and no exporter sends an empty request.
    if (request.length === 0) throw new OtlpFormatError('', 'base64 of an OTLP request is expected');
    return decodeOtlpProto(request);
  } catch (error) {
    if (!(error instanceof OtlpFormatError)) throw error;
    return {
      errorCode: 'InvalidSegment',
      message: `Invalid segment. ErrorCode: InvalidSegment: ${error.message}`,
    };
  }
}

function countSpans({ resourceSpans }: OtlpRequest): number {
  return resourceSpans.reduce((sum, { spans }) => sum + spans.length, 0);
}

const MAX_PROBLEMS_TOLD = 3;

function summarizeProblems(problems: readonly string[]): string {
  const told = problems.slice(0, MAX_PROBLEMS_TOLD).join('; ');
  const others = problems.length - MAX_PROBLEMS_TOLD;
  return others > 0 ? `${told}; and ${others} more` : told;
}
