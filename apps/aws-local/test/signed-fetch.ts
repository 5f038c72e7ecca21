import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Keys } from './running-aws-local.js';

type Bytes = string | ArrayBuffer | ArrayBufferView;

/** The hash that the SDK's signer wants, by Node. */
class NodeSha256 {
  readonly #hash: Hash | Hmac;

  constructor(secret?: Bytes) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', toBuffer(secret));
  }

  update(bytes: Bytes): void {
    this.#hash.update(toBuffer(bytes));
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {}
}

function toBuffer(bytes: Bytes): Buffer {
  if (typeof bytes === 'string') return Buffer.from(bytes);
  return ArrayBuffer.isView(bytes)
    ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    : Buffer.from(bytes);
}

/** A request as it is to be signed. */
export interface Unsigned {
  method?: string;
  headers?: Record<string, string>;
  query?: Record<string, string>;
  body?: string;
}

/** The headers that the SDK's own signer gives a request. */
export async function signedHeaders(
  url: string,
  { method = 'POST', headers = {}, query = {}, body = '' }: Unsigned,
  { keys, service }: { keys: Keys; service: string },
): Promise<Record<string, string>> {
  const { host, hostname, pathname, protocol } = new URL(url);
  const signer = new SignatureV4({
    credentials: keys,
    region: 'us-east-1',
    service,
    sha256: NodeSha256,
    uriEscapePath: true,
  });
  const request = { method, protocol, hostname, path: pathname, headers: { ...headers, host }, query, body };
  const signed = await signer.sign(request);
  const { host: _host, ...others } = signed.headers;
  return others;
}

/** Sends a request signed by hand, for what no client would send. */
export async function signedFetch(
  url: string,
  unsigned: Unsigned,
  signing: { keys: Keys; service: string },
): Promise<Response> {
  const query = new URLSearchParams(unsigned.query).toString().replaceAll('+', '%20');
  return fetch(query === '' ? url : `${url}?${query}`, {
    method: unsigned.method ?? 'POST',
    headers: await signedHeaders(url, unsigned, signing),
    ...(unsigned.body === undefined ? {} : { body: unsigned.body }),
  });
}
