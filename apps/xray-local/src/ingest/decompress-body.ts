import { gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib';

/** The result would be larger than allowed. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';
}

/** The body is not in the encoding that it claims. */
export class BodyNotDecodableError extends Error {
  override readonly name = 'BodyNotDecodableError';
}

/** The collector's own choice of encodings, as far as Node has them; OTLP demands only gzip. */
const DECOMPRESSORS = new Map<string, (body: Buffer, options: { maxOutputLength: number }) => Buffer>([
  ['gzip', gunzipSync],
  ['deflate', inflateSync],
  ['zstd', zstdDecompressSync],
]);

export const SUPPORTED_ENCODINGS: readonly string[] = ['identity', ...DECOMPRESSORS.keys()];

/** @returns whether {@link decompressBody} knows this `content-encoding` */
export function isSupportedEncoding(encoding: string): boolean {
  return SUPPORTED_ENCODINGS.includes(encoding);
}

/**
 * Undoes a `content-encoding`, never producing more than `maxBytes`.
 *
 * @throws {BodyTooLargeError} there is more
 * @throws {BodyNotDecodableError} the body is damaged or something else
 */
export function decompressBody(body: Buffer, encoding: string, maxBytes: number): Buffer {
  const decompress = DECOMPRESSORS.get(encoding);
  if (decompress === undefined) return body;
  try {
    return decompress(body, { maxOutputLength: maxBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new BodyTooLargeError(`more than ${maxBytes} bytes after ${encoding} decompression`, {
        cause: error,
      });
    }
    throw new BodyNotDecodableError(`not valid ${encoding}`, { cause: error });
  }
}
