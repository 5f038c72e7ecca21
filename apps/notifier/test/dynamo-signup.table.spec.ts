import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTable } from './fakes/local-aws.js';
import type { TableStand } from './fakes/local-aws.js';
import { anEvent, TRACE_HEADER } from './fakes/sample-event.js';

const NOON = Date.parse('2026-01-01T12:00:00.000Z');
const at = (offsetSec: number): Date => new Date(NOON + offsetSec * 1000);
const running = new AbortController().signal;

describe('DynamoSignupTable', () => {
  let stand: TableStand;
  beforeAll(async () => {
    stand = await startTable();
  });
  afterAll(() => stand.stop());

  async function aPendingSignup(pendingSince = at(-60)) {
    const event = anEvent({ theme: 'flatly' });
    await stand.put(event, { pendingSince, traceHeader: TRACE_HEADER });
    return event;
  }
  const findIds = async (now: Date, pendingBefore = at(0)): Promise<string[]> => {
    const found = await stand.table.findPending({ now, pendingBefore, limit: 1000 }, running);
    return found.map((signup) => signup.event.id);
  };
  const claim = (event: { email: string; id: string }, fromSec: number, untilSec: number) =>
    stand.table.claim(event, { now: at(fromSec), until: at(untilSec) });

  it('marks a sign-up as notified once and for all', async () => {
    const event = await aPendingSignup();
    await claim(event, 0, 15);

    const first = await stand.table.markNotified(event, at(1));
    const second = await stand.table.markNotified(event, at(99));

    expect([first, second]).toEqual(['notified', 'notified']);
    const item = await stand.item(event);
    expect(item).toMatchObject({ notifiedAt: { S: at(1).toISOString() }, name: { S: event.name } });
    expect(item).not.toHaveProperty('pendingSince');
    expect(item).not.toHaveProperty('claimedUntil');
  });

  it('makes up no sign-up that it does not know', async () => {
    const stranger = anEvent();
    const event = await aPendingSignup();

    expect(await stand.table.markNotified(stranger, at(0))).toBe('unknown');
    expect(await stand.table.markNotified({ ...stranger, email: event.email }, at(0))).toBe('unknown');
    expect(await stand.item(stranger)).toEqual({});
    expect(await stand.item(event)).toHaveProperty('pendingSince');
  });

  it('finds what has been pending since before a time, with all that an announcement needs', async () => {
    const event = await aPendingSignup(at(-60));
    const younger = await aPendingSignup(at(-5));
    const notified = await aPendingSignup(at(-60));
    await stand.table.markNotified(notified, at(0));

    const found = await stand.table.findPending({ now: at(0), pendingBefore: at(-10), limit: 1000 }, running);

    expect(found).toContainEqual({ event, traceHeader: TRACE_HEADER });
    const ids = found.map((signup) => signup.event.id);
    expect(ids).not.toContain(younger.id);
    expect(ids).not.toContain(notified.id);
  });

  it('leaves out what is no whole sign-up', async () => {
    const event = anEvent({ name: '' });
    await stand.put(event, { pendingSince: at(-60) });

    expect(await findIds(at(0))).not.toContain(event.id);
  });

  it('reads page after page, up to the limit', async () => {
    const events = await Promise.all(Array.from({ length: 600 }, () => aPendingSignup()));

    const ids = new Set(await findIds(at(0)));
    const some = await stand.table.findPending({ now: at(0), pendingBefore: at(0), limit: 300 }, running);

    expect(events.filter((event) => !ids.has(event.id))).toEqual([]);
    expect(some).toHaveLength(300);
  });

  it('gives a claim to one of many that ask at the same time', async () => {
    const event = await aPendingSignup();

    const claims = await Promise.all(Array.from({ length: 20 }, () => claim(event, 0, 15)));

    expect(claims.filter(Boolean)).toEqual([{ email: event.email, until: at(15) }]);
  });

  it('neither finds nor claims a claimed one before the claim has run out', async () => {
    const event = await aPendingSignup();
    await claim(event, 0, 15);

    expect(await findIds(at(15))).not.toContain(event.id);
    expect(await claim(event, 15, 30)).toBeUndefined();
    expect(await findIds(at(16))).toContain(event.id);
    expect(await claim(event, 16, 31)).toBeDefined();
  });

  it('claims nothing that has been notified, is unknown, or is another sign-up with the same address', async () => {
    const event = await aPendingSignup();
    expect(await claim(anEvent({ email: event.email }), 0, 15)).toBeUndefined();
    expect(await claim(anEvent(), 0, 15)).toBeUndefined();

    await stand.table.markNotified(event, at(0));

    expect(await claim(event, 1, 16)).toBeUndefined();
  });

  it('gives a claim back, and moves its end', async () => {
    const event = await aPendingSignup();
    const first = await claim(event, 0, 15);
    await stand.table.release(first!);
    expect(await findIds(at(1))).toContain(event.id);

    const second = await claim(event, 1, 16);
    await stand.table.moveEnd(second!, at(60));

    expect(await findIds(at(60))).not.toContain(event.id);
    expect(await findIds(at(61))).toContain(event.id);
  });

  it('does not touch the claim of another', async () => {
    const event = await aPendingSignup();
    const first = await claim(event, 0, 15);
    await claim(event, 16, 31);

    await stand.table.release(first!);
    await stand.table.moveEnd(first!, at(999));

    expect(await stand.item(event)).toMatchObject({ claimedUntil: { S: at(31).toISOString() } });
  });

  it('puts no claim on what the consumer has finished meanwhile', async () => {
    const event = await aPendingSignup();
    const held = await claim(event, 0, 15);
    await stand.table.markNotified(event, at(1));

    await stand.table.moveEnd(held!, at(60));
    await stand.table.release(held!);

    expect(await stand.item(event)).not.toHaveProperty('claimedUntil');
  });
});
