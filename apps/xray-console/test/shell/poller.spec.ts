import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { startPolling } from '../../src/api/poller.js';
import type { Poller } from '../../src/api/poller.js';

/** The little of a page that polling depends on. */
class FakePage extends EventTarget {
  visibilityState = 'visible';

  show(isShown: boolean): void {
    this.visibilityState = isShown ? 'visible' : 'hidden';
    this.dispatchEvent(new Event('visibilitychange'));
  }
}

const INTERVAL_MS = 600;

describe('startPolling', () => {
  let page: FakePage;
  let poller: Poller;
  let answers: (string | Error)[];
  let asked: number;
  let heard: string[];

  beforeEach(() => {
    jest.useFakeTimers();
    page = new FakePage();
    Object.assign(globalThis, { document: page });
    answers = [];
    asked = 0;
    heard = [];
  });
  afterEach(() => {
    poller.stop();
    Reflect.deleteProperty(globalThis, 'document');
    jest.useRealTimers();
  });

  async function start(intervalMs: number | undefined): Promise<void> {
    poller = startPolling({
      load: async () => {
        asked += 1;
        const answer = answers.shift() ?? 'more';
        if (answer instanceof Error) throw answer;
        return answer;
      },
      intervalMs,
      onData: (data) => heard.push(data),
      onError: (error) => heard.push(`error ${error.message}`),
    });
    await jest.advanceTimersByTimeAsync(0);
  }

  it('asks at once and then in the interval', async () => {
    await start(INTERVAL_MS);
    expect(asked).toBe(1);
    await jest.advanceTimersByTimeAsync(INTERVAL_MS * 3);

    expect(asked).toBe(4);
    expect(heard).toEqual(['more', 'more', 'more', 'more']);
  });

  it('asks once without an interval', async () => {
    await start(undefined);
    await jest.advanceTimersByTimeAsync(60_000);

    expect(asked).toBe(1);
  });

  it('tries again after errors, with growing pauses, until there is an answer', async () => {
    answers = [new Error('gone'), new Error('gone'), 'back'];
    await start(undefined);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(heard).toEqual(['error gone', 'error gone']);
    await jest.advanceTimersByTimeAsync(1_000);
    expect(asked).toBe(2);
    await jest.advanceTimersByTimeAsync(1_000);

    expect(heard).toEqual(['error gone', 'error gone', 'back']);
    expect(asked).toBe(3);
  });

  it('rests while the page is hidden', async () => {
    await start(INTERVAL_MS);
    page.show(false);
    await jest.advanceTimersByTimeAsync(60_000);
    expect(asked).toBe(1);
    page.show(true);
    await jest.advanceTimersByTimeAsync(0);

    expect(asked).toBe(2);
  });

  it('says nothing more once it is stopped', async () => {
    await start(INTERVAL_MS);
    poller.stop();
    await jest.advanceTimersByTimeAsync(60_000);

    expect(asked).toBe(1);
  });
});
