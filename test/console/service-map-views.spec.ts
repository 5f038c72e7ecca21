import { GetServiceGraphCommand } from '@aws-sdk/client-xray';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { aSignup, postSignup, runLab, startTestStack, type TestStack } from '#testing';
import { nodeNamed, placeOf, type Point } from './map-page.js';
import { failOn, openConsole, SCREENS, startBrowser, type OpenConsole } from './open-console.js';

const START_MS = 60_000;
const TEST_MS = 90_000;
const EMPTY_RANGE = '2020-01-01T00:00:00~2020-01-01T01:00:00';
const WIDE_RANGE = '2026-11-22T00:00:00~2026-11-22T12:00:00';
/** The ring's middle line, and where lines end. */
const NODE_RADIUS = 44;
const EDGE_RADIUS = 47;

/** Nobody has to scroll sideways. */
const IS_WITHIN_WIDTH = 'document.documentElement.scrollWidth <= innerWidth';

let stack: TestStack;
let browser: Browser;
let opened: OpenConsole[] = [];
beforeAll(async () => {
  [stack, browser] = await Promise.all([startTestStack(), startBrowser()]);
  const signup = aSignup();
  for (const body of [signup, signup, aSignup()]) await postSignup(stack, body);
  const page = await open('#/service-map');
  for (const name of [/^SNS/, /^signups DynamoDB table .*errors/]) await nodeNamed(page, name).waitFor();
  await closeAll();
}, START_MS);
afterEach(async () => {
  const problems = opened.flatMap((console) => console.problems);
  await closeAll();
  failOn(problems);
});
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

async function closeAll(): Promise<void> {
  await Promise.all(opened.map((console) => console.close()));
  opened = [];
}

async function open(hash: string, options?: BrowserContextOptions): Promise<Page> {
  const console = await openConsole(browser, { baseUrl: stack.addresses.xrayLocal, hash }, options);
  opened.push(console);
  return console.page;
}

const radiusAround = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

function endsOf(path: string): [Point, Point] {
  const points = [...path.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, x, y]) => ({
    x: Number(x),
    y: Number(y),
  }));
  return [points[0]!, points.at(-1)!];
}

