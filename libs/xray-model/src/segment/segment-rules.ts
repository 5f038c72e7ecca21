/**
 * The codes that X-Ray has been seen to answer for a document: `MissingId` without `id`, `InvalidTraceId` for a
 * `trace_id` that is not one, `InvalidSegment` for everything else.
 */
export type SegmentErrorCode = 'InvalidSegment' | 'InvalidTraceId' | 'MissingId';

export interface SegmentProblem {
  errorCode: SegmentErrorCode;
  /** The field by its path in the document, and what it must be. */
  reason: string;
}

const ENTITY_ID = /^[0-9a-f]{16}$/i;
const TRACE_ID = /^1-[0-9a-f]{8}-[0-9a-f]{24}$/i;
// The limit counts characters, where a string's length would count UTF-16 units.
const TOO_LONG_NAME = /^.{201}/su;
const FORBIDDEN_IN_NAME = /[^\p{L}\p{N}\s_.:/%&#=+\\\-@]/u;

/**
 * The first reason for which X-Ray would refuse the document, or `undefined`. Fields that are merely of the wrong
 * type and that nothing depends on are no reason: the schema drops them.
 */
export function findProblem(raw: unknown): SegmentProblem | undefined {
  if (!isObject(raw)) return invalid('the document must be a JSON object');
  const { id } = raw;
  if (isAbsent(id) || id === '') return { errorCode: 'MissingId', reason: 'id is missing' };
  return problemOfIdentity(raw) ?? problemOfContent(raw, '');
}

function problemOfIdentity(raw: Record<string, unknown>): SegmentProblem | undefined {
  const { trace_id: traceId, parent_id: parentId, type } = raw;
  if (typeof traceId !== 'string' || !TRACE_ID.test(traceId)) {
    const reason = 'trace_id must be "1-", 8 hexadecimal digits, "-" and 24 hexadecimal digits';
    return { errorCode: 'InvalidTraceId', reason };
  }
  if (type === 'subsegment' && isAbsent(parentId)) {
    return invalid('parent_id is missing; a subsegment sent on its own needs it');
  }
  if (!isAbsent(parentId) && !isEntityId(parentId)) {
    return invalid('parent_id must be 16 hexadecimal digits');
  }
  return undefined;
}

function problemOfContent(raw: Record<string, unknown>, path: string): SegmentProblem | undefined {
  if (!isEntityId(raw['id'])) return invalid(`${path}id must be 16 hexadecimal digits`);
  return problemOfName(raw['name'], path) ?? problemOfTimes(raw, path) ?? problemOfSubsegments(raw, path);
}

function problemOfName(name: unknown, path: string): SegmentProblem | undefined {
  if (typeof name !== 'string' || name === '') return invalid(`${path}name must be a text that is not empty`);
  if (TOO_LONG_NAME.test(name)) return invalid(`${path}name is longer than 200 characters`);
  const forbidden = FORBIDDEN_IN_NAME.exec(name);
  if (forbidden === null) return undefined;
  return invalid(`${path}name has the character ${JSON.stringify(forbidden[0])}, which X-Ray does not allow`);
}

function problemOfTimes(raw: Record<string, unknown>, path: string): SegmentProblem | undefined {
  const { start_time: start, end_time: end, in_progress: inProgress } = raw;
  if (!isEpochSeconds(start)) return invalid(`${path}start_time must be a number of seconds since the epoch`);
  if (isAbsent(end) && inProgress !== true) {
    return invalid(`${path}end_time is missing, and in_progress is not true`);
  }
  if (!isAbsent(end) && inProgress === true) {
    return invalid(`${path}end_time must not be there while in_progress is true`);
  }
  if (!isAbsent(end) && !isEpochSeconds(end)) {
    return invalid(`${path}end_time must be a number of seconds since the epoch`);
  }
  return undefined;
}

function problemOfSubsegments(raw: Record<string, unknown>, path: string): SegmentProblem | undefined {
  const { subsegments } = raw;
  if (!Array.isArray(subsegments)) return undefined;
  for (const [index, subsegment] of subsegments.entries()) {
    const place = `${path}subsegments[${index}]`;
    if (!isObject(subsegment)) return invalid(`${place} must be a JSON object`);
    const problem = problemOfContent(subsegment, `${place}.`);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** Some serializers write what is not there as null. */
function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

function invalid(reason: string): SegmentProblem {
  return { errorCode: 'InvalidSegment', reason };
}

export function isEntityId(value: unknown): value is string {
  return typeof value === 'string' && ENTITY_ID.test(value);
}

function isEpochSeconds(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
