// @ts-check
/**
 * `node healthcheck.mjs URL` succeeds when the URL answers 200. It asks again for a while: a container that is starting
 * is then found healthy when it is, and not at the next turn. Slim images have no curl.
 */
import { get } from 'node:http';

const RETRY_MS = 200;
/** Below the `timeout` of the health checks that use this. */
const PATIENCE_MS = 3000;
const [url = ''] = process.argv.slice(2);
const startedMs = performance.now();

ask();

function ask() {
  const request = get(url, { timeout: PATIENCE_MS }, (response) => {
    response.resume();
    if (response.statusCode === 200) process.exit(0);
    retry(`status ${response.statusCode}`);
  });
  request.on('timeout', () => request.destroy(new Error('no answer')));
  request.on('error', (error) => retry(error.message));
}

/** @param {string} reason */
function retry(reason) {
  if (performance.now() - startedMs < PATIENCE_MS) {
    setTimeout(ask, RETRY_MS);
    return;
  }
  process.stderr.write(`${url}: ${reason}\n`);
  process.exit(1);
}
