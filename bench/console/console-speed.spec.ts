import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { startTestStack, type TestStack } from '#testing';
import { failOn, openConsole, startBrowser, type OpenConsole } from '../../test/console/open-console.js';

// Times depend on the machine and what else it does, so this is a benchmark and no part of `npm test`:
// `npm run bench -- console`.

const START_MS = 60_000;
const TEST_MS = 60_000;

interface AnsweredService {
  ReferenceId: number;
  Name: string;
  Edges: { ReferenceId: number; SummaryStatistics: unknown; ResponseTimeHistogram: unknown[]; Aliases: [] }[];
}

/** The same wiring in every run, from 0 to less than 1. */
function seeded(index: number): number {
  return (Math.imul(index, 2_654_435_761) >>> 0) / 2 ** 32;
}

/** A system of so many services: each is called by an earlier one, and every tenth calls back. */
function answerOf(count: number): { Services: AnsweredService[] } {
  const SummaryStatistics = {
    OkCount: 90,
    ErrorStatistics: { ThrottleCount: 1, OtherCount: 4, TotalCount: 5 },
    FaultStatistics: { OtherCount: 5, TotalCount: 5 },
    TotalCount: 100,
    TotalResponseTime: 2,
  };
  const ResponseTimeHistogram = [{ Value: 0.02, Count: 100 }];
  const rest = { SummaryStatistics, ResponseTimeHistogram, StartTime: 0, EndTime: 1 };
  const Services = Array.from({ length: count }, (_, index) => ({
    ...rest,
    ReferenceId: index,
    Name: `service-${index}`,
    Names: [`service-${index}`],
    Type: 'AWS::ECS::Fargate',
    State: 'active',
    Edges: [] as AnsweredService['Edges'],
  }));
  Services.slice(1).forEach(({ ReferenceId }) => {
    const caller = Services[Math.floor(seeded(ReferenceId) * ReferenceId)]!;
    caller.Edges.push({ ...rest, ReferenceId, Aliases: [] });
    if (ReferenceId % 10 === 0)
      Services[ReferenceId]!.Edges.push({ ...rest, ReferenceId: caller.ReferenceId, Aliases: [] });
  });
  return { Services };
}

/** From the end of the answer until the nodes are painted. */
const PAINT_MS = `new Promise((resolve) => {
  const answered = () => performance.getEntriesByType('resource').findLast(({ name }) => name.endsWith('/ServiceGraph'));
  const afterPaint = () => requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - answered().responseEnd)));
  const look = () => (document.querySelector('[data-node-id]') === null ? requestAnimationFrame(look) : afterPaint());
  location.hash = '#/service-map?refresh=off';
  look();
})`;

describe('large maps', () => {
  let stack: TestStack;
  let browser: Browser;
  let console: OpenConsole;
  beforeAll(async () => {
    [stack, browser] = await Promise.all([startTestStack(), startBrowser()]);
  }, START_MS);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  async function openWith(count: number): Promise<Page> {
    console = await openConsole(browser, {
      baseUrl: stack.addresses.xrayLocal,
      hash: '#/traces/1-00000000-000000000000000000000000',
    });
    await console.page.route('**/ServiceGraph', (route) => route.fulfill({ json: answerOf(count) }));
    return console.page;
  }

  it.each([
    [100, 300],
    [300, 700],
  ])(
    'are painted in time: %i nodes in %i ms',
    async (count, limitMs) => {
      const page = await openWith(count);
      const paintMs = await page.evaluate<number>(PAINT_MS);

      expect(await page.locator('[data-node-id]').count()).toBe(count);
      process.stderr.write(`${count} nodes painted in ${Math.round(paintMs)} ms (goal ${limitMs})\n`);
      expect(paintMs).toBeLessThan(limitMs);
      await console.close();
      failOn(console.problems);
    },
    TEST_MS,
  );

  it(
    'zoom smoothly',
    async () => {
      const page = await openWith(300);
      await page.evaluate<number>(PAINT_MS);
      await page.locator('.service-map').hover();
      await page.evaluate(`(() => { window.frames60 = []; let last = performance.now();
      const tick = () => { const now = performance.now(); window.frames60.push(now - last); last = now; requestAnimationFrame(tick); };
      requestAnimationFrame(tick); })()`);
      for (let step = 0; step < 30; step += 1) await page.mouse.wheel(0, step % 2 === 0 ? 60 : -50);
      const frames = (await page.evaluate<number[]>('window.frames60')).toSorted((a, b) => a - b);

      const medianMs = frames[Math.floor(frames.length / 2)]!;
      process.stderr.write(
        `300 nodes, zoom: a frame every ${Math.round(medianMs)} ms in the median (goal 25)\n`,
      );
      expect(medianMs).toBeLessThan(25);
      await console.close();
      failOn(console.problems);
    },
    TEST_MS,
  );
});
