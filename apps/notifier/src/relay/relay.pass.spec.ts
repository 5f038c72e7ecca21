import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { FakeClock, settle } from '../../test/fakes/fake-clock.js';
import { FakeSignupTable } from '../../test/fakes/fake-signup.table.js';
import { FakeSignupTopic, hang } from '../../test/fakes/fake-signup.topic.js';
import { recordSpans } from '../../test/fakes/recorded-spans.js';
import type { RecordedSpans } from '../../test/fakes/recorded-spans.js';
import { anEvent, TRACE_HEADER } from '../../test/fakes/sample-event.js';
import { PublishError } from '../topic/publish-error.js';
import { RelayPass } from './relay.pass.js';

const limits = { pendingAfterMs: 10_000, claimMs: 15_000, confirmMs: 60_000, publishTimeoutMs: 6000 };
const running = new AbortController().signal;

function setUp(pendingCount = 1) {
  const clock = new FakeClock();
  const table = new FakeSignupTable();
  const topic = new FakeSignupTopic();
  const events = Array.from({ length: pendingCount }, () => anEvent());
  for (const event of events) table.add(event, new Date(clock.nowMs() - 20_000), TRACE_HEADER);
  const newPass = (): RelayPass => new RelayPass(table, topic, clock, limits);
  const consumeAll = async (): Promise<void> => {
    for (const event of topic.published) await table.markNotified(event, new Date(clock.nowMs()));
  };
  return { clock, table, topic, events, newPass, pass: newPass(), consumeAll };
}

const denied = (): PublishError => new PublishError('not-authorized', 'User: role is not authorized');

