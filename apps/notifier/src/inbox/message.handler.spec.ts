import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { FakeClock } from '../../test/fakes/fake-clock.js';
import { FakeSignupQueue } from '../../test/fakes/fake-signup.queue.js';
import { FakeSignupTable } from '../../test/fakes/fake-signup.table.js';
import { recordSpans } from '../../test/fakes/recorded-spans.js';
import type { RecordedSpans } from '../../test/fakes/recorded-spans.js';
import { RecordedLines } from '../../test/fakes/recorded-lines.js';
import { anEvent, TRACE_HEADER } from '../../test/fakes/sample-event.js';
import { aMessage, anEnvelope } from '../../test/fakes/sample-message.js';
import { MessageHandler } from './message.handler.js';

function setUp() {
  const clock = new FakeClock();
  const queue = new FakeSignupQueue();
  const table = new FakeSignupTable();
  const log = new RecordedLines();
  const event = anEvent();
  table.add(event, new Date(clock.nowMs() - 1000));
  return { clock, queue, table, log, event, handler: new MessageHandler(queue, table, clock, log) };
}

describe('MessageHandler', () => {
  let spans: RecordedSpans;
  beforeAll(() => {
    spans = recordSpans();
  });
  beforeEach(() => spans.reset());
  afterAll(() => spans.stop());

  it('marks the sign-up as notified and deletes the message', async () => {
    const { clock, queue, table, event, handler } = setUp();
    const message = aMessage(anEnvelope(event));

    const outcome = await handler.handle(message);

    expect(outcome).toEqual({ kind: 'handled' });
    expect(table.row(event)).toMatchObject({
      notifiedAt: new Date(clock.nowMs()),
      pendingSince: undefined,
      claimedUntil: undefined,
    });
    expect(queue.deleted).toEqual([message.id]);
  });

  it('changes nothing when the same sign-up comes twice', async () => {
    const { clock, queue, table, event, handler } = setUp();
    await handler.handle(aMessage(event));
    const before = { ...table.row(event) };

    await clock.advance(60_000);
    const outcome = await handler.handle(aMessage(event));

    expect(outcome).toEqual({ kind: 'handled' });
    expect(table.row(event)).toEqual(before);
    expect(queue.deleted).toHaveLength(2);
  });

  it('leaves a malformed message to the dead-letter queue, and counts it', async () => {
    const { queue, log, event, handler } = setUp();

    const outcomes = [
      await handler.handle(aMessage('hello')),
      await handler.handle(aMessage({ ...event, id: 1 })),
    ];

    expect(outcomes).toEqual([{ kind: 'malformed' }, { kind: 'malformed' }]);
    expect(queue.deleted).toEqual([]);
    expect(log.lines).toEqual([
      expect.stringMatching(/dead-letter queue: the message is not JSON \(1 such/),
      expect.stringMatching(/dead-letter queue: not a sign-up event: id \(2 such/),
    ]);
  });

  it('deletes a message about a sign-up that is not in the table, and says so without the address', async () => {
    const { queue, log, handler } = setUp();
    const stranger = anEvent();

    const outcome = await handler.handle(aMessage(stranger));

    expect(outcome).toEqual({ kind: 'handled' });
    expect(queue.deleted).toHaveLength(1);
    expect(log.lines.join()).toContain(stranger.id);
    expect(log.lines.join()).not.toContain(stranger.email);
  });

  it('does not touch a later sign-up with the same address', async () => {
    const { table, event, handler } = setUp();
    const earlier = anEvent({ email: event.email });

    await handler.handle(aMessage(earlier));

    expect(table.row(event).notifiedAt).toBeUndefined();
  });

  it('keeps the message when the table fails', async () => {
    const { queue, table, event, handler } = setUp();
    table.failure = new Error('connect ECONNREFUSED');

    const outcome = await handler.handle(aMessage(event));

    expect(outcome).toEqual({ kind: 'failed', reason: 'connect ECONNREFUSED' });
    expect(queue.deleted).toEqual([]);
  });

  it('reports a failed deletion; the message comes back and changes nothing', async () => {
    const { queue, event, handler } = setUp();
    queue.deleteFailure = new Error('connect ECONNREFUSED');

    expect(await handler.handle(aMessage(event))).toEqual({ kind: 'failed', reason: 'connect ECONNREFUSED' });
  });

  it('runs as a segment of its own trace, linked to the publish', async () => {
    const { event, handler } = setUp();

    await handler.handle(aMessage(anEnvelope(event, { 'X-Amzn-Trace-Id': TRACE_HEADER })));

    const [span, ...others] = spans.finished();
    expect(others).toEqual([]);
    expect(span).toMatchObject({
      name: 'signups process',
      kind: SpanKind.CONSUMER,
      parentSpanContext: undefined,
      attributes: {
        'messaging.system': 'aws_sqs',
        'messaging.operation.type': 'process',
        'messaging.destination.name': 'signups',
      },
    });
    expect(span?.links.map((link) => link.context.spanId)).toEqual(['0123456789abcdef']);
    expect(JSON.stringify(span?.attributes)).not.toContain(event.email);
  });

  it('shows a failure on the segment', async () => {
    const { table, event, handler } = setUp();
    table.failure = new Error('connect ECONNREFUSED');

    await handler.handle(aMessage(event));

    expect(spans.finished()[0]?.status).toEqual({
      code: SpanStatusCode.ERROR,
      message: 'connect ECONNREFUSED',
    });
  });
});