describe('what the map draws', () => {
  it.each(Object.entries(SCREENS))(
    'keeps nodes and names apart and inside the page: %s',
    async (_, viewport) => {
      const page = await open('#/service-map', { viewport });
      await nodeNamed(page, /^SNS/).waitFor();
      const field = (await page.locator('.map-field').boundingBox())!;
      const parts = await page.locator('.node-core, .node-label-back').all();
      const boxes = await Promise.all(parts.map(async (part) => (await part.boundingBox())!));

      const touching = boxes.flatMap((a, index) =>
        boxes
          .slice(index + 1)
          .filter(
            (b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height,
          ),
      );
      expect(touching).toEqual([]);
      for (const { x, y, width, height } of boxes) {
        expect(x).toBeGreaterThanOrEqual(field.x);
        expect(y).toBeGreaterThanOrEqual(field.y);
        expect(x + width).toBeLessThanOrEqual(field.x + field.width);
        expect(y + height).toBeLessThanOrEqual(field.y + field.height);
      }
      expect(await page.evaluate<boolean>(IS_WITHIN_WIDTH)).toBe(true);
    },
    TEST_MS,
  );

  it.each(Object.entries(SCREENS))(
    'writes names within their place and figures within the ring: %s',
    async (_, viewport) => {
      const page = await open('#/service-map', { viewport });
      await nodeNamed(page, /^SNS/).waitFor();
      const widest = await page.evaluate<{ label: number; figure: number }>(`(() => {
      const widths = (selector) => [...document.querySelectorAll(selector)].map((text) => text.getBBox().width);
      return { label: Math.max(...widths('.node-name, .node-type')), figure: Math.max(...widths('.node-average, .node-rate')) };
    })()`);

      expect(widest.label).toBeLessThanOrEqual(128);
      expect(widest.figure).toBeLessThanOrEqual(76);
    },
    TEST_MS,
  );

  it(
    'ends every line on the circles of the two nodes it is between',
    async () => {
      const page = await open('#/service-map');
      await nodeNamed(page, /^SNS/).waitFor();
      const edges = await page.locator('[data-edge-id]').all();
      expect(edges.length).toBeGreaterThan(5);
      for (const edge of edges) {
        const [from, to] = ((await edge.getAttribute('data-edge-id')) ?? '').split(/~~?/);
        const [start, end] = endsOf((await edge.locator('.edge-hit').getAttribute('d')) ?? '');
        const [fromAt, toAt] = await Promise.all(
          [from, to].map((id) => placeOf(page.locator(`[data-node-id="${id}"]`))),
        );

        expect(radiusAround(start, fromAt!)).toBeCloseTo(EDGE_RADIUS, 0);
        expect(radiusAround(end, toAt!)).toBeCloseTo(EDGE_RADIUS, 0);
      }
    },
    TEST_MS,
  );

  it(
    'gives every class exactly its share of the ring',
    async () => {
      const page = await open('#/service-map');
      const ring = nodeNamed(page, /^signup-api ECS/).locator('.ring');
      await ring.waitFor();
      const endMs = Date.now();
      const { Services } = await stack.xray.send(
        new GetServiceGraphCommand({ StartTime: new Date(endMs - 300_000), EndTime: new Date(endMs) }),
      );
      const statistics = Services!.find(
        ({ Name, Root }) => Name === 'signup-api' && Root === true,
      )!.SummaryStatistics!;
      const share = async (outcome: string) => {
        const part = ring.locator(`[data-outcome=${outcome}]`);
        expect(await part.getAttribute('pathLength')).toBe('100');
        expect(Number(await part.getAttribute('r'))).toBeLessThan(NODE_RADIUS);
        return Number.parseFloat((await part.getAttribute('stroke-dasharray')) ?? '');
      };

      expect(await share('error')).toBeCloseTo(
        (statistics.ErrorStatistics!.TotalCount! / statistics.TotalCount!) * 100,
        6,
      );
      expect(await share('ok')).toBeCloseTo((statistics.OkCount! / statistics.TotalCount!) * 100, 6);
    },
    TEST_MS,
  );

  it(
    'leaves the nodes where they are when only numbers change',
    async () => {
      const page = await open('#/service-map');
      await nodeNamed(page, /^SNS/).waitFor();
      const places = (): Promise<string[]> =>
        page.evaluate<string[]>(
          '[...document.querySelectorAll("[data-node-id]")].map((node) => node.dataset.nodeId + node.getAttribute("transform"))',
        );
      const before = await places();
      await postSignup(stack);
      await page.locator('.node-pulse').first().waitFor();

      expect(await places()).toEqual(before);
    },
    TEST_MS,
  );

  it(
    'shows the same figures as the terminal',
    async () => {
      const page = await open('#/service-map?view=list&timeRange=PT1H');
      await page.getByRole('row', { name: /^SNS/ }).first().waitFor();
      const cells = await page.evaluate<string[]>(`
        [...document.querySelector('.map-tables table').tBodies[0].rows]
          .map(({ cells }) => [...cells].slice(2).map((cell) => cell.textContent).join(' '))
      `);
      const { stdout } = await runLab(stack, 'map', '--minutes', '60');
      const table = stdout.split(/^CALLS/m)[0]!;
      const FIGURES = /(?:\s{2,}((?:\d[\d.]* m?s|–)(?:\s+(?:[\d.<]+|–)){5}))\s*$/;
      const printed = table
        .split('\n')
        .flatMap((line) => FIGURES.exec(line)?.[1]?.replaceAll(/\s{2,}/g, ' ') ?? []);

      expect(printed).toHaveLength(7);
      expect(cells.toSorted()).toEqual(printed.toSorted());
    },
    TEST_MS,
  );
});

describe('the theme', () => {
  it(
    'stays as it was chosen, whatever the system’s is',
    async () => {
      const page = await open('#/service-map', { colorScheme: 'light' });
      const background = (): Promise<string> =>
        page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
      const light = await background();
      await page.getByRole('combobox', { name: 'Theme' }).selectOption('dark');
      const dark = await background();
      await page.reload();

      expect(dark).not.toBe(light);
      expect(await background()).toBe(dark);
    },
    TEST_MS,
  );
});

describe('the time range', () => {
  it(
    'is chosen, goes into the link, and the way back undoes it',
    async () => {
      const page = await open('#/service-map');
      await page.getByRole('button', { name: /^Last 5 minutes.*time range/ }).click();
      await page.getByRole('button', { name: '1 hour' }).click();

      expect(page.url()).toMatch(/#\/service-map\?timeRange=PT1H$/);
      await page.goBack();
      await page.getByRole('button', { name: /^Last 5 minutes.*time range/ }).waitFor();
    },
    TEST_MS,
  );

  it(
    'is refused in words when it is too wide, also when typed',
    async () => {
      const page = await open(`#/service-map?timeRange=${WIDE_RANGE}`);
      await page
        .getByRole('alert')
        .getByText(/wider than six hours/)
        .waitFor();
      await page.getByRole('button', { name: /time range/ }).click();
      await page.getByRole('button', { name: 'Show this time' }).click();

      const complaint = page.locator('form').getByRole('alert');
      await complaint.waitFor();
      expect(await complaint.textContent()).toMatch(/wider than six hours/);
    },
    TEST_MS,
  );

  it(
    'may be empty: the page says so, and how to look further back',
    async () => {
      const page = await open(`#/service-map?timeRange=${EMPTY_RANGE}`);
      await page.getByRole('heading', { name: /^No traces/ }).waitFor();
      await page.getByRole('button', { name: /^Look back/ }).click();

      await nodeNamed(page, /^SNS/).waitFor();
      expect(page.url()).toContain('timeRange=PT6H');
    },
    TEST_MS,
  );
});

// Last: what X-Ray Local has received is gone after it.
describe('a server that goes away', () => {
  it(
    'is told in words, and the page goes on by itself when it is back',
    async () => {
      const page = await open('#/service-map');
      await nodeNamed(page, /^SNS/).waitFor();
      await stack.kill('xray-local');
      const alert = page.getByRole('alert');
      await alert.getByText('X-Ray Local is not there').waitFor();
      expect(await alert.textContent()).toContain('npm start');
      await nodeNamed(page, /^SNS/).waitFor();

      await stack.restart('xray-local');
      await alert.waitFor({ state: 'detached' });

      // The browser itself complains about requests that nobody answered; nothing else may.
      for (const console of opened) {
        const others = console.problems.filter((problem) => !problem.includes('net::ERR_'));
        console.problems.splice(0, Infinity, ...others);
      }
    },
    TEST_MS,
  );
});
