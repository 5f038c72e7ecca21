import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { aSignup, postSignup, startTestStack, waitFor, type TestStack } from '#testing';
import { nodeNamed } from './map-page.js';
import { findAxeViolations, openConsole, SCREENS, startBrowser, type OpenConsole } from './open-console.js';
import { putSegments, unusualTrace } from './segment-feed.js';
import { findTextProblems } from './text-problems.js';
import { closeAndExpectClean, expectNoOverflow, expectVisible } from './trace-probes.js';

const START_LIMIT_MS = 60_000;
const THEMES = ['light', 'dark'] as const;
const EMPTY_RANGE = '2020-01-01T00:00:00~2020-01-01T01:00:00';
const WIDE_RANGE = '2026-11-22T00:00:00~2026-11-22T12:00:00';
const API = encodeURIComponent('AWS::ECS::Fargate|signup-api');
const CALL = encodeURIComponent('AWS::ECS::Fargate|signup-api~AWS::ECS::Fargate|notifier');

jest.setTimeout(120_000);

let stack: TestStack;
let browser: Browser;
let traceId: string;
const opened: OpenConsole[] = [];

beforeAll(async () => {
  [stack, browser] = await Promise.all([startTestStack(), startBrowser()]);
  const unusual = unusualTrace(Date.now() / 1_000 - 20);
  await putSegments(stack.addresses.xrayLocal, unusual);
  traceId = unusual[0]!.trace_id!;
  const signup = aSignup();
  for (const body of [signup, signup]) await postSignup(stack, body);
  const page = await open('#/service-map');
  for (const name of [/^SNS/, /^checkout/]) await nodeNamed(page, name).waitFor();
  await closeAndExpectClean(opened);
}, START_LIMIT_MS);
afterEach(() => closeAndExpectClean(opened));
afterAll(async () => {
  await browser?.close();
  await stack?.stop();
});

/** Over an hour unless it says otherwise, because these tests take longer than the usual five minutes on a busy machine. */
async function open(view: string, options?: BrowserContextOptions): Promise<Page> {
  const range = view.includes('timeRange=') ? '' : `${view.includes('?') ? '&' : '?'}timeRange=PT1H`;
  const hash = view.replace('TRACE', traceId) + range;
  const console = await openConsole(browser, { baseUrl: stack.addresses.xrayLocal, hash }, options);
  opened.push(console);
  return console.page;
}

/** What is shown, where, and when it is there. */
const VIEWS: readonly (readonly [string, string, (page: Page) => Promise<void>])[] = [
  ['the map', '#/service-map', (page) => nodeNamed(page, /^SNS/).waitFor()],
  [
    'a node’s panel',
    `#/service-map?select=${API}`,
    (page) => expectVisible(page.locator('.example-list a').first()),
  ],
  [
    'a call’s panel',
    `#/service-map?select=${CALL}`,
    (page) => expectVisible(page.getByRole('complementary')),
  ],
  [
    'the list of nodes',
    '#/service-map?view=list',
    (page) => expectVisible(page.getByRole('row', { name: /^SNS/ }).first()),
  ],
  [
    'the list with a panel',
    `#/service-map?view=list&select=${API}`,
    (page) => expectVisible(page.locator('.example-list a').first()),
  ],
  ['a focus', `#/service-map?focus=${API}`, (page) => expectVisible(page.getByText('hidden by the focus'))],
  [
    'a search',
    '#/service-map',
    async (page) => {
      await page.getByRole('searchbox').fill('sns');
      await expectVisible(page.getByText('1 match', { exact: true }));
    },
  ],
  [
    'the time range',
    '#/service-map',
    (page) => page.getByRole('button', { name: /time range/ }).press('Enter'),
  ],
  [
    'an empty map',
    `#/service-map?timeRange=${EMPTY_RANGE}`,
    (page) => expectVisible(page.getByText(/^No traces/)),
  ],
  [
    'a range too wide',
    `#/service-map?timeRange=${WIDE_RANGE}`,
    (page) => expectVisible(page.getByRole('alert')),
  ],
  ['the traces', '#/traces', (page) => expectVisible(page.locator('.trace-row').first())],
  ['filtered traces', '#/traces?filter=error', (page) => expectVisible(page.getByText('409').first())],
  ['a wrong filter', '#/traces?filter=fault+AND+nonsense', (page) => expectVisible(page.getByRole('alert'))],
  [
    'no match',
    '#/traces?filter=http.status+%3D+418',
    (page) => expectVisible(page.getByText('No trace matches')),
  ],
  [
    'a trace',
    '#/traces/TRACE',
    (page) => expectVisible(page.getByRole('row', { name: /orphan-work/ }).last()),
  ],
  [
    'a closed trace with a segment',
    '#/traces/TRACE?collapsed=*',
    async (page) => {
      await page.getByRole('button', { name: 'Show the exception' }).press('Enter');
      await expectVisible(page.getByText('The conditional request failed'));
    },
  ],
  [
    'documents',
    '#/traces/TRACE/raw',
    (page) => expectVisible(page.getByRole('region', { name: 'Documents as JSON' })),
  ],
  [
    'no such trace',
    '#/traces/1-00000001-000000000000000000000000',
    (page) => expectVisible(page.getByText('There is no such trace here')),
  ],
  ['an unknown address', '#/nowhere', (page) => expectVisible(page.getByText('Nothing is at this address'))],
];

