import { CreateGroupCommand, GetServiceGraphCommand } from '@aws-sdk/client-xray';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { aSignup, postSignup, startTestStack, waitFor, type TestStack } from '#testing';
import { nodeNamed, requestCount } from './map-page.js';
import { findAxeViolations, openConsole, startBrowser, type OpenConsole } from './open-console.js';
import { putSegments, unusualTrace } from './segment-feed.js';
import {
  closeAndExpectClean,
  expectVisible,
  isFocused,
  measureBars,
  pressKeys,
  tabTo,
} from './trace-probes.js';

const START_LIMIT_MS = 60_000;
const GROUP = 'refused';

jest.setTimeout(60_000);

let stack: TestStack;
let browser: Browser;
let traceId: string;
const opened: OpenConsole[] = [];

beforeAll(async () => {
  [stack, browser] = await Promise.all([startTestStack(), startBrowser()]);
  const unusual = unusualTrace(Date.now() / 1_000 - 20);
  await putSegments(stack.addresses.xrayLocal, unusual);
  traceId = unusual[0]!.trace_id!;
}, START_LIMIT_MS);
afterEach(() => closeAndExpectClean(opened));
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

async function open(hash: string, options?: Parameters<typeof openConsole>[2]): Promise<Page> {
  const console = await openConsole(browser, { baseUrl: stack.addresses.xrayLocal, hash }, options);
  opened.push(console);
  return console.page;
}

/** The parameters of the link that is shown. */
const paramsOf = (page: Page): URLSearchParams => new URLSearchParams(page.url().split('?')[1]);

describe('a group', () => {
  const refusals = 2;
  beforeAll(async () => {
    await stack.xray.send(
      new CreateGroupCommand({ GroupName: GROUP, FilterExpression: 'service("signup-api") { error }' }),
    );
    const signup = aSignup();
    for (let index = 0; index <= refusals; index += 1) await postSignup(stack, signup);
    const page = await open('#/service-map');
    await nodeNamed(page, /^signup-api ECS Fargate .*errors/).waitFor();
    await nodeNamed(page, /^SNS/).waitFor();
  });

  it('is chosen by keyboard; the map and the traces are of it alone, and so is whoever gets the link', async () => {
    const page = await open('#/service-map');
    const groups = page.getByRole('combobox', { name: 'Group' });
    await expectVisible(groups);
    expect(await groups.getByRole('option').allTextContents()).toEqual(['All traces', GROUP]);
    await tabTo(page, '.map-toolbar select');
    await page.keyboard.type(GROUP.slice(0, 3));
    await waitFor('the group in the link', () => paramsOf(page).get('group') === GROUP);
    await nodeNamed(page, /^SNS/).waitFor({ state: 'detached' });
    expect(await requestCount(page)).toBe(refusals);
    const endMs = Date.now();
    const { Services = [] } = await stack.xray.send(
      new GetServiceGraphCommand({
        GroupName: GROUP,
        StartTime: new Date(endMs - 300_000),
        EndTime: new Date(endMs),
      }),
    );
    expect(await page.locator('[data-node-id]').count()).toBe(Services.length);
    expect(await findAxeViolations(page)).toEqual([]);

    await page.reload();
    await nodeNamed(page, /^signup-api/).waitFor();
    expect(await requestCount(page)).toBe(refusals);
    expect(await groups.inputValue()).toBe(GROUP);

    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Traces' }).press('Enter');
    await expectVisible(page.getByText(`Only traces of the group ${GROUP}.`));
    expect(paramsOf(page).get('group')).toBe(GROUP);
    await expectVisible(page.getByText(`${refusals} traces`, { exact: true }));
    expect(await page.locator('.cell-status').filter({ hasText: '409' }).count()).toBe(refusals);
    expect(await findAxeViolations(page)).toEqual([]);

    await page.getByRole('button', { name: 'All traces' }).press('Enter');
    await waitFor('more traces', async () => (await page.locator('.trace-row').count()) > refusals);
    expect(paramsOf(page).has('group')).toBe(false);
  });

  it('that is not there is told in words', async () => {
    const page = await open('#/service-map?group=gone');
    await expectVisible(page.getByRole('alert').getByText(/gone/));
    expect(await findAxeViolations(page)).toEqual([]);
    // The browser itself writes of every request that is refused.
    const { problems } = opened.at(-1)!;
    expect(problems.every((problem) => problem.includes('status of 400'))).toBe(true);
    problems.length = 0;
  });
});

