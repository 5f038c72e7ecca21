import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startForTest } from './start-for-test.js';
import type { XrayForTest } from './start-for-test.js';

const SCRIPT = `console.log(${JSON.stringify('x'.repeat(5000))});`;

describe('the console', () => {
  let consoleDir: string;
  let xray: XrayForTest;

  beforeEach(async () => {
    consoleDir = mkdtempSync(join(tmpdir(), 'xray-console-'));
    mkdirSync(join(consoleDir, 'assets'));
    writeFileSync(join(consoleDir, 'index.html'), '<!doctype html><title>The console</title>');
    writeFileSync(join(consoleDir, 'assets', 'index-abc123.js'), SCRIPT);
    writeFileSync(join(consoleDir, 'assets', 'notes.exe'), 'x');
    writeFileSync(join(consoleDir, '..', 'xray-outside.js'), 'not for everybody');
    xray = await startForTest({ consoleDir });
  });
  afterEach(async () => {
    await xray.stop();
    rmSync(join(consoleDir, '..', 'xray-outside.js'));
    rmSync(consoleDir, { recursive: true, force: true });
  });

  it('is at the root, never from a cache that has not asked, and may load only what is its own', async () => {
    const response = await fetch(`${xray.url}/`);

    expect(await response.text()).toContain('The console');
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-cache');
    const policy = response.headers.get('content-security-policy');
    for (const directive of [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data:",
      "connect-src 'self'",
      "frame-ancestors 'none'",
    ]) {
      expect(policy).toContain(directive);
    }
    expect(policy).not.toContain('unsafe');
  });

  it('sends a file compressed to who takes that, and for ever', async () => {
    const [response] = (await once(
      get(`${xray.url}/assets/index-abc123.js`, { headers: { 'accept-encoding': 'gzip, br' } }),
      'response',
    )) as [IncomingMessage];
    const body = Buffer.concat(await response.toArray());

    expect(response.headers).toMatchObject({
      'content-encoding': 'gzip',
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
    });
    expect(body.length).toBeLessThan(500);
    expect(gunzipSync(body).toString()).toBe(SCRIPT);
    const plain = await fetch(`${xray.url}/assets/index-abc123.js`, {
      headers: { 'accept-encoding': 'gzip;q=0' },
    });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await plain.text()).toBe(SCRIPT);
  });

  it('is not sent again to who has it', async () => {
    const first = await fetch(`${xray.url}/`);
    await first.arrayBuffer();

    const again = await fetch(`${xray.url}/`, { headers: { 'if-none-match': first.headers.get('etag')! } });

    expect(again.status).toBe(304);
    expect(await again.text()).toBe('');
  });

  it.each([
    '/assets/notes.exe',
    '/assets/',
    '/..%2fxray-outside.js',
    '/assets/..%2f..%2fxray-outside.js',
    '/x.js',
  ])('has nothing at %s', async (path) => {
    const response = await fetch(xray.url + path);

    expect(response.status).toBe(404);
    expect(await response.text()).not.toContain('not for everybody');
  });

  it('gives way to a small page where it is not built', async () => {
    const bare = await startForTest({ consoleDir: join(consoleDir, 'assets') });

    expect(await (await fetch(`${bare.url}/`)).text()).toContain('X-Ray Local is running');
    await bare.stop();
  });
});
