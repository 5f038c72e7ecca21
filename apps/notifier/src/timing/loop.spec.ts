import { describe, expect, it } from '@jest/globals';
import { FakeClock, settle } from '../../test/fakes/fake-clock.js';
import { Loop } from './loop.js';

describe('Loop', () => {
  it('waits as long as the turn before asked for', async () => {
    const clock = new FakeClock();
    const startMs = clock.nowMs();
    const turnsMs: number[] = [];
    const loop = new Loop(clock, async () => turnsMs.push(clock.nowMs() - startMs) * 1000);
    loop.start(500);

    await clock.advance(4000);
    loop.stop();
    await clock.advance(60_000);

    expect(turnsMs).toEqual([500, 1500, 3500]);
  });

  it('tells the turn under way to stop and waits for its end', async () => {
    const clock = new FakeClock();
    const turn = Promise.withResolvers<number>();
    let signal: AbortSignal | undefined;
    const loop = new Loop(clock, (given) => {
      signal = given;
      return turn.promise;
    });
    loop.start();
    await settle();
    let isDrained = false;

    loop.stop();
    const drained = loop.drained().then(() => (isDrained = true));
    await settle();

    expect({ isTold: signal?.aborted, isDrained }).toEqual({ isTold: true, isDrained: false });
    turn.resolve(0);
    await drained;
    expect(isDrained).toBe(true);
  });

  it('does not wait for a turn that never ends', async () => {
    const clock = new FakeClock();
    const loop = new Loop(clock, () => new Promise(() => undefined));
    loop.start();
    await settle();

    loop.stop();
    const drained = loop.drained();
    await clock.advance(1000);

    await expect(drained).resolves.toBeUndefined();
  });

  it('is drained at once when it never ran', async () => {
    await expect(new Loop(new FakeClock(), async () => 0).drained()).resolves.toBeUndefined();
  });
});
