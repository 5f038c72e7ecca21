import { beforeEach, describe, expect, it } from '@jest/globals';
import { planRun } from '../public/signup-plan.js';
import { startRun } from '../public/signup-run.js';
import type { RunTimers } from '../public/signup-run.js';

/** A clock that stands still until it is moved; only one timer is ever set at a time. */
class FakeTimers implements RunTimers {
  private nowMs = 1000;
  private due: { atMs: number; callback: () => void } | undefined;

  now(): number {
    return this.nowMs;
  }
  setTimeout(callback: () => void, delayMs: number): number {
    this.due = { atMs: this.nowMs + delayMs, callback };
    return 1;
  }
  clearTimeout(): void {
    this.due = undefined;
  }
  async advance(byMs: number): Promise<void> {
    const endMs = this.nowMs + byMs;
    while (this.due && this.due.atMs <= endMs) {
      const { atMs, callback } = this.due;
      this.due = undefined;
      this.nowMs = atMs;
      callback();
      await settle();
    }
    this.nowMs = endMs;
  }
  /** As a laptop that sleeps: the timer is late, and nothing runs meanwhile. */
  async sleep(byMs: number): Promise<void> {
    this.nowMs += byMs;
    if (this.due) this.due.atMs = this.nowMs;
    await this.advance(0);
  }
  hasTimer(): boolean {
    return this.due !== undefined;
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
}

let timers: FakeTimers;
let log: string[];
let signals: AbortSignal[];
let answerNext: (() => void)[];

beforeEach(() => {
  timers = new FakeTimers();
  log = [];
  signals = [];
  answerNext = [];
});

function start(isAnsweredAtOnce = true): { stop(): void } {
  let token = 0;
  return startRun({
    plan: planRun({ durationMs: 30, intervalMs: 10, duplicateEvery: 3 }, () => String((token += 1))),
    durationMs: 30,
    timers,
    send: (_signup, signal) => {
      signals.push(signal);
      if (isAnsweredAtOnce) return Promise.resolve('ok');
      return new Promise<string>((resolve) => answerNext.push(() => resolve('late')));
    },
    onSent: ({ number }) => log.push(`sent ${number} at ${timers.now() - 1000}`),
    onAnswered: ({ number }, answer) => log.push(`${answer} ${number}`),
    onProgress: () => undefined,
    onEnd: (isStopped) => log.push(isStopped ? 'stopped' : 'done'),
  });
}

describe('startRun', () => {
  it('sends each one when it is due and ends when the time is over', async () => {
    start();

    await settle();
    await timers.advance(29);
    expect(log).toEqual(['sent 1 at 0', 'ok 1', 'sent 2 at 10', 'ok 2', 'sent 3 at 20', 'ok 3']);
    await timers.advance(1);

    expect(log.at(-1)).toBe('done');
    expect(timers.hasTimer()).toBe(false);
  });

  it('does not wait for answers before it sends the next', async () => {
    start(false);

    await timers.advance(30);

    expect(log).toEqual(['sent 1 at 0', 'sent 2 at 10', 'sent 3 at 20']);
  });

  it('waits for the last answer before it ends', async () => {
    start(false);
    await timers.advance(100);

    for (const answer of answerNext) answer();
    await settle();

    expect(log.slice(3)).toEqual(['late 1', 'late 2', 'late 3', 'done']);
  });

  it('stops at once, gives up what is under way and says nothing more', async () => {
    const run = start(false);
    await timers.advance(10);

    run.stop();
    run.stop();
    for (const answer of answerNext) answer();
    await timers.advance(100);

    expect(log).toEqual(['sent 1 at 0', 'sent 2 at 10', 'stopped']);
    expect(signals.every(({ aborted }) => aborted)).toBe(true);
    expect(timers.hasTimer()).toBe(false);
  });

  it('catches up on what fell due while the machine slept', async () => {
    start();

    await timers.sleep(25);

    expect(log.filter((line) => line.startsWith('sent'))).toEqual([
      'sent 1 at 0',
      'sent 2 at 25',
      'sent 3 at 25',
    ]);
  });
});
