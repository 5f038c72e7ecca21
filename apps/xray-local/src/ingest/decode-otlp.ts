import { parseOtlpJson } from '#xray-model';
import type { OtlpRequest } from '#xray-model';
import { decodeOtlpProto } from './decode-otlp-proto.js';
import type { OtlpFormat } from './otlp-answer.js';

/**
 * Decodes an OTLP export request.
 *
 * @throws {OtlpFormatError} it is no such request
 */
export function decodeOtlp(format: OtlpFormat, body: Buffer): OtlpRequest {
  return format === 'json' ? parseOtlpJson(body.toString('utf8')) : decodeOtlpProto(body);
}
