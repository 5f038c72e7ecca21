import { OtlpFormatError } from '#xray-model';
import { XrayApiError } from '../api/api-error.js';
import { BodyNotDecodableError, BodyTooLargeError } from '../ingest/decompress-body.js';

/** A refusal that is decided before a route runs; each listener words it in the protocol of the path. */
export class RefusedRequestError extends Error {
  override readonly name = 'RefusedRequestError';

  constructor(
    readonly statusCode: 400 | 403 | 404 | 405 | 413 | 415 | 429 | 503,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export interface Refusal {
  status: number;
  /** Fit for the client: of an error of this program itself it says no more than that. */
  message: string;
  error: Error;
}

/** What to tell the client about an error. */
export function refusalOf(error: Error): Refusal {
  const status = statusOf(error);
  return { status, error, message: messageOf(error, status) };
}

function messageOf(error: Error, status: number): string {
  if (status === 500) return 'X-Ray Local failed; its log says how';
  const { code } = error as NodeJS.ErrnoException;
  // Fastify's own words for it do not say which header is meant.
  return code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE' ? 'content-type is not a media type' : error.message;
}

function statusOf(error: Error): number {
  if (error instanceof XrayApiError) return error.status;
  if (error instanceof OtlpFormatError || error instanceof BodyNotDecodableError) return 400;
  if (error instanceof BodyTooLargeError) return 413;
  // Fastify's own errors, and RefusedRequestError.
  const { statusCode } = error as { statusCode?: unknown };
  return typeof statusCode === 'number' && statusCode >= 400 ? statusCode : 500;
}
