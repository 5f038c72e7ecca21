// @ts-check
import { createHash, createHmac } from 'node:crypto';

const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };
const REGION = 'us-east-1';

/**
 * The headers of a request to `/` with its signature, so that what is fuzzed lies behind the gate.
 *
 * @param {string} service
 * @param {string} host
 * @param {Record<string, string>} headers
 * @param {Buffer} body
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function sign(service, host, headers, body) {
  const time = new Date().toISOString().replaceAll(/[-:]|\.\d{3}/g, '');
  const scope = `${time.slice(0, 8)}/${REGION}/${service}/aws4_request`;
  const signed = { ...headers, host, 'x-amz-date': time };
  const names = Object.keys(signed).toSorted((one, other) => (one < other ? -1 : 1));
  const lines = names.map((name) => `${name}:${signed[/** @type {keyof typeof signed} */ (name)]}\n`);
  const canonical = ['POST', '/', '', lines.join(''), names.join(';'), sha256(body)].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical)].join('\n');
  const key = scope
    .split('/')
    .reduce(
      (parent, part) => hmac(parent, part),
      /** @type {string | Uint8Array} */ (`AWS4${CREDENTIALS.secretAccessKey}`),
    );
  const authorization = `AWS4-HMAC-SHA256 Credential=${CREDENTIALS.accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${hmac(key, toSign).toString('hex')}`;
  return { ...signed, authorization };
}

/** @param {string | Uint8Array} data */
function sha256(data) {
  return createHash('sha256').update(data).digest('hex');
}

/**
 * @param {string | Uint8Array} key
 * @param {string} data
 */
function hmac(key, data) {
  return createHmac('sha256', key).update(data).digest();
}