/** Colours do not move texts, and what is as wide as a desk differs from a laptop's page in lengths alone. */
const LOOKS = [
  { viewport: SCREENS.phone, colorScheme: 'light' },
  { viewport: SCREENS.laptop, colorScheme: 'light' },
  { viewport: SCREENS.laptop, colorScheme: 'dark' },
  { viewport: SCREENS.desk, colorScheme: 'light' },
] as const;

describe('every view', () => {
  it.each(VIEWS)(
    'has whole texts with nothing on them, and nothing that axe finds: %s',
    async (_, hash, ready) => {
      for (const look of LOOKS) {
        const page = await open(hash, look);
        await ready(page);
        expect(await findTextProblems(page)).toEqual([]);
        await expectNoOverflow(page);
        if (look.viewport !== SCREENS.desk) expect(await findAxeViolations(page)).toEqual([]);
      }
    },
  );

  it('that is broken is found out', async () => {
    const page = await open('#/traces');
    await expectVisible(page.locator('.trace-row').first());
    const broken = '.button { max-width: 2rem; overflow: hidden } h1 { position: absolute; top: 1.2rem }';
    await page.evaluate(`document.adoptedStyleSheets = [Object.assign(new CSSStyleSheet(), {})];
      document.adoptedStyleSheets[0].replaceSync(${JSON.stringify(broken)})`);
    const problems = await findTextProblems(page);
    expect(problems.some((problem) => problem.startsWith('cut off: Pause'))).toBe(true);
    expect(
      problems.some((problem) => problem.startsWith('on one another: ') && problem.includes('Traces')),
    ).toBe(true);
  });

  it.each(['#/service-map', '#/traces', '#/traces/TRACE', '#/traces/TRACE/raw'])(
    'has nothing that axe finds while it is loaded, nor with the time range open: %s',
    async (hash) => {
      for (const colorScheme of THEMES) {
        const page = await open('#/nowhere', { colorScheme });
        await page.route(
          /\/(ServiceGraph|TraceSummaries|Traces|TraceGraph)$/,
          () => new Promise(() => undefined),
        );
        await page.evaluate(`location.hash = ${JSON.stringify(hash.replace('TRACE', traceId))}`);
        await expectVisible(page.getByText(/^Loading/));
        expect(await findAxeViolations(page)).toEqual([]);
        await page.getByRole('button', { name: /time range/ }).press('Enter');
        await expectVisible(page.getByRole('button', { name: 'Show this time' }));
        expect(await findAxeViolations(page)).toEqual([]);
        expect(await findTextProblems(page)).toEqual([]);
      }
    },
  );
});

describe('the system’s wishes', () => {
  it('for its own colours are followed: rings, bars and what is selected stand out from the page', async () => {
    const page = await open('#/service-map', { forcedColors: 'active' });
    await nodeNamed(page, /^SNS/).waitFor();
    const strokeOf = (selector: string): Promise<string> =>
      page.evaluate<string>(`getComputedStyle(document.querySelector(${JSON.stringify(selector)})).stroke`);
    const [canvas, ink] = await page.evaluate<[string, string]>(`(() => {
      const probe = document.body.appendChild(document.createElement('i'));
      return ['Canvas', 'CanvasText'].map((name) => { probe.style.color = name; return getComputedStyle(probe).color; });
    })()`);
    expect(canvas).not.toBe(ink);
    expect(await strokeOf('.ring-ok')).toBe(ink);
    expect(await strokeOf('.edge-line')).toBe(ink);
    expect(await strokeOf('.ring-error')).toContain('#ring-error');
    expect(await findAxeViolations(page)).toEqual([]);

    const trace = await open('#/traces/TRACE', { forcedColors: 'active' });
    await expectVisible(trace.getByRole('row', { name: /orphan-work/ }).last());
    const bars = await trace.evaluate<string[]>(
      `[...document.querySelectorAll('.span-bar')].map((bar) => getComputedStyle(bar).borderTopColor)`,
    );
    expect(new Set(bars)).toEqual(new Set([ink]));
    expect(await findTextProblems(trace)).toEqual([]);
    expect(await findAxeViolations(trace)).toEqual([]);
  });

  it.each(['reduce', 'no-preference'] as const)('for motion are followed: %s', async (reducedMotion) => {
    const page = await open('#/service-map', { reducedMotion });
    await nodeNamed(page, /^SNS/).waitFor();
    await postSignup(stack);
    await page.locator('.node-pulse').first().waitFor({ state: 'attached' });
    const running = await page.evaluate<number>('document.getAnimations().length');
    if (reducedMotion === 'reduce') expect(running).toBe(0);
    else expect(running).toBeGreaterThan(0);
  });

  it('for paper are followed: a trace is whole, without what only a screen has', async () => {
    const page = await open('#/traces/TRACE', {
      viewport: { width: 1_000, height: 500 },
      colorScheme: 'dark',
    });
    await expectVisible(page.locator('.waterfall-row').first());
    await page.emulateMedia({ media: 'print' });
    const rowCount = Number(await page.getByRole('treegrid').getAttribute('aria-rowcount')) - 1;
    await waitFor('all rows', async () => (await page.locator('.waterfall-row').count()) === rowCount);
    expect(await findTextProblems(page)).toEqual([]);
    for (const name of ['Print', 'Collapse all', 'Pause']) {
      expect(await page.getByRole('button', { name }).isVisible()).toBe(false);
    }
    expect(await page.getByRole('separator').isVisible()).toBe(false);
  });
});
