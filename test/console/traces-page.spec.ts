import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { postSignup, startTestStack, waitFor, type TestStack } from '#testing';
import { putSegments, shopSegment } from './segment-feed.js';
import { findAxeViolations, openConsole, startBrowser, type OpenConsole } from './open-console.js';
import {
  closeAndExpectClean,
  countBlankFrames,
  expectNoOverflow,
  expectVisible,
  focusedRowIndex,
  pressKeys,
} from './trace-probes.js';

const START_LIMIT_MS = 60_000;
const SHOP_COUNT = 1_500;

jest.setTimeout(60_000);

let stack: TestStack;
let browser: Browser;
let origin: string;
const opened: OpenConsole[] = [];

beforeAll(async () => {
  [stack, browser] = await Promise.all([startTestStack(), startBrowser()]);
  origin = stack.addresses.xrayLocal;
  await postSignup(stack);
  const nowSec = Date.now() / 1_000;
  const statuses = [200, 200, 404, 500, 429] as const;
  const segments = Array.from({ length: SHOP_COUNT }, (_, index) => {
    const status = statuses[index % statuses.length]!;
    return shopSegment(nowSec - 60 - index / 20, {
      end_time: nowSec - 60 - index / 20 + 0.001 * (1 + index),
      http: {
        request: {
          method: index % 2 === 0 ? 'GET' : 'POST',
          url: `http://shop.example.com/items/${index % 7}`,
        },
        response: { status },
      },
      user: index % 3 === 0 ? 'ada' : 'grace',
      annotations: { plan: index % 2 === 0 ? 'free' : 'pro' },
      ...(status === 500 ? { fault: true } : {}),
      ...(status === 404 || status === 429 ? { error: true } : {}),
      ...(status === 429 ? { throttle: true } : {}),
    });
  });
  await putSegments(origin, segments);
}, START_LIMIT_MS);
afterEach(() => closeAndExpectClean(opened));
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

async function open(hash: string, options?: Parameters<typeof openConsole>[2]): Promise<Page> {
  const console = await openConsole(browser, { baseUrl: origin, hash }, options);
  opened.push(console);
  return console.page;
}

const filterOf = (page: Page) => page.getByRole('combobox', { name: 'Filter expression' });
/** The texts of a column in the order of the rows. */
const firstCells = async (page: Page, cell: string): Promise<string[]> => {
  const rows = await page.locator('.trace-row').all();
  const texts = await Promise.all(
    rows.slice(0, 5).map(async (found) => ({
      index: Number(await found.getAttribute('aria-rowindex')),
      text: await found.locator(`.cell-${cell}`).innerText(),
    })),
  );
  return texts.toSorted((a, b) => a.index - b.index).map(({ text }) => text);
};

describe('the list of traces', () => {
  it('joins the pages of the API and counts them', async () => {
    const page = await open('#/traces?filter=service("shop")&refresh=off');
    await page.getByText(`${SHOP_COUNT} traces`, { exact: true }).waitFor();
    const count = await page.getByRole('grid', { name: 'Traces' }).getAttribute('aria-rowcount');
    expect(count).toBe(String(SHOP_COUNT + 1));
    expect(await page.locator('.trace-row').count()).toBeLessThan(120);
  });

  it('sorts by its headings, and the address remembers', async () => {
    const page = await open('#/traces?filter=service("shop")');
    await page.getByRole('button', { name: 'Duration' }).click();
    await waitFor('the slowest first', async () => (await firstCells(page, 'duration'))[0] === '1.50 s');
    expect(page.url()).toContain('sort=-duration');
    await page.reload();
    await expectVisible(page.getByRole('columnheader', { name: 'Duration' }));
    await waitFor('the slowest first', async () => (await firstCells(page, 'duration'))[0] === '1.50 s');
    const heading = page.getByRole('columnheader', { name: 'Duration' });
    expect(await heading.getAttribute('aria-sort')).toBe('descending');
  });

  it('scrolls to its end without blank rows', async () => {
    const page = await open('#/traces?filter=service("shop")&refresh=off');
    await page.getByText(`${SHOP_COUNT} traces`, { exact: true }).waitFor();
    await page.locator('.trace-row a').first().focus();
    await page.keyboard.press('End');
    await waitFor('the last row', async () => (await focusedRowIndex(page)) === String(SHOP_COUNT + 1));
    await page.keyboard.press('Home');
    await waitFor('the first row', async () => (await focusedRowIndex(page)) === '2');
    expect(await countBlankFrames(page, '.trace-grid', '.trace-row')).toBe(0);
  });

  it('does not move what is read when new traces come: it says how many, and shows them when asked', async () => {
    const page = await open('#/traces?filter=http.method = "PUT" OR user = "ada"&sort=age');
    await expectVisible(page.locator('.trace-row').first());
    const before = await firstCells(page, 'id');
    await putSegments(origin, [
      shopSegment(Date.now() / 1_000, {
        http: { request: { method: 'PUT', url: 'http://shop.example.com/new' } },
      }),
    ]);
    const button = page.getByRole('button', { name: '1 new, show' });
    await expectVisible(button);
    expect(await firstCells(page, 'id')).toEqual(before);

    await button.click();
    await expectVisible(page.getByRole('row', { name: /PUT \/new/ }));
  });
});

