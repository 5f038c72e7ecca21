import type { Socket } from 'node:net';
import type { RejectionReport } from '../report/rejection-report.js';

type ClientErrorStatus = 400 | 408 | 431;

/** Node's codes for what it could not read as a request; everything else is a 400. */
const STATUS_OF_CODE: Readonly<Record<string, ClientErrorStatus>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Not from `node:http`: importing a value of it loads all of Node's `fetch`, too. */
const PHRASES: Readonly<Record<ClientErrorStatus, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};

/** The client went away, before or within a request: nothing is wrong, and nobody reads an answer. */
const CODES_OF_LEAVING: readonly string[] = ['ECONNRESET', 'HPE_INVALID_EOF_STATE'];

/**
 * Answers bytes that are no HTTP request, which no route gets to see, and counts them.
 *
 * @returns a handler for the server's `clientError`
 */
export function createClientErrorHandler(rejections: RejectionReport) {
  return (error: NodeJS.ErrnoException & { reason?: string }, socket: Socket): void => {
    const { code = 'unknown', reason } = error;
    if (CODES_OF_LEAVING.includes(code) || !socket.writable) return void socket.destroy();
    const status = STATUS_OF_CODE[code] ?? 400;
    const problem = `not a request that can be read: ${reason ?? code}`;
    rejections.add('InvalidRequest', { problem });
    const body = JSON.stringify({ status, message: problem });
    const head = [
      `HTTP/1.1 ${status} ${PHRASES[status]}`,
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
      'x-content-type-options: nosniff',
      'connection: close',
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  };
}
