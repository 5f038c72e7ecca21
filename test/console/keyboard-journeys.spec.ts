import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { aSignup, postSignup, startTestStack, waitFor, type TestStack } from '#testing';
import type { SegmentDocument } from '#xray-model';
import { nodeNamed } from './map-page.js';
import { openConsole, startBrowser, type OpenConsole } from './open-console.js';
import { hexId, largeTrace, putSegments, shopSegment, traceIdAt, unusualTrace } from './segment-feed.js';
import {
  closeAndExpectClean,
  expectVisible,
  focusedRowIndex,
  isFocused,
  pressKeys,
  tabBackTo,
  tabTo,
} from './trace-probes.js';

/*
 * Whatever can be done, can be done without a pointer. A page that sees one all the same fails its test.
 */

const START_LIMIT_MS = 90_000;
const SERVICE_COUNT = 100;
const SEGMENT_COUNT = 10_000;

jest.setTimeout(90_000);

let stack: TestStack;
let browser: Browser;
const opened: OpenConsole[] = [];

beforeAll(async () => {
  [stack, browser] = await Promise.all([startTestStack(), startBrowser()]);
}, START_LIMIT_MS);
afterEach(async () => {
  for (const { page, problems } of opened) {
    if ((await page.evaluate<number>('window.pointerCount')) > 0) problems.push('a pointer was used');
  }
  await closeAndExpectClean(opened);
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

async function open(hash: string): Promise<Page> {
  const console = await openConsole(browser, { baseUrl: stack.addresses.xrayLocal, hash });
  const { page } = console;
  await page.addInitScript(`
    window.pointerCount = 0;
    for (const type of ['pointerdown', 'pointermove', 'wheel']) addEventListener(type, () => (window.pointerCount += 1), true);
  `);
  await page.reload();
  opened.push(console);
  return page;
}

const focusedNode = (page: Page): Promise<string | null> =>
  page.evaluate<string | null>('document.activeElement?.getAttribute("data-node-id") ?? null');

/** Goes to a node by the search of the map, and opens it. */
async function openBySearch(page: Page, words: string): Promise<void> {
  await pressKeys(page, '/');
  await page.keyboard.type(words);
  await expectVisible(page.getByText('1 match', { exact: true }));
  await pressKeys(page, 'Enter');
  await expectVisible(page.getByRole('complementary'));
}

describe('a sign-up', () => {
  it('is made and followed to the consumer of its message', async () => {
    const page = await open('#/service-map');
    await expectVisible(page.getByRole('heading', { name: /^No traces yet/ }));
    const form = await page.context().newPage();
    await form.goto(`${stack.addresses.signupApi}/`);
    await tabTo(form, '#name');
    await form.keyboard.type('Grace Hopper');
    await tabTo(form, '#email');
    await form.keyboard.type('grace@example.com');
    const answered = form.waitForResponse((response) => response.request().method() === 'POST');
    await pressKeys(form, 'Enter');
    expect(await (await answered).finished()).toBeNull();
    await form.close();

    for (const name of [/^SNS/, /^signups DynamoDB table/, /^signups SQS queue/, /^notifier/]) {
      await nodeNamed(page, name).waitFor();
    }
    await tabTo(page, '[data-node-id]');
    const visited = [await focusedNode(page)];
    for (let step = 0; step < 3; step += 1) {
      await pressKeys(page, 'ArrowRight');
      visited.push(await focusedNode(page));
    }
    expect(visited.slice(0, 2)).toEqual(['client|signup-api', 'AWS::ECS::Fargate|signup-api']);
    expect(new Set(visited).size).toBe(4);

    await openBySearch(page, 'signup-api fargate');
    await tabTo(page, '.panel-actions a');
    await pressKeys(page, 'Enter');
    await expectVisible(page.getByRole('grid', { name: 'Traces' }));
    await tabTo(page, '.trace-row a');
    await pressKeys(page, 'Enter');
    await expectVisible(page.getByRole('heading', { level: 1, name: 'POST /signup' }));
    await expectVisible(page.getByRole('link', { name: /Continues in notifier/ }));
    await tabTo(page, '.trace-links a');
    await pressKeys(page, 'Enter');
    await expectVisible(page.getByRole('heading', { level: 1, name: 'notifier' }));
  });

  it('that fails is found by its ring, its panel and the filtered list', async () => {
    const signup = aSignup();
    await postSignup(stack, signup);
    expect((await postSignup(stack, signup)).status).toBe(409);
    const page = await open('#/service-map');
    const api = nodeNamed(page, /^signup-api ECS Fargate .*errors/);
    await api.waitFor();
    await api.locator('[data-outcome=error]').waitFor();
    await openBySearch(page, 'signup-api fargate');
    await tabTo(page, '.outcomes tr:nth-child(2) input');
    await pressKeys(page, 'Space');
    await page.waitForURL(/[?&]class=error/);
    await tabTo(page, '.examples a');
    const panel = page.getByRole('complementary');
    expect(await panel.locator('.examples li', { has: page.locator('a:focus') }).innerText()).toContain(
      '409',
    );

    await tabBackTo(page, '.panel-actions a');
    await pressKeys(page, 'Enter');
    await expectVisible(page.getByRole('heading', { level: 1, name: 'Traces' }));
    await waitFor('the failed one alone', async () => (await page.locator('.trace-row').count()) === 1);
    await expectVisible(page.getByRole('row', { name: /409/ }));
  });

  it('of a certain duration is found by a range, which the link keeps', async () => {
    const page = await open('#/service-map');
    await nodeNamed(page, /^signup-api/).waitFor();
    await openBySearch(page, 'signup-api fargate');
    await tabTo(page, '.range-fields input');
    await page.keyboard.type('1');
    await tabTo(page, '.range-fields input');
    await page.keyboard.type('60000');
    await pressKeys(page, 'Enter');
    await page.waitForURL(/[?&]range=0\.001(?:~|%7E)60/);
    const filter =
      'service(id(name: "signup-api", type: "AWS::ECS::Fargate")) { responsetime >= 0.001 AND responsetime <= 60 }';
    await expectVisible(page.getByText(filter));
    await page.reload();
    await expectVisible(page.getByText(filter));
    await tabTo(page, '.panel-actions a');
    await pressKeys(page, 'Enter');
    await expectVisible(page.locator('.trace-row').first());
    expect(await page.getByRole('combobox', { name: 'Filter expression' }).inputValue()).toBe(filter);
  });
});

describe('a failure', () => {
  it('is read from the list to the stack of its exception', async () => {
    await putSegments(stack.addresses.xrayLocal, unusualTrace(Date.now() / 1_000 - 20));
    const page = await open('#/traces');
    await expectVisible(page.getByRole('grid', { name: 'Traces' }));
    await tabTo(page, '.filter-input');
    await page.keyboard.type('service("checkout") { fault }');
    await pressKeys(page, 'Escape', 'Enter');
    await waitFor('the filtered list', async () => (await page.locator('.trace-row').count()) === 1);
    await tabTo(page, '.trace-row a');
    await pressKeys(page, 'Enter');
    await expectVisible(page.getByRole('heading', { level: 1, name: 'POST /orders' }));
    await expectVisible(page.locator('.waterfall-row').first());
    await tabTo(page, '.waterfall-row');
    await pressKeys(page, 'ArrowDown', 'ArrowDown', 'Enter');
    await expectVisible(page.getByRole('region', { name: 'Details of DynamoDB' }));
    await waitFor('the focus to be on a tab', () => isFocused(page, '[role=tab]'));
    await pressKeys(page, 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight');
    await expectVisible(page.getByRole('tab', { name: /Exceptions 1/, selected: true }));
    const frames = page.getByRole('list', { name: 'Stack of ConditionalCheckFailedException' });
    expect(await frames.innerText()).toContain('/app/src/orders.js:42');

    await pressKeys(page, 'Escape');
    await waitFor('the focus to be back on the row', () => isFocused(page, '.waterfall-row'));
  });

  it('is left and returned to by the ways back and forward', async () => {
    const page = await open('#/service-map');
    await nodeNamed(page, /^checkout/).waitFor();
    await openBySearch(page, 'checkout fargate');
    await tabTo(page, '.panel-actions a');
    await pressKeys(page, 'Enter');
    await expectVisible(page.locator('.trace-row').first());
    await tabTo(page, '.trace-row a');
    await pressKeys(page, 'Enter');
    await expectVisible(page.locator('.waterfall-row').first());
    await tabTo(page, '.waterfall-row');
    await pressKeys(page, 'ArrowDown', 'Enter');
    const details = page.getByRole('region', { name: 'Details of checkout' });
    await expectVisible(details);

    await page.goBack();
    await details.waitFor({ state: 'detached' });
    await page.goBack();
    await expectVisible(page.getByRole('grid', { name: 'Traces' }));
    await page.goBack();
    await expectVisible(page.getByRole('complementary', { name: /checkout/ }));
    await page.goBack();
    await page.getByRole('complementary').waitFor({ state: 'detached' });
    for (let step = 0; step < 4; step += 1) await page.goForward();
    await expectVisible(details);
  });
});

describe('much of everything', () => {
  it('is walked through: a hundred services, and a trace of ten thousand segments', async () => {
    const nowSec = Date.now() / 1_000;
    await putSegments(stack.addresses.xrayLocal, wideTrace(nowSec - 10, SERVICE_COUNT));
    await putSegments(stack.addresses.xrayLocal, largeTrace(nowSec - 100, SEGMENT_COUNT));
    const page = await open('#/service-map');
    await nodeNamed(page, /^part-99/).waitFor();
    await openBySearch(page, 'part-99');
    await pressKeys(page, 'Escape');
    await waitFor(
      'the focus to be on the node',
      async () => (await focusedNode(page)) === 'AWS::ECS::Fargate|part-99',
    );
    await pressKeys(page, 'ArrowLeft');
    expect(await focusedNode(page)).toBe('AWS::ECS::Fargate|part-32');

    await tabBackTo(page, 'nav a[href*="traces"]');
    await pressKeys(page, 'Enter');
    await tabTo(page, '.filter-input');
    await page.keyboard.type('service("batch")');
    await pressKeys(page, 'Escape', 'Enter');
    await waitFor('the filtered list', async () => (await page.locator('.trace-row').count()) === 1);
    await tabTo(page, '.trace-row a');
    await pressKeys(page, 'Enter');
    await expectVisible(page.locator('.waterfall-row').first());
    await tabTo(page, '.waterfall-row');
    await pressKeys(page, 'End');
    const lastIndex = await page.getByRole('treegrid').getAttribute('aria-rowcount');
    expect(Number(lastIndex)).toBeGreaterThan(SEGMENT_COUNT);
    await waitFor('the last row', async () => (await focusedRowIndex(page)) === lastIndex);
  });
});

/** One trace through so many services; each calls up to three more. */
function wideTrace(startSec: number, count: number): SegmentDocument[] {
  const traceId = traceIdAt(startSec);
  const callIds = Array.from({ length: count }, hexId);
  const times = { start_time: startSec, end_time: startSec + 0.05 };
  return callIds.map((id, index) => {
    const called = [1, 2, 3].map((offset) => 3 * index + offset).filter((other) => other < count);
    return {
      ...shopSegment(startSec),
      name: `part-${index}`,
      trace_id: traceId,
      ...(index === 0 ? {} : { parent_id: id }),
      subsegments: called.map((other) => ({
        ...times,
        id: callIds[other]!,
        name: `part-${other}`,
        namespace: 'remote' as const,
      })),
    };
  });
}
