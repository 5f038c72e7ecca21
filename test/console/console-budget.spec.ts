import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { findProjectRoot } from '#local-stack';
import { startTestStack, type TestStack } from '#testing';
import { failOn, openConsole, startBrowser, type OpenConsole } from './open-console.js';

const KIB = 1024;
const START_MS = 60_000;
const TEST_MS = 60_000;
const BUILT = join(findProjectRoot(), 'dist', 'apps', 'xray-console');
/** Bytes on the wire, by what the files are. */
const LIMITS = {
  script: 60 * KIB,
  worker: 20 * KIB,
  style: 10 * KIB,
  all: 100 * KIB,
};

function gzippedBytes(pattern: RegExp): number {
  const files = readdirSync(BUILT, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && pattern.test(entry.name),
  );
  return files.reduce(
    (sum, { parentPath, name }) => sum + gzipSync(readFileSync(join(parentPath, name))).length,
    0,
  );
}

describe('what a browser loads', () => {
  it.each([
    ['script', /^(?!.*worker).*\.js$/],
    ['worker', /worker.*\.js$/],
    ['style', /\.css$/],
    ['all', /./],
  ] as const)('is no more than allowed: %s', (kind, pattern) => {
    expect(gzippedBytes(pattern)).toBeGreaterThan(0);
    expect(gzippedBytes(pattern)).toBeLessThanOrEqual(LIMITS[kind]);
  });
});

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

      expect(frames[Math.floor(frames.length / 2)]).toBeLessThan(25);
      await console.close();
      failOn(console.problems);
    },
    TEST_MS,
  );
});
