import { afterEach, describe, expect, it } from '@jest/globals';
import { InboxConsumer } from '../src/inbox/inbox.consumer.js';
import { MessageHandler } from '../src/inbox/message.handler.js';
import { readSignupMessage } from '../src/inbox/parse-signup-message.js';
import { RelayPass } from '../src/relay/relay.pass.js';
import { systemClock } from '../src/timing/clock.js';
import { startMessaging, startTable } from './fakes/local-aws.js';
import type { MessagingStand } from './fakes/local-aws.js';
import { RecordedLines } from './fakes/recorded-lines.js';
import { anEvent } from './fakes/sample-event.js';

const running = new AbortController().signal;
const cleanUps: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

async function messaging(raw: boolean): Promise<MessagingStand> {
  const stand = await startMessaging(systemClock, { raw });
  cleanUps.push(stand.stop);
  return stand;
}

describe('the way from the topic through the queue', () => {
  it.each([
    ['in an envelope', false],
    ['raw', true],
  ])('brings the event %s', async (_how, raw) => {
    const { topic, queue } = await messaging(raw);
    const event = anEvent();

    await topic.publish(event, running);
    const messages = await queue.receive({ maxMessages: 10, waitSec: 1 }, running);

    expect(messages.map((message) => readSignupMessage(message).parseEvent())).toEqual([event]);
    await queue.delete(messages[0]!);
    expect(await queue.receive({ maxMessages: 10, waitSec: 0 }, running)).toEqual([]);
  });

  it('lets a long poll of the empty queue be stopped at once', async () => {
    const { queue } = await messaging(false);
    const stopping = new AbortController();
    const startMs = performance.now();

    const polling = queue.receive({ maxMessages: 10, waitSec: 20 }, stopping.signal);
    stopping.abort();

    await expect(polling).rejects.toThrow('aborted');
    expect(performance.now() - startMs).toBeLessThan(1000);
  });

  it('announces several hundred left behind exactly once, by two notifiers at the same time', async () => {
    const { topic, queue, sentCount } = await messaging(false);
    const { table, put, stop } = await startTable();
    cleanUps.push(stop);
    const events = Array.from({ length: 300 }, () => anEvent());
    const pendingSince = new Date(Date.now() - 60_000);
    await Promise.all(events.map((event) => put(event, { pendingSince })));
    const limits = { pendingAfterMs: 10_000, claimMs: 15_000, confirmMs: 60_000, publishTimeoutMs: 6000 };
    const log = new RecordedLines();
    const consumers = [1, 2].map(() => {
      const handler = new MessageHandler(queue, table, systemClock, log);
      return new InboxConsumer(queue, handler, { waitSec: 1, clock: systemClock }, log);
    });
    cleanUps.push(async () => {
      for (const consumer of consumers) consumer.onModuleDestroy();
      await Promise.all(consumers.map((consumer) => consumer.beforeApplicationShutdown()));
    });

    for (const consumer of consumers) consumer.onApplicationBootstrap();
    const outcomes = await Promise.all(
      [1, 2].map(() => new RelayPass(table, topic, systemClock, limits).run(running)),
    );

    expect(outcomes.map((outcome) => outcome.blockedBy)).toEqual([undefined, undefined]);
    expect(outcomes.reduce((sum, outcome) => sum + outcome.announced, 0)).toBe(300);
    // Claims do not hide a sign-up in the far future.
    const inTwoHours = new Date(Date.now() + 7_200_000);
    const countPending = async (): Promise<number> =>
      (await table.findPending({ now: inTwoHours, pendingBefore: inTwoHours, limit: 1000 }, running)).length;
    const deadlineMs = performance.now() + 10_000;
    while ((await countPending()) > 0 && performance.now() < deadlineMs);
    expect(await countPending()).toBe(0);
    expect(sentCount()).toBe(300);
    expect(log.lines).toEqual([]);
  }, 30_000);
});
