/** A text that is neither an X-Ray trace id (`1-` + 8 hex + `-` + 24 hex) nor an OpenTelemetry one (32 hex). */
export class TraceIdFormatError extends Error {
  override readonly name = 'TraceIdFormatError';

  constructor(readonly traceId: string) {
    super(`not a trace id: ${JSON.stringify(traceId)}; expected 1-<8 hex>-<24 hex> or 32 hex digits`);
  }
}

const XRAY_FORM = /^1-([0-9a-f]{8})-([0-9a-f]{24})$/i;
const OTEL_FORM = /^([0-9a-f]{8})([0-9a-f]{24})$/i;

/**
 * Writes a trace id as X-Ray does, `1-5759e988-bd862e3fe1be46a994272793`, in lower case. Takes either form.
 *
 * @throws {TraceIdFormatError} it is in neither form
 * @see https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html#xray-api-traceids
 */
export function toXRayTraceId(traceId: string): string {
  const { epochHex, uniqueHex } = splitTraceId(traceId);
  return `1-${epochHex}-${uniqueHex}`;
}

/**
 * Writes a trace id as OpenTelemetry does, 32 lower-case hex digits. Takes either form.
 *
 * @throws {TraceIdFormatError} it is in neither form
 */
export function toOtelTraceId(traceId: string): string {
  const { epochHex, uniqueHex } = splitTraceId(traceId);
  return epochHex + uniqueHex;
}

/** Tells whether a text is a trace id in X-Ray's form. */
export function isXRayTraceId(text: string): boolean {
  return XRAY_FORM.test(text);
}

/**
 * Reads the epoch seconds that X-Ray's own ids begin with. Takes either form. The ids of a W3C generator begin with
 * random digits, so the answer can be any time between 1970 and 2106.
 *
 * @throws {TraceIdFormatError} it is in neither form
 */
export function traceIdEpochSec(traceId: string): number {
  return Number.parseInt(splitTraceId(traceId).epochHex, 16);
}

function splitTraceId(traceId: string): { epochHex: string; uniqueHex: string } {
  const [, epochHex, uniqueHex] = XRAY_FORM.exec(traceId) ?? OTEL_FORM.exec(traceId) ?? [];
  if (epochHex === undefined || uniqueHex === undefined) throw new TraceIdFormatError(traceId);
  return { epochHex: epochHex.toLowerCase(), uniqueHex: uniqueHex.toLowerCase() };
}