describe('the filter', () => {
  it('completes keywords and the values that were seen, by keyboard alone', async () => {
    const page = await open('#/traces?refresh=off');
    await expectVisible(page.locator('.trace-row').first());
    await filterOf(page).focus();
    await page.keyboard.type('http.us');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('use');
    await expectVisible(page.getByRole('option', { name: /^user/ }));
    await pressKeys(page, 'ArrowDown', 'Enter', 'ArrowDown', 'Enter');
    expect(await filterOf(page).inputValue()).toBe('user = ');
    await expectVisible(page.getByRole('option', { name: /"ada"/ }));
    await page.keyboard.type('"ad');
    await pressKeys(page, 'ArrowDown', 'Enter', 'Escape', 'Enter');
    await page.getByText('500 traces', { exact: true }).waitFor();
    expect(new URLSearchParams(page.url().split('?')[1]).get('filter')).toBe('user = "ada"');
  });

  it('says what is wrong at its column, in the words of the server', async () => {
    const wrong = 'fault AND nonsense';
    const response = await fetch(`${origin}/TraceSummaries`, {
      method: 'POST',
      body: JSON.stringify({ StartTime: 0, EndTime: 1, FilterExpression: wrong }),
      headers: { 'content-type': 'application/json' },
    });
    const { Message: message } = (await response.json()) as { Message: string };
    const page = await open(`#/traces?filter=${encodeURIComponent(wrong)}`);
    const alert = page.getByRole('alert');
    await expectVisible(alert);
    expect(await alert.innerText()).toContain('Column 11: unknown keyword nonsense');
    expect(message).toContain('column 11: unknown keyword nonsense');
    expect(await filterOf(page).getAttribute('aria-invalid')).toBe('true');
    expect(await findAxeViolations(page)).toEqual([]);

    await filterOf(page).fill('fault');
    await page.keyboard.press('Enter');
    await page.getByText('300 traces', { exact: true }).waitFor();
    expect(await alert.count()).toBe(0);
  });

  it('is refined at a click by outcome and by value, and freed again', async () => {
    const page = await open('#/traces?refresh=off');
    await page.getByRole('button', { name: /^Throttle 300/ }).click();
    await page.getByRole('combobox', { name: 'Refine by' }).selectOption('annotation');
    await page.getByRole('button', { name: /^plan = pro/ }).click();
    await page.getByText('150 traces', { exact: true }).waitFor();
    expect(await filterOf(page).inputValue()).toBe('throttle AND annotation.plan = "pro"');
    await page.getByRole('button', { name: /^Throttle/, pressed: true }).click();
    await page.getByText('750 traces', { exact: true }).waitFor();
  });

  it('says when nothing matches, and how many were looked at', async () => {
    const page = await open('#/traces?filter=http.status = 418');
    await expectVisible(page.getByRole('heading', { name: 'No trace matches' }));
    await expectVisible(page.getByText(/None of the 1\d\d\d traces of the last 5 minutes/));
    expect(await findAxeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Clear the filter' }).click();
    await expectVisible(page.locator('.trace-row').first());
  });
});

describe('the page', () => {
  it('says what to do where there are no traces', async () => {
    const page = await open('#/traces?timeRange=2020-01-01T00:00:00~2020-01-01T00:05:00');
    await expectVisible(page.getByRole('heading', { name: 'No traces yet' }));
    await expectVisible(page.getByText('npm run lab -- traffic'));
    expect(await findAxeViolations(page)).toEqual([]);
  });

  it('says when the server is gone, keeps what it has, and goes on by itself', async () => {
    const page = await open('#/traces?timeRange=PT1H');
    await expectVisible(page.locator('.trace-row').first());
    await page.context().setOffline(true);
    const alert = page.getByRole('alert');
    await expectVisible(alert.getByText('X-Ray Local is not there'));
    expect(await page.locator('.trace-row').count()).toBeGreaterThan(0);
    expect(await findAxeViolations(page)).toEqual([]);
    await page.context().setOffline(false);
    await alert.waitFor({ state: 'detached' });
    // The browser itself writes of every request that failed.
    const { problems } = opened.at(-1)!;
    expect(problems.every((problem) => problem.includes('net::ERR_INTERNET_DISCONNECTED'))).toBe(true);
    problems.length = 0;
  });

  it('opens a trace from its point in the plot', async () => {
    const page = await open('#/traces?filter=fault&refresh=off');
    await page.getByText('300 traces', { exact: true }).waitFor();
    const plot = page.getByRole('img', { name: /Durations of 300 traces/ });
    const box = (await plot.boundingBox())!;
    await waitFor('a point under the pointer', async () => {
      await page.mouse.move(box.x + 80 + Math.random() * (box.width - 100), box.y + box.height * 0.4);
      return (await page.locator('.scatter-near').count()) === 1;
    });
    await page.mouse.down();
    await page.mouse.up();
    await expectVisible(page.getByRole('heading', { level: 1, name: /\/items\// }));
    expect(page.url()).toMatch(/#\/traces\/1-/);
  });

  it.each(['light', 'dark'] as const)('has nothing that axe complains about, %s', async (colorScheme) => {
    for (const width of [390, 1440, 2560]) {
      const page = await open('#/traces?refresh=off', { colorScheme, viewport: { width, height: 900 } });
      await expectVisible(page.locator('.trace-row').first());
      expect(await findAxeViolations(page)).toEqual([]);
      await filterOf(page).focus();
      await page.keyboard.type('se');
      await expectVisible(page.getByRole('listbox', { name: 'Suggestions' }).getByRole('option').first());
      expect(await findAxeViolations(page)).toEqual([]);
      await expectNoOverflow(page);
    }
  });
});
