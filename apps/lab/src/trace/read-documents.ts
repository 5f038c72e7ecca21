import type { Trace as WireTrace } from '@aws-sdk/client-xray';
import type { SegmentDocument } from '#xray-model';
import { LabError } from '../command-line/lab-errors.js';

/** The documents of a trace as `BatchGetTraces` answers it: each is JSON inside the JSON. */
export function readDocuments(trace: WireTrace): SegmentDocument[] {
  return (trace.Segments ?? []).map(({ Document }) => {
    try {
      return JSON.parse(Document ?? '') as SegmentDocument;
    } catch (error) {
      throw new LabError(`trace ${trace.Id} has a segment document that is not JSON`, { cause: error });
    }
  });
}
