// @ts-check
import http from 'node:http';
import net from 'node:net';

const CASE_TIMEOUT_MS = 15_000;
const RAW_PATIENCE_MS = 1_000;

/** @typedef {{ status: number, headers: http.IncomingHttpHeaders, body: Buffer }} Answer */

/**
 * Sends a request as it is, also what a polite client would not send.
 *
 * @param {http.Agent} agent
 * @param {string} base
 * @param {{ method: string, path: string, headers: Record<string, string>, body: Buffer }} request
 * @returns {Promise<Answer>}
 */
export function sendHttp(agent, base, { method, path, headers, body }) {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const options = {
      agent,
      hostname,
      port,
      method,
      path,
      headers: { host: `${hostname}:${port}`, ...headers },
    };
    if (body.length > 0) Object.assign(options.headers, { 'content-length': body.length });
    const request = http.request(options, (response) => {
      /** @type {Buffer[]} */
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
      response.on('error', reject);
    });
    request.setTimeout(CASE_TIMEOUT_MS, () =>
      request.destroy(new Error(`no answer within ${CASE_TIMEOUT_MS} ms`)),
    );
    request.on('error', reject);
    request.end(body);
  });
}

/**
 * Sends bytes that may be no HTTP at all, ends its side, and gives what comes back.
 *
 * @param {string} base
 * @param {Buffer} bytes
 * @returns {Promise<string>}
 */
export function sendRaw(base, bytes) {
  const { hostname, port } = new URL(base);
  return new Promise((resolve) => {
    let received = '';
    const socket = net.connect(Number(port), hostname, () => socket.end(bytes));
    const done = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve(received);
    };
    // A server may wait for the rest of a request for longer than this.
    const timer = setTimeout(done, RAW_PATIENCE_MS);
    socket.setEncoding('latin1').on('data', (text) => void (received += text));
    socket.on('close', done).on('error', done);
  });
}
