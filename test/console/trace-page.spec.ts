import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { postSignup, runLab, startTestStack, waitFor, type TestStack } from '#testing';
import { toOtelTraceId } from '#xray-model';
import { putSegments, unusualTrace } from './segment-feed.js';
import { findAxeViolations, openConsole, startBrowser, type OpenConsole } from './open-console.js';
import {
  expectNoOverflow,
  isFocused,
  measureBars,
  pressKeys,
  tabTo,
  closeAndExpectClean,
  expectVisible,
} from './trace-probes.js';

const START_LIMIT_MS = 60_000;

jest.setTimeout(60_000);

let stack: TestStack;
let browser: Browser;
let origin: string;
const opened: OpenConsole[] = [];
let signupTraceId: string;
let unusualId: string;

beforeAll(async () => {
  [stack, browser] = await Promise.all([startTestStack(), startBrowser()]);
  origin = stack.addresses.xrayLocal;
  const nowSec = Date.now() / 1_000;
  const unusual = unusualTrace(nowSec - 20);
  await putSegments(origin, unusual);
  unusualId = unusual[0]!.trace_id!;
  const { body } = await postSignup(stack);
  signupTraceId = String(body['traceId']);
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

const row = (page: Page, name: RegExp) => page.getByRole('row', { name });

describe('the trace of a sign-up', () => {
  it('shows its services with their segments, and goes on to the consumer and back with one click each', async () => {
    const page = await open(`#/traces/${signupTraceId}`);
    await expectVisible(page.getByRole('heading', { level: 1, name: 'POST /signup' }));
    for (const name of [/^signup-api AWS::ECS::Fargate/, /^signups AWS::DynamoDB::Table/, /^SNS AWS::SNS/]) {
      await expectVisible(row(page, name));
    }
    await expectVisible(row(page, /DynamoDB PutItem.*Inferred/));

    await page.getByRole('link', { name: /Continues in notifier/ }).click();
    await expectVisible(page.getByRole('heading', { level: 1, name: 'notifier' }));
    await expectVisible(row(page, /Linked/));
    expect(page.url()).not.toContain(signupTraceId);

    await page.getByRole('link', { name: /Started by POST \/signup/ }).click();
    await expectVisible(page.getByRole('heading', { level: 1, name: 'POST /signup' }));
    expect(page.url()).toContain(signupTraceId);
  });

  it('shows the same figures as the terminal', async () => {
    const page = await open(`#/traces/${signupTraceId}`);
    await expectVisible(row(page, /^SNS AWS::SNS/));
    await expectVisible(page.getByRole('link', { name: /Continues in notifier/ }));
    const { stdout } = await runLab(stack, 'trace', signupTraceId);
    const printed = stdout.split('\n').flatMap((line) => {
      const [, ...figures] = /\s(\d{3}|–)\s+[\d.]+ m?s\s+([\d.]+ m?s)\s+(\w+)\s+█/.exec(line) ?? [];
      return figures.length === 0 ? [] : [figures.join(' ')];
    });
    const shown = await page.evaluate<string[]>(`
      [...document.querySelectorAll('.waterfall-row:not(.is-heading)')].map((line) => {
        const text = (selector) => line.querySelector(selector).textContent.trim();
        return [text('.outcome-code') || '–', text('.span-label'), text('.outcome-word').toLowerCase()].join(' ');
      })
    `);

    // The first sign-up of all fetches credentials, too.
    expect(printed.length).toBeGreaterThanOrEqual(7);
    expect(shown.toSorted()).toEqual(printed.toSorted());
    const [, took] = /took ([\d.]+ m?s)/.exec(stdout)!;
    expect(await page.locator('.trace-facts').innerText()).toContain(`took ${took}`);
  });

  it("is found by OpenTelemetry's form of its id as well, and keeps X-Ray's in the address", async () => {
    const page = await open(`#/traces/${toOtelTraceId(signupTraceId)}`);
    await expectVisible(page.getByRole('heading', { level: 1, name: 'POST /signup' }));
    expect(page.url()).toContain(`#/traces/${signupTraceId}`);
  });

  it('can be read as JSON, copied and kept', async () => {
    const page = await open(`#/traces/${signupTraceId}/raw`);
    const json = page.getByRole('region', { name: 'Documents as JSON' });
    await expectVisible(json);
    expect((JSON.parse(await json.innerText()) as { Id: string }).Id).toBe(signupTraceId);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(`${signupTraceId}.json`);
    await expectVisible(page.getByRole('button', { name: 'Copy JSON' }));
    expect(await findAxeViolations(page)).toEqual([]);
  });

  it('shows a map whose nodes select their segments', async () => {
    const page = await open(`#/traces/${signupTraceId}`);
    await page.getByRole('button', { name: /^notifier ECS/ }).click();
    await expectVisible(page.getByRole('region', { name: /^Details of notifier/ }));
  });
});

describe('a trace with everything unusual', () => {
  it('is read by keyboard alone, from the list to the stack of the exception', async () => {
    const page = await open('#/traces');
    await expectVisible(page.getByRole('grid', { name: 'Traces' }));
    await page.getByRole('combobox', { name: 'Filter expression' }).focus();
    await page.keyboard.type('service("checkout") { fault }');
    await pressKeys(page, 'Enter');
    await waitFor('the filtered list', async () => (await page.locator('.trace-row').count()) === 1);
    await tabTo(page, '.trace-row a');
    await pressKeys(page, 'Enter');
    await expectVisible(page.getByRole('heading', { level: 1, name: 'POST /orders' }));
    await expectVisible(page.locator('.waterfall-row').first());
    await tabTo(page, '[role=row]');
    await pressKeys(page, 'ArrowDown', 'ArrowDown', 'Enter');
    await expectVisible(page.getByRole('region', { name: 'Details of DynamoDB' }));
    await waitFor('the focus to be on a tab', () => isFocused(page, '[role=tab]'));
    await pressKeys(page, 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight');
    await expectVisible(page.getByRole('tab', { name: /Exceptions 1/, selected: true }));
    const stack = page.getByRole('list', { name: 'Stack of ConditionalCheckFailedException' });
    expect(await stack.innerText()).toContain('/app/src/orders.js:42');

    await pressKeys(page, 'Escape');
    await waitFor('the focus to be back on the row', () => isFocused(page, '[role=row]'));
  });

  it('says why something is marked', async () => {
    const page = await open(`#/traces/${unusualId}`);
    await expectVisible(row(page, /slow-worker.*In progress: its end has not arrived/).last());
    await expectVisible(row(page, /orphan-work.*Parent missing.*has not arrived/));
    await expectVisible(row(page, /circle-a.*Cycle.*below itself/));
    await expectVisible(page.getByText('Partial: something of this trace is still to come'));
  });

  it('leads to the exception with one button', async () => {
    const page = await open(`#/traces/${unusualId}`);
    await page.getByRole('button', { name: 'Show the exception' }).click();
    await expectVisible(page.getByText('The conditional request failed'));
    expect(page.url()).toContain('tab=exceptions');
  });

  it('draws bars that equal their times, two pixels at least', async () => {
    for (const width of [390, 1440, 2560]) {
      const page = await open(`#/traces/${unusualId}`, { viewport: { width, height: 1_400 } });
      await expectVisible(row(page, /orphan-work/).last());
      const shapes = await measureBars(page);
      await expectNoOverflow(page);
      const at = (name: string) => shapes.bars.find((bar) => bar.name === name)!;
      const px = (ms: number): number => (ms / 400) * shapes.trackWidth;
      for (const [name, fromMs, toMs] of [
        ['POST /orders', 0, 400],
        ['DynamoDB', 20, 100],
        ['ledger@db.example.com', 120, 300],
        ['orphan-work', 200, 250],
      ] as const) {
        expect(Math.abs(at(name).left - px(fromMs))).toBeLessThanOrEqual(1);
        expect(Math.abs(at(name).width - px(toMs - fromMs))).toBeLessThanOrEqual(1);
      }
      expect(at('quick.example.com').width).toBeGreaterThanOrEqual(2);
    }
  });

  it('is printed whole, in dark ink on white paper', async () => {
    const page = await open(`#/traces/${unusualId}`, {
      colorScheme: 'dark',
      viewport: { width: 1_000, height: 500 },
    });
    await expectVisible(page.locator('.waterfall-row').first());
    await page.emulateMedia({ media: 'print' });
    await waitFor('all rows', async () => {
      const count = Number(await page.getByRole('treegrid').getAttribute('aria-rowcount'));
      return (await page.locator('.waterfall-row').count()) === count - 1;
    });
    expect(await page.evaluate<string>('getComputedStyle(document.body).backgroundColor')).toBe(
      'rgb(255, 255, 255)',
    );
    expect(await page.getByRole('button', { name: 'Print' }).isVisible()).toBe(false);
  });

  it('collapses and expands by keys, and keeps its place in the tree for screen readers', async () => {
    const page = await open(`#/traces/${unusualId}`);
    const checkout = row(page, /^checkout/);
    await checkout.focus();
    expect(await checkout.getAttribute('aria-expanded')).toBe('true');
    await pressKeys(page, 'ArrowLeft');
    expect(await checkout.getAttribute('aria-expanded')).toBe('false');
    expect(await page.getByRole('row', { name: /ledger@db/ }).count()).toBe(2);
    await pressKeys(page, 'ArrowRight', 'ArrowRight', 'ArrowDown');
    const focused = page.locator('[role=row]:focus');
    expect(await focused.getAttribute('aria-level')).toBe('3');
    await pressKeys(page, 'ArrowLeft');
    expect(await focused.getAttribute('aria-level')).toBe('2');
    await pressKeys(page, 'End');
    const count = Number(await page.getByRole('treegrid').getAttribute('aria-rowcount'));
    expect(await focused.getAttribute('aria-rowindex')).toBe(String(count));
    await pressKeys(page, 'Home');
    expect(await focused.getAttribute('aria-rowindex')).toBe('2');
  });

  it.each(['light', 'dark'] as const)('has nothing that axe complains about, %s', async (colorScheme) => {
    for (const width of [390, 1440]) {
      const page = await open(`#/traces/${unusualId}`, { colorScheme, viewport: { width, height: 900 } });
      await expectVisible(row(page, /orphan-work/).last());
      expect(await findAxeViolations(page)).toEqual([]);
      await row(page, /^POST \/orders/).click();
      for (const tab of ['Overview', 'Resources', 'Annotations', 'Metadata', 'Exceptions', 'Raw']) {
        await page.getByRole('tab', { name: new RegExp(tab) }).click();
        expect(await findAxeViolations(page)).toEqual([]);
      }
    }
  });
});

describe('going back and forward', () => {
  it('retraces the steps from the list to a segment', async () => {
    const page = await open('#/traces');
    await page.getByRole('button', { name: /^Fault/ }).click();
    await page
      .getByRole('row', { name: new RegExp(unusualId) })
      .getByRole('link')
      .click();
    await expectVisible(page.getByRole('heading', { level: 1, name: 'POST /orders' }));
    await row(page, /^POST \/orders/).click();
    const details = page.getByRole('region', { name: 'Details of checkout' });
    await expectVisible(details);

    await page.goBack();
    await details.waitFor({ state: 'detached' });
    await page.goBack();
    await expectVisible(page.getByRole('grid', { name: 'Traces' }));
    expect(await page.getByRole('combobox', { name: 'Filter expression' }).inputValue()).toBe('fault');
    await page.goBack();
    await waitFor(
      'the unfiltered list',
      async () => (await page.locator('.filter-input').inputValue()) === '',
    );
    for (let step = 0; step < 3; step += 1) await page.goForward();
    await expectVisible(details);
  });
});

describe('what is not there', () => {
  it.each([
    ['#/traces/1-00000001-000000000000000000000000', 'There is no such trace here'],
    ['#/traces/nonsense', 'That is not a trace id'],
  ])('is told in words: %s', async (hash, heading) => {
    const page = await open(hash);
    await expectVisible(page.getByRole('heading', { level: 2, name: heading }));
    expect(await findAxeViolations(page)).toEqual([]);
  });
});
