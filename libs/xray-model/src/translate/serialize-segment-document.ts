import type { SegmentDocument } from '../segment/segment-document.js';

/**
 * Writes a document as the JSON text that `PutTraceSegments` takes. A translated document without a name or an id has
 * '' there, and null in the text, as the exporter writes it; X-Ray rejects both.
 */
export function serializeSegmentDocument(document: SegmentDocument): string {
  if (document.name !== '' && document.id !== '') return JSON.stringify(document);
  return JSON.stringify({ ...document, name: document.name || null, id: document.id || null });
}
