import type { RawTrace } from '../api/xray-client.js';

/** The answer of `BatchGetTraces` for people: the documents are objects and not text inside the text. */
export function formatRawTrace({ Segments, ...trace }: RawTrace): string {
  const documents = Segments.map(({ Id, Document }) => ({ Id, Document: JSON.parse(Document) as unknown }));
  return JSON.stringify({ ...trace, Segments: documents }, undefined, 2);
}
