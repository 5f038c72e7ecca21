import { expect } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { waitFor } from '#testing';
import type { OpenConsole } from './open-console.js';

/*
 * What only the page itself can tell: measures, and what has the focus. As texts, because the tests know no document.
 */

/** Closes pages, in which nothing must have gone wrong. */
export async function closeAndExpectClean(opened: OpenConsole[]): Promise<void> {
  const problems = opened.flatMap((console) => console.problems);
  await Promise.all(opened.map((console) => console.close()));
  opened.length = 0;
  expect(problems).toEqual([]);
}

/** Waits for it, as a reader would. */
export function expectVisible(locator: Locator): Promise<void> {
  return locator.waitFor({ state: 'visible' });
}

/** Whether what has the focus fits a selector. */
export function isFocused(page: Page, selector: string): Promise<boolean> {
  return page.evaluate<boolean>(`document.activeElement?.matches(${JSON.stringify(selector)}) === true`);
}

/** Presses Tab until something has the focus; how often is not the reader's concern. */
export async function tabTo(page: Page, selector: string): Promise<void> {
  await pressUntilFocused(page, 'Tab', selector);
}

/** The same the other way. */
export async function tabBackTo(page: Page, selector: string): Promise<void> {
  await pressUntilFocused(page, 'Shift+Tab', selector);
}

async function pressUntilFocused(page: Page, key: string, selector: string): Promise<void> {
  await waitFor(`${key} to reach ${selector}`, async () => {
    await page.keyboard.press(key);
    return isFocused(page, selector);
  });
}

export async function pressKeys(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

/** The `aria-rowindex` of the row that has the focus or holds what has it. */
export function focusedRowIndex(page: Page): Promise<string | null> {
  return page.evaluate<string | null>(
    `document.activeElement?.closest('[role=row]')?.getAttribute('aria-rowindex') ?? null`,
  );
}

export interface BarShape {
  name: string;
  /** Pixels from the left end of the scale. */
  left: number;
  width: number;
}

/** The bars of the timeline as they are drawn. */
export function measureBars(page: Page): Promise<{ trackWidth: number; bars: BarShape[] }> {
  return page.evaluate(`(() => {
    const track = document.querySelector('.waterfall-head .waterfall-track').getBoundingClientRect();
    const bars = [...document.querySelectorAll('.waterfall-row:not(.is-heading)')].map((line) => {
      const bar = line.querySelector('.span-bar').getBoundingClientRect();
      return { name: line.querySelector('.waterfall-text').textContent, left: bar.left - track.left, width: bar.width };
    });
    return { trackWidth: track.width, bars };
  })()`);
}

/** Opens a trace from within the page; milliseconds from the answer of `BatchGetTraces` to the first rows. */
export function measureOpening(page: Page, hash: string): Promise<number> {
  return page.evaluate<number>(`(async () => {
    let answeredMs = 0;
    const { fetch: realFetch } = window;
    window.fetch = async (...request) => {
      const response = await realFetch(...request);
      if (String(request[0]).endsWith('/Traces')) answeredMs = performance.now();
      return response;
    };
    location.hash = ${JSON.stringify(hash)};
    while (document.querySelector('.waterfall-row') === null) await new Promise(requestAnimationFrame);
    window.fetch = realFetch;
    return performance.now() - answeredMs;
  })()`);
}

/** Scrolls in large and in small steps, and counts the frames in which a place in sight had no row. */
export function countBlankFrames(page: Page, scroller: string, row: string): Promise<number> {
  return page.evaluate<number>(`(async () => {
    const scroller = document.querySelector(${JSON.stringify(scroller)});
    let blank = 0;
    for (let step = 0; step < 60; step += 1) {
      scroller.scrollTop += step % 3 === 0 ? 9000 : 400;
      await new Promise(requestAnimationFrame);
      const { top, bottom } = scroller.getBoundingClientRect();
      const headPx = 60;
      const height = Math.min(bottom, innerHeight) - top - headPx;
      const places = [0.02, 0.5, 0.98].map((share) => top + headPx + share * height);
      const rows = [...document.querySelectorAll(${JSON.stringify(row)})].map((found) => found.getBoundingClientRect());
      const isCovered = (y) => rows.some((found) => found.top <= y && found.bottom >= y);
      if (!places.every(isCovered)) blank += 1;
    }
    return blank;
  })()`);
}

/** Nothing makes the page wider than its window; when something does, the error names it. */
export async function expectNoOverflow(page: Page): Promise<void> {
  const tooWide = await page.evaluate<string[]>(`(() => {
    if (document.documentElement.scrollWidth <= innerWidth) return [];
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
      .map((element) => element.tagName + ' ' + element.getAttribute('class') + ' at ' + innerWidth);
  })()`);
  expect(tooWide).toEqual([]);
}
