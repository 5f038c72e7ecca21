import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { aSignup, postSignup, startTestStack, waitFor, type TestStack } from '#testing';
import { nodeNamed, requestCount } from './map-page.js';
import { failOn, openConsole, startBrowser, type OpenConsole } from './open-console.js';

const START_MS = 60_000;
const TEST_MS = 60_000;
/** From the moment X-Ray Local knows of something until it is on the map. */
const MAX_LIVE_MS = 1_000;

let stack: TestStack;
let browser: Browser;
let opened: OpenConsole[] = [];
beforeAll(async () => {
  [stack, browser] = await Promise.all([startTestStack(), startBrowser()]);
}, START_MS);
afterEach(async () => {
  const problems = opened.flatMap((console) => console.problems);
  await Promise.all(opened.map((console) => console.close()));
  opened = [];
  failOn(problems);
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

async function open(hash: string, options?: Parameters<typeof openConsole>[2]): Promise<Page> {
  const console = await openConsole(browser, { baseUrl: stack.addresses.xrayLocal, hash }, options);
  opened.push(console);
  return console.page;
}

describe('the service map of a first sign-up', () => {
  it(
    'says what to do while there is nothing, and grows while one watches',
    async () => {
      const page = await open('#/service-map');
      await page.getByRole('heading', { name: /^No traces yet/ }).waitFor();
      expect(await page.locator('.command pre').allTextContents()).toEqual([
        'npm start',
        'npm run lab -- traffic',
        expect.stringMatching(
          /^OTEL_EXPORTER_OTLP_ENDPOINT=http:\/\/127\.0\.0\.1:\d+ node your-service\.js$/,
        ),
      ]);

      const { status } = await postSignup(stack);

      expect(status).toBe(201);
      for (const name of [
        /^client/,
        /^signup-api ECS Fargate/,
        /^signups DynamoDB table/,
        /^notifier ECS Fargate/,
        /^SNS/,
        /^signups SQS queue/,
      ]) {
        await nodeNamed(page, name).waitFor();
      }
    },
    TEST_MS,
  );

  it(
    'shows the next one within a second of X-Ray Local knowing it, and points it out',
    async () => {
      const page = await open('#/service-map');
      await nodeNamed(page, /^signup-api/).waitFor();
      const before = await requestCount(page);
      await postSignup(stack);

      const knownMs = await waitFor('the request in the API', async () => {
        const known = await page.evaluate<number>(COUNT_REQUESTS);
        return known > before && performance.now();
      });
      const shownMs = await waitFor('the request on the map', async () => {
        return (await requestCount(page)) > before && performance.now();
      });

      expect(shownMs - knownMs).toBeLessThan(MAX_LIVE_MS);
      expect(await page.locator('.node-pulse').count()).toBeGreaterThan(0);
    },
    TEST_MS,
  );

  it(
    'stands still while it is paused, and goes on after',
    async () => {
      const page = await open('#/service-map?refresh=off');
      await nodeNamed(page, /^signup-api/).waitFor();
      const before = await requestCount(page);
      await postSignup(stack);
      await waitFor(
        'the request in the API',
        async () => (await page.evaluate<number>(COUNT_REQUESTS)) > before,
      );

      expect(await requestCount(page)).toBe(before);
      await page.getByRole('button', { name: 'Pause' }).click();
      await waitFor('the request on the map', async () => (await requestCount(page)) > before);
      expect(page.url()).not.toContain('refresh');
    },
    TEST_MS,
  );
});

/** Asks the API for what comes from clients, as the page does. */
const COUNT_REQUESTS = `(async () => {
  const end = Date.now() / 1000;
  const response = await fetch('/ServiceGraph', { method: 'POST', body: JSON.stringify({ StartTime: end - 300, EndTime: end }) });
  const { Services } = await response.json();
  return Services.filter(({ Type }) => Type === 'client').flatMap(({ Edges }) => Edges)
    .reduce((sum, { SummaryStatistics }) => sum + SummaryStatistics.TotalCount, 0);
})()`;

describe('a failing sign-up', () => {
  it(
    'is told by the ring, in words and in the list of its traces',
    async () => {
      const signup = aSignup();
      await postSignup(stack, signup);
      expect((await postSignup(stack, signup)).status).toBe(409);
      const page = await open('#/service-map');
      const api = nodeNamed(page, /^signup-api ECS Fargate .*errors/);
      await api.waitFor();
      await api.locator('[data-outcome=error]').waitFor();

      await api.click();
      const panel = page.getByRole('complementary', { name: 'ECS Fargate signup-api' });
      await panel.getByRole('checkbox', { name: 'Error' }).check();
      await panel.getByRole('link', { name: 'POST /signup' }).first().waitFor();
      await panel.getByRole('link', { name: 'View traces' }).click();

      const filter = new URLSearchParams(page.url().split('?')[1]).get('filter');
      expect(filter).toBe('service(id(name: "signup-api", type: "AWS::ECS::Fargate")) { error }');
      await page.getByRole('heading', { level: 1, name: 'Traces' }).waitFor();
      await page.getByText('409').first().waitFor();
    },
    TEST_MS,
  );
});

describe('the response-time distribution', () => {
  it(
    'turns a drag into a range, into the link and into the filter, and a reload shows the same',
    async () => {
      const page = await open('#/service-map');
      await nodeNamed(page, /^signup-api ECS/).click();
      const bars = page.getByRole('img', {
        name: /^Response time, as the service itself sees it: \d+ samples/,
      });
      const box = (await bars.boundingBox())!;
      await page.mouse.move(box.x + 2, box.y + 60);
      await page.mouse.down();
      await page.mouse.move(box.x + box.width / 2, box.y + 60, { steps: 4 });
      await page.mouse.up();

      await page.waitForURL(/[?&]range=/);
      const range = /[?&]range=([\d.]+)(?:~|%7E)([\d.]+)/.exec(page.url())!;
      const filter = `service(id(name: "signup-api", type: "AWS::ECS::Fargate")) { responsetime >= ${range[1]} AND responsetime <= ${range[2]} }`;
      await page.getByText(filter).waitFor();
      const link = await page.getByRole('link', { name: 'View traces' }).getAttribute('href');
      expect(new URLSearchParams(link!.split('?')[1]).get('filter')).toBe(filter);
      expect(await page.locator('.histogram-bar.is-out').count()).toBeGreaterThan(0);

      await page.reload();
      await page.getByText(filter).waitFor();
      expect(await page.getByRole('spinbutton', { name: /^From/ }).inputValue()).toBe(
        String(Number(range[1]) * 1000),
      );
      expect(await page.locator('.histogram-bar.is-out').count()).toBeGreaterThan(0);
    },
    TEST_MS,
  );

  it(
    'takes a typed range, and is the caller’s view on an edge',
    async () => {
      const page = await open('#/service-map?view=list');
      await page.getByRole('button', { name: 'signup-api → notifier' }).click();
      await page.getByRole('heading', { name: 'Response time, as the caller sees it' }).waitFor();
      await page.getByRole('spinbutton', { name: /^From/ }).fill('1');
      await page.getByRole('spinbutton', { name: /^From/ }).press('Enter');

      await page
        .getByText(
          'edge(id(name: "signup-api", type: "AWS::ECS::Fargate"), id(name: "notifier", type: "AWS::ECS::Fargate")) { responsetime >= 0.001 }',
        )
        .waitFor();
      expect(page.url()).toMatch(/range=0\.001(~|%7E)/);
      await page.goBack();
      expect(page.url()).not.toContain('range=');
    },
    TEST_MS,
  );
});

describe('the map by keyboard alone', () => {
  it(
    'is reached by Tab, walked by arrows, opened by Enter and left by Escape',
    async () => {
      const page = await open('#/service-map');
      await nodeNamed(page, /^client/).waitFor();
      const focused = (): Promise<string | null> =>
        page.evaluate<string | null>('document.activeElement.getAttribute("data-node-id")');

      await waitFor('a node in focus', async () => {
        await page.keyboard.press('Tab');
        return focused();
      });
      expect(await focused()).toBe('client|signup-api');
      await page.keyboard.press('ArrowRight');
      expect(await focused()).toBe('AWS::ECS::Fargate|signup-api');
      await page.keyboard.press('Enter');
      await page.getByRole('complementary', { name: 'ECS Fargate signup-api' }).waitFor();
      expect(await page.evaluate<string>('document.activeElement.textContent')).toBe('signup-api');

      await page.keyboard.press('Escape');
      await page.getByRole('complementary').waitFor({ state: 'detached' });
      expect(await focused()).toBe('AWS::ECS::Fargate|signup-api');
      await page.keyboard.press('ArrowRight');
      expect(await focused()).not.toBe('AWS::ECS::Fargate|signup-api');
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('ArrowLeft');
      expect(await focused()).toBe('client|signup-api');
    },
    TEST_MS,
  );

  it(
    'searches with a slash, focuses on a neighbourhood and shows what is hidden',
    async () => {
      const page = await open('#/service-map');
      await nodeNamed(page, /^SNS/).waitFor();
      await page.keyboard.press('/');
      await page.keyboard.type('sns');
      await page.getByText('1 match', { exact: true }).waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('complementary', { name: 'SNS SNS' }).waitFor();
      const focus = page.getByRole('button', { name: 'Focus on its neighbours' });
      await focus.focus();
      await page.keyboard.press('Enter');

      await page.getByText(/\d+ nodes hidden by the focus/).waitFor();
      expect(await page.locator('[data-node-id]').count()).toBe(2);
      await page.getByRole('button', { name: 'Show all' }).press('Enter');
      await nodeNamed(page, /^client/).waitFor();
    },
    TEST_MS,
  );
});
