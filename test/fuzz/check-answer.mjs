// @ts-check
import { MARKER } from './hostile-values.mjs';

/** @typedef {import('./send.mjs').Answer} Answer */

const MAX_CASE_MS = 5_000;

/**
 * What is wrong with an answer, whatever the request was; undefined when nothing is.
 *
 * @param {Answer} answer
 * @param {{ method: string, elapsedMs: number }} about
 * @returns {string | undefined}
 */
export function findProblem(answer, { method, elapsedMs }) {
  const { status, headers, body } = answer;
  if (status >= 500) return `status ${status}: ${body.toString('utf8').slice(0, 300)}`;
  if (elapsedMs > MAX_CASE_MS) return `took ${Math.round(elapsedMs)} ms`;
  const type = headers['content-type'] ?? '';
  if (type.includes('html') && body.includes(MARKER)) return 'the answer repeats markup unescaped';
  if (headers['access-control-allow-origin'] !== undefined) return 'the answer lets other origins read it';
  if (status < 400 || method === 'HEAD') return undefined;
  const reason = reasonOf(type, body);
  return reason === undefined || reason.trim() === '' ? `status ${status} names no reason` : undefined;
}

/**
 * What is wrong with the answer to bytes that may be no HTTP; a closed connection without one is fine.
 *
 * @param {string} text
 */
export function findRawProblem(text) {
  const statuses = [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map((match) => Number(match[1]));
  const bad = statuses.find((status) => status >= 500);
  if (bad !== undefined) return `status ${bad}: ${text.slice(0, 400)}`;
  return text !== '' && statuses.length === 0 ? `no HTTP: ${text.slice(0, 200)}` : undefined;
}

/**
 * @param {string} type
 * @param {Buffer} body
 * @returns {string | undefined}
 */
function reasonOf(type, body) {
  if (type.includes('protobuf')) return statusMessageOf(body);
  if (type.includes('xml')) return /<Message>([^<]+)<\/Message>/.exec(body.toString('utf8'))?.[1];
  try {
    const { Message: named, message } = JSON.parse(body.toString('utf8'));
    return typeof named === 'string' ? named : message;
  } catch {
    return undefined;
  }
}

/**
 * The message of a `google.rpc.Status`: a code, then a text.
 *
 * @param {Buffer} body
 */
function statusMessageOf(body) {
  if (body[0] !== 0x08 || body[2] !== 0x12) return undefined;
  const lengthBytes = (body[3] ?? 0) < 0x80 ? 1 : 2;
  return body.toString('utf8', 3 + lengthBytes);
}
