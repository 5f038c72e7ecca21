import { describe, expect, it } from '@jest/globals';
import { FakeClock, settle } from '../../test/fakes/fake-clock.js';
import { RecordedLines } from '../../test/fakes/recorded-lines.js';
import type { PassOutcome } from './relay.pass.js';
import { Relay } from './relay.js';

const nothing: PassOutcome = {
  announced: 0,
  rejected: 0,
  blockedBy: undefined,
  oldestPendingSec: undefined,
};

function setUp() {
  const clock = new FakeClock();
  const startMs = clock.nowMs();
  const log = new RecordedLines();
  const passTimesSec: number[] = [];
  const pass = {
    outcome: async (_signal: AbortSignal): Promise<PassOutcome> => nothing,
    run: (signal: AbortSignal): Promise<PassOutcome> => {
      passTimesSec.push((clock.nowMs() - startMs) / 1000);
      return pass.outcome(signal);
    },
  };
  const queue = { isRead: true };
  const relay = new Relay(pass, () => queue.isRead, { intervalMs: 5000, clock }, log);
  const stop = async (): Promise<void> => {
    relay.onModuleDestroy();
    await relay.beforeApplicationShutdown();
  };
  return { clock, log, passTimesSec, pass, queue, relay, stop };
}

describe('Relay', () => {
  it('looks every five seconds', async () => {
    const { clock, passTimesSec, relay, stop } = setUp();
    relay.onApplicationBootstrap();

    await clock.advance(20_000);
    await stop();

    expect(passTimesSec).toEqual([5, 10, 15, 20]);
  });

  it('waits longer, but at most ten seconds, while nothing can be published', async () => {
    const { clock, log, passTimesSec, pass, relay, stop } = setUp();
    pass.outcome = async () => ({ ...nothing, blockedBy: 'not-authorized: no' });
    relay.onApplicationBootstrap();

    await clock.advance(40_000);
    pass.outcome = async () => ({ ...nothing, announced: 7 });
    await clock.advance(15_000);
    await stop();

    expect(passTimesSec).toEqual([5, 10, 20, 30, 40, 50, 55]);
    expect(log.lines).toEqual([
      'warn announcing pending sign-ups failed: not-authorized: no',
      'log announced 7 pending sign-ups',
      'log announcing pending sign-ups works again after 5 failures in 45 s',
      'log announced 7 pending sign-ups',
    ]);
  });

  it('rests while the queue cannot be read', async () => {
    const { clock, passTimesSec, queue, relay, stop } = setUp();
    queue.isRead = false;
    relay.onApplicationBootstrap();

    await clock.advance(30_000);
    queue.isRead = true;
    await clock.advance(5000);
    await stop();

    expect(passTimesSec).toEqual([35]);
  });

  it('says what the topic rejected', async () => {
    const { clock, log, pass, relay, stop } = setUp();
    pass.outcome = async () => ({ ...nothing, rejected: 2 });
    relay.onApplicationBootstrap();

    await clock.advance(5000);
    await stop();

    expect(log.lines).toEqual(['warn the topic rejected 2 pending sign-ups']);
  });

  it('tells the pass under way to stop, waits for it and begins none after it', async () => {
    const { clock, log, passTimesSec, pass, relay, stop } = setUp();
    const gate = Promise.withResolvers<void>();
    let isTold = false;
    pass.outcome = async (signal) => {
      await gate.promise;
      isTold = signal.aborted;
      return { ...nothing, announced: 3, blockedBy: 'stopped' };
    };
    relay.onApplicationBootstrap();
    await clock.advance(5000);

    const stopped = stop();
    await settle();
    gate.resolve();
    await stopped;
    await clock.advance(60_000);

    expect({ isTold, passes: passTimesSec.length }).toEqual({ isTold: true, passes: 1 });
    expect(log.lines).toEqual(['log announced 3 pending sign-ups']);
  });

  it('tells once a minute how old the oldest pending sign-up is, for the alarm', async () => {
    const { clock, log, pass, relay, stop } = setUp();
    pass.outcome = async () => ({ ...nothing, oldestPendingSec: clock.nowMs() / 1000 });
    const startSec = clock.nowMs() / 1000;
    relay.onApplicationBootstrap();

    await clock.advance(70_000);
    await stop();

    expect(log.lines).toEqual(
      [5, 65].map((sec) => `log ${JSON.stringify({ oldestPendingSec: startSec + sec })}`),
    );
  });
});
