import type { Locator, Page } from 'playwright-core';

/** A node of the map, by how its name starts; edges start with the same names. */
export function nodeNamed(page: Page, name: RegExp): Locator {
  const map = page.getByRole('group', { name: /^Service map/ });
  return map.locator('[data-node-id]').and(map.getByRole('button', { name }));
}

/** How many requests the page says there are. */
export async function requestCount(page: Page): Promise<number> {
  const text =
    (await page
      .getByRole('status')
      .filter({ hasText: /request/ })
      .textContent()) ?? '';
  return Number(/(\d+) request/.exec(text)?.[1]);
}

export interface Point {
  x: number;
  y: number;
}

/** Where a node is on the map, from its `translate(x y)`. */
export async function placeOf(node: Locator): Promise<Point> {
  const [, x, y] = /translate\((\S+) (\S+)\)/.exec((await node.getAttribute('transform')) ?? '') ?? [];
  return { x: Number(x), y: Number(y) };
}
