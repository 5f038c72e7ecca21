import type { AnyValue, KeyValue, ResourceSpans } from '#xray-model';

/**
 * A "document" of `PutTraceSegments` that is an OTLP request in disguise: `T1S` or `T1U` and base64 of an
 * `ExportTraceServiceRequest`. AWS's own exporters send their spans so.
 */
export interface TransitDocument {
  /** `T1S`; the spans of `T1U` were not sampled and are no part of any trace. */
  isSampled: boolean;
  request: Buffer;
}

const PREFIX_CHARACTERS = 3;

/** @returns undefined when the text has neither prefix */
export function parseTransitDocument(text: string): TransitDocument | undefined {
  const prefix = text.slice(0, PREFIX_CHARACTERS);
  if (prefix !== 'T1S' && prefix !== 'T1U') return undefined;
  // What is not base64 decodes to something short or senseless, which the protobuf reader then refuses.
  return { isSampled: prefix === 'T1S', request: Buffer.from(text.slice(PREFIX_CHARACTERS), 'base64') };
}

/** Which attributes the exporter would have made annotations of. */
export interface IndexingChoice {
  indexedAttributes: readonly string[];
  indexAllAttributes: boolean;
}

const INDEX_ALL = 'aws.xray.exporter.config.index_all_attributes';
const INDEXED = 'aws.xray.exporter.config.indexed_attributes';

/** Takes the exporter's configuration, which travels among the resource's attributes, out of them. */
export function takeIndexingChoice({ resource }: ResourceSpans): IndexingChoice {
  const choice: IndexingChoice = {
    indexAllAttributes: isTrue(valueOf(resource.attributes, INDEX_ALL)),
    indexedAttributes: textsOf(valueOf(resource.attributes, INDEXED)),
  };
  resource.attributes = resource.attributes.filter(({ key }) => key !== INDEX_ALL && key !== INDEXED);
  return choice;
}

function valueOf(attributes: readonly KeyValue[], key: string): AnyValue | undefined {
  return attributes.find((attribute) => attribute.key === key)?.value;
}

function isTrue(value: AnyValue | undefined): boolean {
  return (value?.kind === 'bool' && value.value) || (value?.kind === 'string' && value.value === 'true');
}

function textsOf(value: AnyValue | undefined): string[] {
  if (value?.kind !== 'array') return [];
  return value.values.flatMap((item) => (item.kind === 'string' ? [item.value] : []));
}
