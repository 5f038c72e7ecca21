import { describe, expect, it } from '@jest/globals';
import { anEnvelope, aMessage } from '../../test/fakes/sample-message.js';
import { anEvent, TRACE_HEADER } from '../../test/fakes/sample-event.js';
import { MalformedMessageError, readSignupMessage } from './parse-signup-message.js';

describe('readSignupMessage', () => {
  const event = anEvent({ theme: 'flatly' });

  it("unwraps the topic's envelope and finds the trace in it", () => {
    const message = aMessage(anEnvelope(event, { 'x-amzn-trace-id': TRACE_HEADER }));

    const signup = readSignupMessage(message);

    expect(signup.parseEvent()).toEqual(event);
    expect(signup.traceHeader).toBe(TRACE_HEADER);
  });

  it('reads raw delivery and finds the trace beside it', () => {
    const signup = readSignupMessage(aMessage(event, { 'x-amzn-trace-id': TRACE_HEADER }));

    expect(signup.parseEvent()).toEqual(event);
    expect(signup.traceHeader).toBe(TRACE_HEADER);
  });

  it.each(['X-Amzn-Trace-Id', 'x-amzn-trace-id', 'X-AMZN-TRACE-ID'])('knows the attribute as %s', (name) => {
    expect(readSignupMessage(aMessage(event, { [name]: TRACE_HEADER })).traceHeader).toBe(TRACE_HEADER);
    expect(readSignupMessage(aMessage(anEnvelope(event, { [name]: TRACE_HEADER }))).traceHeader).toBe(
      TRACE_HEADER,
    );
  });

  it('has no trace where nobody traced', () => {
    expect(readSignupMessage(aMessage(event)).traceHeader).toBeUndefined();
    expect(readSignupMessage(aMessage(anEnvelope(event))).traceHeader).toBeUndefined();
  });

  it.each([
    ['text', 'hello', /not JSON/],
    ['an empty body', '', /not JSON/],
    ['null', 'null', /the whole message/],
    ['another version', { ...event, type: 'signup.created.v2' }, /type/],
    ['a broken address', { ...event, email: 'ada' }, /email/],
    ['several broken fields', { ...event, id: 1, name: '' }, /name, id|id, name/],
    ['an envelope around text', anEnvelope('hello'), /not JSON/],
    ['an envelope with an unknown event', anEnvelope({ type: 'signup.deleted.v1' }), /type/],
    [
      'an envelope of another type',
      { ...anEnvelope(event), Type: 'SubscriptionConfirmation' },
      /not a sign-up/,
    ],
  ])('calls %s malformed and says what is wrong', (_what, body, reason) => {
    const signup = readSignupMessage(aMessage(body));

    expect(signup.parseEvent).toThrow(MalformedMessageError);
    expect(signup.parseEvent).toThrow(reason);
  });

  it('repeats no value of a malformed message', () => {
    const signup = readSignupMessage(aMessage({ ...event, previewAccess: 'Perhaps' }));

    expect(signup.parseEvent).not.toThrow(new RegExp(`${event.email}|${event.name}|Perhaps`));
  });

  it('still finds the trace of a malformed message, and survives odd attributes', () => {
    const envelope = anEnvelope('hello', { 'x-amzn-trace-id': TRACE_HEADER });
    const odd = { ...envelope, MessageAttributes: { other: null, ...envelope.MessageAttributes } };

    expect(readSignupMessage(aMessage(odd)).traceHeader).toBe(TRACE_HEADER);
    expect(readSignupMessage(aMessage({ ...envelope, MessageAttributes: [] })).traceHeader).toBeUndefined();
  });
});
