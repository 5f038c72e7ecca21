// @ts-check
/**
 * Takes the pictures of the README and of docs/lab-guide.md from a real run: starts the lab on free ports, walks the guide
 * in a browser, and photographs each step. Needs Chromium, as the tests of the console do.
 *
 *     npm run screenshots              makes all of them, in five minutes
 *     npm run screenshots -- --check   makes none; says in which of them other words would stand now
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { Album } from './screenshots/album.mjs';
import { startLab } from './screenshots/start-lab.mjs';
import { walkGuide } from './screenshots/walk-guide.mjs';

const ROOT = join(import.meta.dirname, '..');
const PICTURES = join(ROOT, 'docs', 'images');
const CONTENTS = join(PICTURES, 'contents.json');
/** For what comes next in the walk: other tests may keep the machine busy. */
const WAIT_LIMIT_MS = 60_000;

const { values: options } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const isCheck = options.check;
const album = new Album(isCheck ? undefined : PICTURES);
await takeAll();
if (isCheck) check();
else keep();

async function takeAll() {
  const lab = await startLab(ROOT);
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    // Each has a clock of its own, so that hurrying the one does not carry the other off.
    const signupPage = await openPage(browser);
    const xrayConsole = await openPage(browser);
    await walkGuide({ lab, album, signupPage, xrayConsole, isHurried: isCheck });
  } finally {
    await browser.close();
    await lab.stop();
  }
}

/** @param {import('playwright-core').Browser} browser */
async function openPage(browser) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    colorScheme: 'light',
    reducedMotion: 'reduce',
    locale: 'en-GB',
  });
  context.setDefaultTimeout(WAIT_LIMIT_MS);
  return context.newPage();
}

function keep() {
  mkdirSync(PICTURES, { recursive: true });
  for (const file of readdirSync(PICTURES)) {
    if (file.endsWith('.png') && !(file in album.contents)) rmSync(join(PICTURES, file));
  }
  writeFileSync(CONTENTS, `${JSON.stringify(album.contents, null, 2)}\n`);
}

function check() {
  /** @type {import('./screenshots/album.mjs').Contents} */
  const kept = JSON.parse(readFileSync(CONTENTS, 'utf8'));
  for (const file of new Set([...Object.keys(kept), ...Object.keys(album.contents)])) {
    const before = kept[file] ?? [];
    const now = album.contents[file] ?? [];
    if (isDeepStrictEqual(before, now)) continue;
    process.exitCode = 1;
    process.stdout.write(`docs/images/${file} is out of date:\n`);
    for (const word of before.filter((word) => !now.includes(word))) process.stdout.write(`  - ${word}\n`);
    for (const word of now.filter((word) => !before.includes(word))) process.stdout.write(`  + ${word}\n`);
  }
  if (process.exitCode === 1) process.stdout.write('Make them anew: npm run screenshots\n');
}

function findChromium() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const places = folders.flatMap((folder) =>
    ['chromium', 'chromium-browser'].map((name) => join(folder, name)),
  );
  const found = process.env.CHROMIUM_PATH ?? places.find((place) => existsSync(place));
  if (found) return found;
  throw new Error('The pictures need Chromium: install it, or name it in CHROMIUM_PATH.');
}
