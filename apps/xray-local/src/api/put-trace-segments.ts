import type { Operation } from './operation.js';
import { requireTextList } from './operation-input.js';

/** The API model states no bound, and X-Ray's own clients send 50 at most; this one keeps an answer small. */
const MAX_DOCUMENTS = 500;

/** Takes documents in; those that cannot be are named in the answer, which is a success all the same. */
export const putTraceSegments: Operation = (input, { ingest }) => {
  const documents = requireTextList(input, 'TraceSegmentDocuments', { minItems: 1, maxItems: MAX_DOCUMENTS });
  const unprocessed = ingest.ingestSegments(documents);
  return {
    UnprocessedTraceSegments: unprocessed.map(({ id, errorCode, message }) => ({
      ...(id === undefined ? {} : { Id: id }),
      ErrorCode: errorCode,
      Message: message,
    })),
  };
};
