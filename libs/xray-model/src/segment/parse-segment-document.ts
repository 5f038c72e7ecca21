import { findProblem } from './segment-rules.js';
import type { SegmentErrorCode } from './segment-rules.js';
import { toSegmentDocument } from './segment-schema.js';
import type { SegmentDocument } from './segment-document.js';
import { toSegmentHead } from './segment-head.js';
import type { SegmentHead } from './segment-head.js';

/** What `PutTraceSegments` says about one document. */
export type ParsedSegment =
  { ok: true; document: SegmentDocument } | { ok: false; rejection: SegmentRejection };

/** An entry of `UnprocessedTraceSegments`, in the spelling of this code base. */
export interface SegmentRejection {
  /** The `id` as it was sent, when there is one. */
  id?: string;
  errorCode: SegmentErrorCode;
  /** Names the field and the reason. */
  message: string;
}

/** The size that X-Ray takes for one document. */
export const MAX_SEGMENT_BYTES = 64 * 1024;

// Far above what any tracer nests, far below where a recursive reader of the same document runs out of stack.
const MAX_JSON_DEPTH = 256;

/**
 * Reads one segment document as X-Ray does: it is rejected when its identity, name or times are not usable, and
 * what else does not fit the schema is left out of it. Ids are lower-cased. Never throws.
 *
 * The size limit also bounds the number of nested subsegments, and the depth of the JSON how deep they nest.
 *
 * @see https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html
 */
export function parseSegmentDocument(text: string): ParsedSegment {
  const read = readUsable(text);
  return read.ok ? { ok: true, document: toSegmentDocument(read.raw) } : read;
}

/** What is known of a document that has been checked and not yet read into the schema. */
export type CheckedSegment = { ok: true; head: SegmentHead } | { ok: false; rejection: SegmentRejection };

/** Gives {@link parseSegmentDocument}'s verdict without its document, which costs the larger part of the time. */
export function checkSegmentText(text: string): CheckedSegment {
  const read = readUsable(text);
  return read.ok ? { ok: true, head: toSegmentHead(read.raw as SegmentDocument) } : read;
}

/**
 * The verdict of {@link checkSegmentText} on the JSON of a document that is at hand as an object.
 *
 * @param text what {@link serializeSegmentDocument} wrote of the document
 */
export function checkSegmentDocument(document: SegmentDocument, text: string): CheckedSegment {
  if (isDeeper(document, MAX_JSON_DEPTH)) return tooDeep();
  const rejection = findRejection(document, text);
  return rejection ?? { ok: true, head: toSegmentHead(document) };
}

/** Reads a document that {@link checkSegmentText} or {@link checkSegmentDocument} has found usable. */
export function reviveSegmentDocument(text: string): SegmentDocument {
  return toSegmentDocument(JSON.parse(text));
}

type Rejected = { ok: false; rejection: SegmentRejection };

function readUsable(text: string): { ok: true; raw: unknown } | Rejected {
  if (exceedsDepth(text, MAX_JSON_DEPTH)) return tooDeep();
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return reject('InvalidSegment', 'the document is not JSON');
  }
  return findRejection(raw, text) ?? { ok: true, raw };
}

function findRejection(raw: unknown, text: string): Rejected | undefined {
  if (exceedsBytes(text, MAX_SEGMENT_BYTES)) {
    return reject('InvalidSegment', `the document is larger than ${MAX_SEGMENT_BYTES} bytes`, idOf(raw));
  }
  const problem = findProblem(raw);
  return problem === undefined ? undefined : reject(problem.errorCode, problem.reason, idOf(raw));
}

function tooDeep(): Rejected {
  return reject('InvalidSegment', `the document is nested deeper than ${MAX_JSON_DEPTH} levels`);
}

/** Whether objects and lists nest deeper than this; looks no deeper than that itself. */
function isDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  for (const key in value) {
    if (isDeeper((value as Record<string, unknown>)[key], levels - 1)) return true;
  }
  return false;
}

function reject(errorCode: SegmentErrorCode, reason: string, id?: string): Rejected {
  const message = `Invalid segment. ErrorCode: ${errorCode}: ${reason}`;
  return { ok: false, rejection: id === undefined ? { errorCode, message } : { id, errorCode, message } };
}

function idOf(raw: unknown): string | undefined {
  if (typeof raw !== 'object' || raw === null || !('id' in raw)) return undefined;
  return typeof raw.id === 'string' && raw.id !== '' ? raw.id : undefined;
}

function exceedsBytes(text: string, limit: number): boolean {
  if (text.length > limit) return true;
  // A UTF-16 unit is at most three bytes of UTF-8, which spares nearly every document the count.
  if (text.length * 3 <= limit) return false;
  let bytes = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800 || isSurrogate(unit)) bytes += 2;
    else bytes += 3;
  }
  return bytes > limit;
}

/** A pair of them makes four bytes. */
function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Counts brackets outside of strings, so that no reader has to recurse to find out. */
function exceedsDepth(text: string, limit: number): boolean {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (isInString) {
      if (unit === BACKSLASH) index += 1;
      else if (unit === QUOTE) isInString = false;
    } else if (unit === QUOTE) isInString = true;
    else depth += depthChange(unit);
    if (depth > limit) return true;
  }
  return false;
}

function depthChange(unit: number): number {
  if (unit === 0x5b || unit === 0x7b) return 1;
  return unit === 0x5d || unit === 0x7d ? -1 : 0;
}