describe('the timeline of a trace', () => {
  const row = (page: Page, name: RegExp) => page.getByRole('row', { name });

  it('keeps in the link what is closed', async () => {
    const page = await open(`#/traces/${traceId}`);
    await expectVisible(row(page, /^checkout/));
    await tabTo(page, '.waterfall-row');
    await pressKeys(page, 'ArrowDown', 'ArrowLeft');
    await row(page, /^quick\.example\.com GET/).waitFor({ state: 'detached' });
    const rowCount = await page.locator('.waterfall-row').count();
    await page.reload();
    await expectVisible(page.getByText(/rows are collapsed/));
    expect(await page.locator('.waterfall-row').count()).toBe(rowCount);
    expect(await row(page, /^POST \/orders/).getAttribute('aria-expanded')).toBe('false');

    await page.getByRole('button', { name: 'Collapse all' }).press('Enter');
    expect(paramsOf(page).get('collapsed')).toBe('*');
    await row(page, /^checkout/).press('ArrowRight');
    await expectVisible(row(page, /^POST \/orders/));
    await page.reload();
    await expectVisible(row(page, /^POST \/orders/));
    expect(await row(page, /^slow-worker/).getAttribute('aria-expanded')).toBe('false');

    await page.getByRole('button', { name: 'Expand all' }).press('Enter');
    await expectVisible(row(page, /^ledger@db\.example\.com/).first());
    expect(paramsOf(page).has('collapsed')).toBe(false);
  });

  it('gives the names as much room as the reader wants, by keys and by pointer, and remembers it', async () => {
    const page = await open(`#/traces/${traceId}`);
    const handle = page.getByRole('separator', { name: 'Width of the names' });
    await expectVisible(handle);
    const shareOf = async (): Promise<number> => Number(await handle.getAttribute('aria-valuenow'));
    const before = await shareOf();
    await tabTo(page, '.name-resizer');
    await pressKeys(page, 'ArrowRight', 'ArrowRight');
    expect(await shareOf()).toBe(before + 4);
    const name = (await page.locator('.waterfall-head .waterfall-name').boundingBox())!;
    const frame = (await page.locator('.waterfall').boundingBox())!;
    expect((name.width / frame.width) * 100).toBeCloseTo(before + 4, 0);
    await pressKeys(page, 'Home', 'ArrowLeft');
    expect(await shareOf()).toBe(15);
    await pressKeys(page, 'End');
    expect(await shareOf()).toBe(70);
    expect(await isFocused(page, '.name-resizer')).toBe(true);
    expect(await findAxeViolations(page)).toEqual([]);

    const { trackWidth, bars } = await measureBars(page);
    const ledger = bars.find((bar) => bar.name === 'ledger@db.example.com')!;
    expect(Math.abs(ledger.left - 0.3 * trackWidth)).toBeLessThanOrEqual(1);
    expect(Math.abs(ledger.width - 0.45 * trackWidth)).toBeLessThanOrEqual(1);

    await page.reload();
    await expectVisible(handle);
    expect(await shareOf()).toBe(70);
    const at = (await handle.boundingBox())!;
    await page.mouse.move(at.x + at.width / 2, at.y + at.height / 2);
    await page.mouse.down();
    await page.mouse.move(frame.x + frame.width * 0.5, at.y + at.height / 2, { steps: 4 });
    await page.mouse.up();
    expect(await shareOf()).toBe(50);
    await handle.dblclick();
    expect(await shareOf()).toBe(before);
  });
});
