import type { OtlpAttribute } from './otlp-json.js';

/** The text of the first attribute with that key; '' when there is none, or when it is no text. */
export function findText(attributes: readonly OtlpAttribute[], key: string): string {
  return attributes.find((attribute) => attribute.key === key)?.value.stringValue ?? '';
}
