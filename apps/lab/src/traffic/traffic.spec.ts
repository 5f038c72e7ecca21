import { describe, expect, it } from '@jest/globals';
import { createStyle } from '../terminal/style.js';
import { planTraffic } from './plan-traffic.js';
import { ProgressLine } from './progress-line.js';
import { renderProgress, renderTally } from './render-traffic.js';
import { runTraffic } from './run-traffic.js';
import { countResult, countSent, createTally, isAsExpected } from './traffic-tally.js';
import type { SignupResult, TrafficTally } from './traffic-tally.js';

const view = { columns: 100, style: createStyle(false) };

function plan(minutes: number, perMinute: number) {
  let count = 0;
  return planTraffic({ minutes, perMinute }, () => `random-${(count += 1)}`);
}

function tallyOf(results: SignupResult[], signups = plan(1, results.length)): TrafficTally {
  const tally = createTally(signups.length);
  for (const signup of signups) countSent(tally, signup);
  for (const result of results) countResult(tally, result);
  return tally;
}

const answer = (status: number, durationMs = 10): SignupResult => ({ status, durationMs });

describe('planTraffic', () => {
  it('spaces the sign-ups evenly', () => {
    expect(plan(0.5, 8).map(({ atMs }) => atMs)).toEqual([0, 7_500, 15_000, 22_500]);
  });

  it.each([
    [2, 10, 20],
    [0.5, 60, 30],
    [0.25, 10, 3],
    [0.01, 0.1, 1],
  ])('plans in %s minutes at %s a minute %s sign-ups', (minutes, perMinute, total) => {
    expect(plan(minutes, perMinute)).toHaveLength(total);
  });

  it('repeats the first address with every tenth and gives every other its own', () => {
    const signups = plan(1, 30);
    const repeated = signups.filter(({ expectedStatus }) => expectedStatus === 409);

    expect(repeated.map((signup) => signups.indexOf(signup))).toEqual([9, 19, 29]);
    expect(new Set(repeated.map(({ body }) => body.email))).toEqual(new Set([signups[0]?.body.email]));
    expect(new Set(signups.map(({ body }) => body.email)).size).toBe(27);
    expect(signups.every(({ body }) => body.email.endsWith('@aws-xray-testing.com'))).toBe(true);
    expect(new Set(signups.map(({ body }) => body.previewAccess))).toEqual(new Set(['Yes', 'No']));
  });
});

describe('runTraffic', () => {
  it('sends on time, whatever the answers take', async () => {
    const events: string[] = [];
    let answerFirst: (result: SignupResult) => void = () => undefined;
    const signups = plan(1, 3);
    const tally = await runTraffic({
      plan: signups,
      signal: new AbortController().signal,
      waitUntil: (atMs) => Promise.resolve(void events.push(`wait ${atMs}`)),
      send: (signup) => {
        const index = signups.indexOf(signup);
        events.push(`send ${index}`);
        if (index === 0) return new Promise((resolve) => (answerFirst = resolve));
        if (index === 2) answerFirst(answer(201));
        return Promise.resolve(answer(201));
      },
      onProgress: () => undefined,
    });

    expect(events).toEqual(['wait 0', 'send 0', 'wait 20000', 'send 1', 'wait 40000', 'send 2']);
    expect(tally.observed['201']).toBe(3);
    expect(isAsExpected(tally)).toBe(true);
  });

  it('sends nothing more after an interrupt, and still counts the answers that are out', async () => {
    const controller = new AbortController();
    const tally = await runTraffic({
      plan: plan(1, 10),
      signal: controller.signal,
      waitUntil: () => Promise.resolve(),
      send: () => {
        controller.abort();
        return Promise.resolve(answer(201));
      },
      onProgress: () => undefined,
    });

    expect(tally).toMatchObject({ planned: 10, sent: 1, observed: { '201': 1 } });
    expect(renderTally(tally, view)).toContain('Ended early: 1 of 10 sent.');
  });
});

describe('the tally', () => {
  it('is as expected when every status came as often as planned', () => {
    const results = Array.from({ length: 10 }, (_, index) => answer(index === 9 ? 409 : 201));

    expect(isAsExpected(tallyOf(results))).toBe(true);
    expect(isAsExpected(tallyOf([...results.slice(1), answer(409)]))).toBe(false);
  });

  it('shows what differs, and what the other answers were', () => {
    const results = [
      answer(201, 30),
      answer(500),
      answer(503),
      answer(503),
      { status: 'no answer', reason: 'too late' },
    ];
    const lines = renderTally(tallyOf(results as SignupResult[]), view);

    expect(lines.slice(0, 6)).toEqual([
      'ANSWER                     EXPECTED  OBSERVED',
      '201 signed up                     5         1  differs',
      '409 repeated address              0         0',
      '500 stored, not announced         0         1  differs',
      'other status                      0         2  differs',
      'no answer                         0         1  differs',
    ]);
    expect(lines).toContain('Other and none: 503 (2), too late (1)');
    expect(lines).toContain('Answers took 15 ms on average, 30 ms at most.');
    expect(lines.at(-1)).toBe('Not as expected.');
  });
});

describe('progress', () => {
  const tally = tallyOf([answer(201), answer(409)], plan(1, 4));

  it('tells how far the run is and what it brought', () => {
    expect(renderProgress(tally, { columns: 70, style: createStyle(false) })).toBe(
      '█████░░░░░ 4/4 sent  201: 1  409: 1',
    );
  });

  it('redraws its line on a terminal', () => {
    const { line, written } = aProgressLine(true, () => 0);
    line.show(tally);
    line.show(tally);
    line.end();

    expect(written.map((text) => text.slice(0, 4))).toEqual(['\r\u001B[K', '\r\u001B[K', '\n']);
  });

  it('writes a line every five seconds elsewhere', () => {
    let nowMs = 0;
    const { line, written } = aProgressLine(false, () => nowMs);
    for (nowMs = 0; nowMs <= 12_000; nowMs += 1_000) line.show(tally);
    line.end();

    expect(written).toHaveLength(2);
    expect(written[0]).toMatch(/^█.*\n$/);
  });

  function aProgressLine(isTty: boolean, nowMs: () => number): { line: ProgressLine; written: string[] } {
    const written: string[] = [];
    const terminal = {
      write: (text: string) => void written.push(text),
      drained: () => Promise.resolve(),
      isTty,
      hasColour: false,
      columns: 80,
    };
    return { line: new ProgressLine(terminal, nowMs), written };
  }
});
