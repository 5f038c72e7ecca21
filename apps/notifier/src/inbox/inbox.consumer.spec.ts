import { describe, expect, it } from '@jest/globals';
import { FakeClock, settle } from '../../test/fakes/fake-clock.js';
import { FakeSignupQueue } from '../../test/fakes/fake-signup.queue.js';
import { RecordedLines } from '../../test/fakes/recorded-lines.js';
import { aMessage } from '../../test/fakes/sample-message.js';
import { InboxConsumer } from './inbox.consumer.js';
import type { MessageOutcome } from './message.handler.js';
import type { QueueMessage } from './signup.queue.js';

function setUp() {
  const clock = new FakeClock();
  const queue = new FakeSignupQueue();
  const log = new RecordedLines();
  const handled: string[] = [];
  const handler = {
    outcome: async (): Promise<MessageOutcome> => ({ kind: 'handled' }),
    handle: async (message: QueueMessage): Promise<MessageOutcome> => {
      const outcome = await handler.outcome();
      handled.push(message.id);
      return outcome;
    },
  };
  const consumer = new InboxConsumer(queue, handler, { waitSec: 20, clock }, log);
  const stop = async (): Promise<void> => {
    consumer.onModuleDestroy();
    await consumer.beforeApplicationShutdown();
  };
  return { clock, queue, log, handled, handler, consumer, stop };
}

describe('InboxConsumer', () => {
  it('asks for one message without waiting, and once that works for ten with a long wait', async () => {
    const { queue, consumer, stop } = setUp();
    expect(consumer.isReading()).toBe(false);

    consumer.onApplicationBootstrap();
    await settle();

    expect(consumer.isReading()).toBe(true);
    expect(queue.polls).toEqual([
      { maxMessages: 1, waitSec: 0 },
      { maxMessages: 10, waitSec: 20 },
    ]);
    await stop();
  });

  it('handles the messages of a poll at the same time and then polls again', async () => {
    const { queue, handled, handler, consumer, stop } = setUp();
    consumer.onApplicationBootstrap();
    await settle();
    const gate = Promise.withResolvers<void>();
    let begun = 0;
    handler.outcome = async () => {
      begun += 1;
      await gate.promise;
      return { kind: 'handled' };
    };

    queue.send(aMessage('a'), aMessage('b'), aMessage('c'));
    await settle();

    expect({ begun, polls: queue.polls.length }).toEqual({ begun: 3, polls: 2 });
    gate.resolve();
    await settle();
    expect({ handled: handled.length, polls: queue.polls.length }).toEqual({ handled: 3, polls: 3 });
    await stop();
  });

  it('waits longer and longer while polls fail, reports the first failure and the end', async () => {
    const { clock, queue, log, consumer, stop } = setUp();
    queue.failure = new Error('connect ECONNREFUSED');
    consumer.onApplicationBootstrap();
    const pollTimesSec: number[] = [];
    for (let second = 1; second <= 40; second += 1) {
      const before = queue.polls.length;
      await clock.advance(1000);
      if (queue.polls.length > before) pollTimesSec.push(second);
    }

    expect(pollTimesSec).toEqual([1, 3, 7, 15, 25, 35]);
    expect(consumer.isReading()).toBe(false);
    queue.failure = undefined;
    await clock.advance(10_000);
    expect(consumer.isReading()).toBe(true);
    expect(log.lines).toEqual([
      'warn consuming the queue failed: connect ECONNREFUSED',
      'log consuming the queue works again after 7 failures in 45 s',
    ]);
    await stop();
  });

  it('holds off, with one message as a probe, while the table fails', async () => {
    const { clock, queue, handled, handler, consumer, stop } = setUp();
    consumer.onApplicationBootstrap();
    await settle();
    handler.outcome = async () => ({ kind: 'failed', reason: 'the table is away' });

    queue.send(aMessage('a'));
    await settle();
    queue.send(aMessage('a'), aMessage('b'));
    await settle();

    expect({ isReading: consumer.isReading(), handled: handled.length }).toEqual({
      isReading: false,
      handled: 1,
    });
    await clock.advance(1000);
    expect(queue.polls.at(-1)).toEqual({ maxMessages: 1, waitSec: 0 });
    expect(handled).toHaveLength(2);
    handler.outcome = async () => ({ kind: 'handled' });
    await clock.advance(2000);
    expect(handled).toHaveLength(3);
    expect(consumer.isReading()).toBe(true);
    await stop();
  });

  it('goes on after a malformed message', async () => {
    const { queue, handler, consumer, stop } = setUp();
    consumer.onApplicationBootstrap();
    await settle();
    handler.outcome = async () => ({ kind: 'malformed' });

    queue.send(aMessage('hello'));
    await settle();

    expect(consumer.isReading()).toBe(true);
    expect(queue.polls).toHaveLength(3);
    await stop();
  });

  it('stops an idle poll at once and polls no more', async () => {
    const { clock, queue, log, consumer, stop } = setUp();
    consumer.onApplicationBootstrap();
    await settle();

    await stop();
    await clock.advance(60_000);

    expect(queue.polls).toHaveLength(2);
    expect(log.lines).toEqual([]);
  });

  it('finishes the messages under way before it is stopped', async () => {
    const { queue, handled, handler, consumer, stop } = setUp();
    consumer.onApplicationBootstrap();
    await settle();
    const gate = Promise.withResolvers<void>();
    handler.outcome = async () => {
      await gate.promise;
      return { kind: 'handled' };
    };
    queue.send(aMessage('a'), aMessage('b'));
    await settle();

    const stopped = stop();
    await settle();
    expect(handled).toEqual([]);
    gate.resolve();
    await stopped;

    expect(handled).toHaveLength(2);
    expect(queue.polls).toHaveLength(2);
  });

  it('is stopped soon all the same when a message hangs', async () => {
    const { clock, queue, handler, consumer, stop } = setUp();
    consumer.onApplicationBootstrap();
    await settle();
    handler.outcome = () => new Promise(() => undefined);
    queue.send(aMessage('a'));
    await settle();

    const stopped = stop();
    await clock.advance(1000);

    await expect(stopped).resolves.toBeUndefined();
  });
});
