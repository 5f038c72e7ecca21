import type { SegmentDocument } from '#xray-model';
import type { RawTrace } from '../api/xray-client.js';

/** The documents of a trace, each of which is JSON inside the JSON of the answer. */
export function readDocuments({ Id, Segments }: RawTrace): SegmentDocument[] {
  return Segments.map(({ Document }) => {
    try {
      return JSON.parse(Document) as SegmentDocument;
    } catch (error) {
      throw new Error(`The trace ${Id} has a segment document that is not JSON.`, { cause: error });
    }
  });
}
