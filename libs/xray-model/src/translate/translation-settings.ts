/** The options of a translator with their defaults filled in. */
export interface TranslationSettings {
  indexedAttributes: readonly string[];
  indexedKeys: ReadonlySet<string>;
  indexAllAttributes: boolean;
  logGroupNames: readonly string[];
  newSegmentId: () => string;
}
