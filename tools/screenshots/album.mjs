// @ts-check
/**
 * Takes the pictures, and notes of each what stands in it: headings, buttons, labels, columns, the nodes of a map. Figures
 * are left out, for they differ from run to run.
 *
 * @typedef {Record<string, string[]>} Contents the words of a picture by the name of its file
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { shrinkPng } from './shrink-png.mjs';

/** What is new on a page is pointed out for a moment. */
const SETTLE_MS = 2_000;
const WIDTH = 1280;
/** Below the part that a picture goes down to. */
const MARGIN = 24;

export class Album {
  /** @type {Contents} */
  contents = {};

  /** @param {string | undefined} folder undefined looks, and keeps no picture */
  constructor(folder) {
    this.folder = folder;
  }

  /**
   * @param {string} name of the file, without its ending
   * @param {import('playwright-core').Page} page
   * @param {{ of?: string, downTo?: string }} [options] selectors: only this part, or the window as far as the end of that
   */
  async take(name, page, { of, downTo } = {}) {
    // What the mouse happens to be over would be pointed out too.
    await page.mouse.move(0, 0);
    await page.waitForTimeout(SETTLE_MS);
    const file = `${name}.png`;
    const part = page.locator(of ?? 'body');
    this.contents[file] = await part.evaluate(readWords);
    if (this.folder === undefined) return;
    const options = {
      // Where the project is on this machine is nobody's business.
      mask: [page.getByRole('list', { name: /^Stack of/ })],
      maskColor: '#e9eeec',
    };
    const end = downTo === undefined ? null : await page.locator(downTo).boundingBox();
    const clip = end === null ? undefined : { x: 0, y: 0, width: WIDTH, height: end.y + end.height + MARGIN };
    const png = await (of === undefined ? page.screenshot({ ...options, clip }) : part.screenshot(options));
    writeFileSync(join(this.folder, file), shrinkPng(png));
  }
}

/**
 * Runs in the browser.
 *
 * @param {Element} root
 */
function readWords(root) {
  const words = new Set();
  const selector =
    'h1, h2, h3, th, label, legend, button, [role=columnheader], [role=tab], [data-node-id], .waterfall-row';
  for (const element of root.querySelectorAll(selector)) {
    const { top, bottom, width } = element.getBoundingClientRect();
    if (width === 0 || bottom < 0 || top > globalThis.innerHeight) continue;
    const spoken =
      element.getAttribute('data-node-id') ??
      element.getAttribute('aria-label') ??
      (element instanceof HTMLElement ? element.innerText : '');
    const text = spoken.replace(/[▾▸\s]+/g, ' ');
    // Only when keys are due is it asked for them.
    if (/ecs-credentials-\s?endpoint/.test(text)) continue;
    words.add(
      text
        .replace(/\S*\d\S*(?: (?:ms|s|min)\b)?/g, '#')
        .replace(/#(?: #)+/g, '#')
        .trim(),
    );
  }
  return [...words].filter((word) => word !== '').toSorted((a, b) => (a < b ? -1 : 1));
}
