import type { IncomingMessage } from 'node:http';
import { RefusedRequestError } from './refusal.js';
import type { ByteBudget } from './byte-budget.js';

/**
 * Reads a request's body, taking from the budget as bytes arrive: a body of unknown length costs no more than what
 * has come. The caller gives back what was taken, `takenBytes`, when it has done with the body.
 *
 * @throws {RefusedRequestError} 413 over the limit, 429 when the budget is used up
 */
export function readBody(
  stream: IncomingMessage,
  options: { maxBytes: number; budget: ByteBudget; onTaken: (bytes: number) => void },
): Promise<Buffer> {
  const { maxBytes, budget, onTaken } = options;
  const statedBytes = Number(stream.headers['content-length']);
  if (statedBytes > maxBytes) return Promise.reject(tooLarge(maxBytes));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bodyBytes = 0;
    const settle = (error?: Error): void => {
      stream.off('data', onData).off('end', onEnd).off('error', onError);
      if (error === undefined) resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
      else reject(error);
    };
    const onData = (chunk: Buffer): void => {
      bodyBytes += chunk.length;
      if (bodyBytes > maxBytes) return settle(tooLarge(maxBytes));
      if (!budget.tryTake(chunk.length)) {
        return settle(new RefusedRequestError(429, 'too many large requests are under way'));
      }
      onTaken(chunk.length);
      chunks.push(chunk);
    };
    const onEnd = (): void => settle();
    const onError = (error: Error): void => settle(error);
    stream.on('data', onData).on('end', onEnd).on('error', onError);
  });
}

function tooLarge(maxBytes: number): RefusedRequestError {
  return new RefusedRequestError(413, `the body is larger than ${maxBytes} bytes`);
}
