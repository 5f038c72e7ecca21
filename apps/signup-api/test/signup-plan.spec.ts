import { describe, expect, it } from '@jest/globals';
import {
  AUTOMATED_RUN,
  count,
  EMPTY_TALLY,
  formatTimeLeft,
  isAsExpected,
  planRun,
  summarise,
} from '../public/signup-plan.js';
import type { Answer, Tally } from '../public/signup-plan.js';

function numberedTokens(): () => string {
  let next = 0;
  return () => String((next += 1));
}

function countAll(answers: readonly (readonly [number, Answer])[]): Tally {
  return answers.reduce((tally, [expected, answer]) => count(tally, expected, answer), EMPTY_TALLY);
}

describe('planRun', () => {
  it('plans one sign-up every six seconds for two minutes', () => {
    const plan = planRun(AUTOMATED_RUN, numberedTokens());

    expect(plan.map(({ number }) => number)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(plan.map(({ dueMs }) => dueMs)).toEqual(Array.from({ length: 20 }, (_, index) => index * 6000));
  });

  it('gives each one an address of its own, and every tenth the first one again', () => {
    const plan = planRun(AUTOMATED_RUN, numberedTokens());

    const first = plan[0]!.email;
    const repeats = plan.filter(({ expectedStatus }) => expectedStatus === 409);
    expect(first).toBe('email-1@aws-xray-testing.com');
    expect(repeats.map(({ number, email }) => [number, email])).toEqual([
      [10, first],
      [20, first],
    ]);
    expect(new Set(plan.map(({ email }) => email)).size).toBe(18);
  });

  it('expects the first one to be new even when every one repeats it', () => {
    const plan = planRun({ durationMs: 3, intervalMs: 1, duplicateEvery: 1 }, numberedTokens());

    expect(plan.map(({ expectedStatus }) => expectedStatus)).toEqual([201, 409, 409]);
  });
});

describe('counting', () => {
  it('counts what was expected and what came, each in its own row', () => {
    const tally = countAll([
      [201, 201],
      [201, 500],
      [409, 409],
      [201, 503],
      [201, undefined],
    ]);

    expect(tally).toEqual({
      201: { expected: 4, observed: 1 },
      409: { expected: 1, observed: 1 },
      500: { expected: 0, observed: 1 },
      other: { expected: 0, observed: 2 },
    });
    expect(isAsExpected(tally)).toBe(false);
  });

  it('leaves the tally it was given as it was', () => {
    count(EMPTY_TALLY, 201, 201);

    expect(isAsExpected(EMPTY_TALLY)).toBe(true);
    expect(EMPTY_TALLY[201]).toEqual({ expected: 0, observed: 0 });
  });
});

describe('summarise', () => {
  it('says that a run went as expected', () => {
    const tally = countAll([
      [201, 201],
      [409, 409],
    ]);

    expect(summarise(tally, { planned: 2, isStopped: false })).toBe(
      'Done: 2 of 2 answered. As expected: 1 × 201, 1 × 409.',
    );
  });

  it('names every difference', () => {
    const tally = countAll([
      [201, 500],
      [201, 201],
    ]);

    expect(summarise(tally, { planned: 20, isStopped: true })).toBe(
      'Stopped after 2 of 20. Not as expected: 201 expected 2, observed 1; 500 expected 0, observed 1.',
    );
  });

  it('says no more than that it was stopped when nothing was answered', () => {
    expect(summarise(EMPTY_TALLY, { planned: 20, isStopped: true })).toBe('Stopped after 0 of 20.');
  });
});

describe('formatTimeLeft', () => {
  it.each([
    [120_000, '2:00'],
    [119_001, '2:00'],
    [65_000, '1:05'],
    [1, '0:01'],
    [0, '0:00'],
    [-5, '0:00'],
  ])('writes %i ms as %s', (timeLeftMs, text) => {
    expect(formatTimeLeft(timeLeftMs)).toBe(text);
  });
});
