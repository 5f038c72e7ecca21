// @ts-check
/**
 * Takes the pictures of the README from a real run: starts the lab on free ports, signs up, and photographs the service
 * map and a trace. `npm run screenshots`; needs Chromium, as the tests of the console do.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const ROOT = join(import.meta.dirname, '..');
const PICTURES = join(ROOT, 'docs', 'images');
const START_LIMIT_MS = 60_000;
const PORTS = ['SIGNUP_API', 'NOTIFIER', 'AWS_LOCAL', 'XRAY_LOCAL', 'XRAY_LOCAL_OTLP'].map((name) => [
  `${name}_PORT`,
  '0',
]);
const SIGN_UPS = 12;
const MAP_NODES = 7;

const lab = spawn(process.execPath, [join(ROOT, 'dist/apps/lab/src/main.js'), 'start', '--in-memory'], {
  env: { ...process.env, NODE_OPTIONS: '', ...Object.fromEntries(PORTS) },
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const { signupApi, xrayLocal } = await readAddresses();
  await signUp(signupApi);
  await takePictures(xrayLocal);
} finally {
  lab.kill('SIGTERM');
  await once(lab, 'exit');
}

/** The lab prints where everything is once all of it listens. */
async function readAddresses() {
  const signal = AbortSignal.timeout(START_LIMIT_MS);
  const lines = createInterface({ input: lab.stdout, signal });
  const addresses = { signupApi: '', xrayLocal: '' };
  for await (const line of lines) {
    const address = /https?:\/\/\S+/.exec(line)?.[0] ?? '';
    if (/^\s+sign-up page/.test(line)) addresses.signupApi = address;
    if (/^\s+X-Ray Local/.test(line)) addresses.xrayLocal = address;
    if (addresses.signupApi !== '' && addresses.xrayLocal !== '') {
      lab.stdout.resume();
      return addresses;
    }
  }
  throw new Error('the lab ended before it was ready');
}

/**
 * As the traffic of the tutorial: one of ten repeats an address.
 *
 * @param {string} url
 */
async function signUp(url) {
  for (let index = 0; index < SIGN_UPS; index += 1) {
    const email = `ada-${index === SIGN_UPS - 1 ? 0 : index}@example.com`;
    const body = JSON.stringify({ name: 'Ada Lovelace', email, previewAccess: 'Yes' });
    await fetch(`${url}/signup`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  }
}

/** @param {string} url */
async function takePictures(url) {
  mkdirSync(PICTURES, { recursive: true });
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      const page = await browser.newPage({
        viewport: { width: 1440, height: 900 },
        colorScheme,
        reducedMotion: 'reduce',
      });
      await page.goto(`${url}/#/service-map`);
      await page
        .locator('[data-node-id]')
        .nth(MAP_NODES - 1)
        .waitFor();
      await page.locator('[data-outcome=error]').first().waitFor();
      // What is new is pointed out for a moment.
      await delay(2_000);
      await page.screenshot({ path: join(PICTURES, `service-map-${colorScheme}.png`) });
      await page.goto(`${url}/#/traces/${await newestSignUp(url)}`);
      await page.getByText('notifier').first().waitFor();
      await delay(1_000);
      await page.screenshot({ path: join(PICTURES, `trace-${colorScheme}.png`) });
      await page.close();
    }
  } finally {
    await browser.close();
  }
}

/** @param {string} url */
async function newestSignUp(url) {
  const endSec = Date.now() / 1000;
  const body = JSON.stringify({
    StartTime: endSec - 300,
    EndTime: endSec,
    FilterExpression: 'ok AND http.method = "POST"',
  });
  const response = await fetch(`${url}/TraceSummaries`, { method: 'POST', body });
  const { TraceSummaries } = await response.json();
  return TraceSummaries[0].Id;
}