describe('RelayPass', () => {
  it('publishes what has been pending for a while, and nothing younger', async () => {
    const { clock, table, topic, events, pass } = setUp(3);
    table.add(anEvent(), new Date(clock.nowMs() - 9999));

    const outcome = await pass.run(running);

    expect(outcome).toMatchObject({ announced: 3, rejected: 0, blockedBy: undefined });
    expect(topic.published).toEqual(events);
  });

  it('does nothing when nothing is pending', async () => {
    const { topic, pass } = setUp(0);

    expect(await pass.run(running)).toEqual({ announced: 0, rejected: 0, blockedBy: undefined });
    expect(topic.attempts).toBe(0);
  });

  it('says how old the oldest is of what it found', async () => {
    const { clock, table, pass } = setUp(0);
    for (const ageMs of [20_000, 400_000]) {
      const created = new Date(clock.nowMs() - ageMs);
      table.add(anEvent({ createdAt: created.toISOString() }), created, TRACE_HEADER);
    }

    expect((await pass.run(running)).oldestPendingSec).toBe(400);
  });

  it('publishes no sign-up again before the consumer had its time', async () => {
    const { clock, topic, pass } = setUp(2);
    await pass.run(running);

    await clock.advance(limits.confirmMs);
    await pass.run(running);

    expect(topic.published).toHaveLength(2);
  });

  it('publishes it again when the consumer never saw it', async () => {
    const { clock, topic, pass } = setUp(1);
    await pass.run(running);

    await clock.advance(limits.confirmMs + 1);
    await pass.run(running);

    expect(topic.published).toHaveLength(2);
  });

  it('publishes each of several hundred exactly once while two relays work at the same time', async () => {
    const { topic, events, newPass, consumeAll } = setUp(400);

    const outcomes = await Promise.all([newPass().run(running), newPass().run(running)]);
    await consumeAll();
    const late = await newPass().run(running);

    expect(topic.published).toHaveLength(400);
    expect(new Set(topic.published.map((event) => event.id)).size).toBe(events.length);
    expect(outcomes.map((outcome) => outcome.announced).reduce((sum, count) => sum + count)).toBe(400);
    expect(late.announced).toBe(0);
  });

  it('publishes at most eight at a time', async () => {
    const { topic, pass } = setUp(50);
    let underWay = 0;
    let most = 0;
    topic.behave = async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await settle();
      underWay -= 1;
    };

    await pass.run(running);

    expect(most).toBe(8);
    expect(topic.published).toHaveLength(50);
  });

  it('tries one and no more while nothing may be published, and gives its claim back', async () => {
    const { table, topic, events, pass } = setUp(20);
    topic.behave = () => {
      throw denied();
    };

    const outcome = await pass.run(running);

    expect(outcome).toMatchObject({
      announced: 0,
      rejected: 0,
      blockedBy: 'not-authorized: User: role is not authorized',
    });
    expect(topic.attempts).toBe(1);
    expect(events.filter((event) => table.row(event).claimedUntil)).toEqual([]);
  });

  it('publishes all of them as soon as that is permitted', async () => {
    const { topic, events, pass } = setUp(20);
    topic.behave = () => {
      throw denied();
    };
    await pass.run(running);

    topic.behave = () => undefined;
    await pass.run(running);

    expect(topic.published).toHaveLength(events.length);
  });

  it('stops in the middle when publishing stops working', async () => {
    const { topic, pass } = setUp(100);
    topic.behave = () => {
      if (topic.attempts > 20) throw denied();
    };

    const outcome = await pass.run(running);

    expect(outcome).toMatchObject({ announced: 20, blockedBy: expect.stringContaining('not-authorized') });
    expect(topic.attempts).toBeLessThanOrEqual(28);
  });

  it('keeps its claim when the topic did not answer: the message may be on its way', async () => {
    const { clock, table, topic, events, pass } = setUp(1);
    topic.behave = async (_event, signal) => {
      await hang(signal).catch((error: unknown) => {
        throw new PublishError('unreachable', String(error), { mayBePublished: true });
      });
    };

    const running1 = pass.run(running);
    await clock.advance(6000);

    expect(await running1).toMatchObject({ blockedBy: expect.stringContaining('unreachable') });
    expect(table.row(events[0]!).claimedUntil).toEqual(new Date(clock.nowMs() - 6000 + limits.claimMs));
  });

  it('gives up a publish before its claim runs out', async () => {
    const { clock, table, topic } = setUp(1);
    topic.behave = (_event, signal) => hang(signal);
    const startMs = clock.nowMs();

    const pass = new RelayPass(table, topic, clock, { ...limits, claimMs: 4000 }).run(running);
    await clock.advance(2000);
    await pass;

    expect(clock.nowMs() - startMs).toBe(2000);
  });

  it('goes on past a sign-up that the topic does not take, and does not try it next time', async () => {
    const { topic, events, pass } = setUp(5);
    topic.behave = (event) => {
      if (event === events[0]) throw new PublishError('rejected', 'Invalid parameter');
    };

    const outcome = await pass.run(running);
    await pass.run(running);

    expect(outcome).toMatchObject({ announced: 4, rejected: 1, blockedBy: undefined });
    expect(topic.attempts).toBe(5);
  });

  it('ends a pass in which the topic takes nothing', async () => {
    const { topic, pass } = setUp(50);
    topic.behave = () => {
      throw new PublishError('rejected', 'Invalid parameter');
    };

    expect(await pass.run(running)).toMatchObject({
      rejected: 10,
      blockedBy: 'the topic rejected 10 sign-ups',
    });
    expect(topic.attempts).toBe(10);
  });

  it('ends when the table fails', async () => {
    const { table, pass } = setUp(1);
    table.failure = new Error('connect ECONNREFUSED');

    expect(await pass.run(running)).toMatchObject({
      announced: 0,
      rejected: 0,
      blockedBy: 'connect ECONNREFUSED',
    });
  });

  it('ends when the table fails in the middle', async () => {
    const { table, topic, pass } = setUp(20);
    topic.behave = () => {
      if (topic.attempts === 3) table.failure = new Error('connect ECONNREFUSED');
    };

    expect(await pass.run(running)).toMatchObject({ blockedBy: 'connect ECONNREFUSED' });
    expect(topic.attempts).toBeLessThan(20);
  });

  it('leaves to others what it has no claim on', async () => {
    const { clock, table, topic, events, pass } = setUp(1);
    const period = { now: new Date(clock.nowMs()), until: new Date(clock.nowMs() + 15_000) };
    await table.claim(events[0]!, period);

    await pass.run(running);
    await clock.advance(15_001);
    await pass.run(running);

    expect(topic.published).toHaveLength(1);
  });

  it('finishes what it is publishing and begins nothing more when it is stopped', async () => {
    const { table, topic, events, pass } = setUp(30);
    const stopping = new AbortController();
    const gate = Promise.withResolvers<void>();
    topic.behave = async () => {
      if (topic.attempts > 1) await gate.promise;
    };

    const outcome = pass.run(stopping.signal);
    await settle();
    stopping.abort();
    gate.resolve();

    expect(await outcome).toMatchObject({ announced: 9, blockedBy: undefined });
    expect(events.filter((event) => table.row(event).claimedUntil)).toHaveLength(9);
  });
});

describe('the trace of a relayed sign-up', () => {
  let spans: RecordedSpans;
  beforeAll(() => {
    spans = recordSpans();
  });
  beforeEach(() => spans.reset());
  afterAll(() => spans.stop());

  it('is its own, linked to the trace of the request', async () => {
    const { table, clock, pass } = setUp(1);
    table.add(anEvent(), new Date(clock.nowMs() - 20_000));

    await pass.run(running);

    const [linked, unlinked] = spans.finished();
    expect(linked).toMatchObject({ name: 'relay', kind: SpanKind.INTERNAL, parentSpanContext: undefined });
    expect(linked?.links.map((link) => link.context.spanId)).toEqual(['0123456789abcdef']);
    expect(unlinked?.links).toEqual([]);
    expect(unlinked?.spanContext().traceId).not.toBe(linked?.spanContext().traceId);
  });

  it('shows why the publish failed', async () => {
    const { topic, pass } = setUp(20);
    topic.behave = () => {
      throw denied();
    };

    await pass.run(running);

    expect(spans.finished().map((span) => span.status)).toEqual([
      { code: SpanStatusCode.ERROR, message: 'User: role is not authorized' },
    ]);
  });
});
