/** An OTLP/JSON export request that cannot be read; `path` is the bad field, `''` the whole text. */
export class OtlpFormatError extends Error {
  override readonly name = 'OtlpFormatError';

  constructor(
    /** Such as `resourceSpans[0].scopeSpans[1].spans[3].traceId`. */
    readonly path: string,
    problem: string,
    options?: ErrorOptions,
  ) {
    super(path === '' ? problem : `${path}: ${problem}`, options);
  }
}
