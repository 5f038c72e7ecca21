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

/** What somebody compressed twice is taken; more layers are no use to anybody but an attacker. */
const MAX_LAYERS = 2;

/**
 * Reads a `content-encoding`, which may be a list.
 *
 * @returns what {@link decompressBody} has to undo, in this order; undefined when it cannot
 */
export function parseContentEncoding(header: string): string[] | undefined {
  const names = header.split(',').map((name) =>
    name
      .trim()
      .toLowerCase()
      .replace(/^x-gzip$/, 'gzip'),
  );
  const layers = names.filter((name) => name !== '' && name !== 'identity');
  if (layers.length > MAX_LAYERS || !layers.every((name) => DECOMPRESSORS.has(name))) return undefined;
  return layers.toReversed();
}

/**
 * Undoes a `content-encoding`, never producing more than `maxBytes`.
 *
 * @throws {BodyTooLargeError} there is more
 * @throws {BodyNotDecodableError} the body is damaged or something else
 */
export function decompressBody(body: Buffer, layers: readonly string[], maxBytes: number): Buffer {
  return layers.reduce((bytes, encoding) => undo(bytes, encoding, maxBytes), body);
}

function undo(body: Buffer, encoding: string, maxBytes: number): Buffer {
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
