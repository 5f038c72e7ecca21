import { describe, expect, it } from '@jest/globals';
import { SpanKind, StatusCode } from '../../src/otlp/otlp-span.js';
import type { OtlpEvent } from '../../src/otlp/otlp-span.js';
import { aCall, anEvent, anException, aSpan, defaultMetadata, exceptionsOf, translateOne } from './spans.js';
import type { PlainAttributes, PlainValue } from './spans.js';

const ERROR = { code: StatusCode.ERROR, message: '' };

describe('the flags of a span', () => {
  const NONE = { error: false, fault: false, throttle: false };
  const FAULT = { ...NONE, fault: true };
  const CLIENT_ERROR = { ...NONE, error: true };

  it.each([
    ['UNSET', {}, NONE],
    ['OK', {}, NONE],
    ['ERROR', {}, FAULT],
    ['UNSET', { 'http.status_code': 399 }, NONE],
    ['ERROR', { 'http.status_code': 200 }, FAULT],
    ['ERROR', { 'http.status_code': 600 }, FAULT],
    ['UNSET', { 'http.status_code': 400 }, CLIENT_ERROR],
    ['ERROR', { 'http.response.status_code': 409 }, CLIENT_ERROR],
    ['UNSET', { 'http.response.status_code': 499 }, CLIENT_ERROR],
    ['OK', { 'http.status_code': 429 }, { ...CLIENT_ERROR, throttle: true }],
    ['UNSET', { 'http.response.status_code': 500 }, FAULT],
    ['OK', { 'http.status_code': 599 }, FAULT],
    ['UNSET', { 'http.status_code': '500' }, NONE],
    ['ERROR', { 'http.status_code': '404' }, FAULT],
    ['UNSET', { 'http.response.status_code': 500, 'http.status_code': 404 }, CLIENT_ERROR],
    ['UNSET', { 'http.response.status_code': 500, 'http.status_code': 'x' }, NONE],
    ['UNSET', { 'rpc.grpc.status_code': 13 }, NONE],
  ] as [keyof typeof StatusCode, PlainAttributes, typeof NONE][])(
    'with status %s and %j are %j',
    (code, plain, flags) => {
      const document = translateOne(
        aSpan({ status: { code: StatusCode[code], message: '' }, attributes: plain }),
      );

      expect(document).toMatchObject(flags);
    },
  );
});

describe('the cause of a span without exceptions', () => {
  it('is the message of status ERROR, without a type', () => {
    const document = translateOne(aCall({}, { status: { code: StatusCode.ERROR, message: 'It broke' } }));

    expect(document.cause).toEqual({
      exceptions: [{ id: '0000000000000001', message: 'It broke', type: '' }],
    });
  });

  it('is the status text of HTTP when there is no message', () => {
    const document = translateOne(aCall({ 'http.status_text': 'Not Found', step: 1 }, { status: ERROR }));

    expect(exceptionsOf(document)).toMatchObject([{ message: 'Not Found' }]);
    expect(defaultMetadata(document)).toEqual({ step: 1 });
  });

  it('uses the status text up also when it does not need it', () => {
    const status = { code: StatusCode.ERROR, message: 'It broke' };

    const document = translateOne(aCall({ 'http.status_text': 'Not Found' }, { status }));

    expect(exceptionsOf(document)).toMatchObject([{ message: 'It broke' }]);
    expect(document).not.toHaveProperty('metadata');
  });

  it.each(['UNSET', 'OK'] as const)('is none with status %s, and the status text stays', (code) => {
    const status = { code: StatusCode[code], message: 'ignored' };

    const document = translateOne(
      aCall({ 'http.status_text': 'Not Found', 'http.status_code': 404 }, { status }),
    );

    expect(document).not.toHaveProperty('cause');
    expect(defaultMetadata(document)).toEqual({ 'http.status_text': 'Not Found' });
  });

  it('is none when there is nothing to tell', () => {
    expect(translateOne(aCall({}, { status: ERROR, events: [anEvent('retry')] }))).not.toHaveProperty(
      'cause',
    );
  });
});

describe('exceptions', () => {
  it.each([
    ['SERVER', false],
    ['INTERNAL', false],
    ['CONSUMER', false],
    ['CLIENT', true],
    ['PRODUCER', true],
  ] as const)('of a %s span have remote %s', (kind, remote) => {
    const [exception] = exceptionsOf(
      translateOne(aSpan({ kind: SpanKind[kind], events: [anException('E', 'm')] })),
    );

    expect(exception).toEqual({ id: '0000000000000001', type: 'E', message: 'm', remote });
  });

  it('are told in their order whatever the status is, among other events', () => {
    const events = [anException('A', '1'), anEvent('retry'), anException('B', '2')];

    const document = translateOne(aSpan({ events, attributes: { 'http.status_text': 'x' } }));

    expect(exceptionsOf(document)).toMatchObject([{ type: 'A' }, { type: 'B' }]);
    expect(document.fault).toBe(false);
    expect(defaultMetadata(document)).toEqual({ 'http.status_text': 'x' });
  });

  it('have an empty type and message when they say none', () => {
    const [bare] = exceptionsOf(translateOne(aSpan({ events: [anEvent('exception')] })));
    const [odd] = exceptionsOf(
      translateOne(aSpan({ events: [anEvent('exception', { 'exception.type': 7 })] })),
    );

    expect(bare).toMatchObject({ type: '', message: '' });
    expect(odd).toMatchObject({ type: '' });
  });

  it('win over the message of the status', () => {
    const status = { code: StatusCode.ERROR, message: 'status' };

    expect(exceptionsOf(translateOne(aSpan({ status, events: [anException('E', 'm')] })))).toMatchObject([
      { message: 'm' },
    ]);
  });
});

describe('failed tries of an AWS call', () => {
  const AWS = { 'rpc.system': 'aws-api' };
  const NANOS = 1_700_000_000_123_456_789n;

  function aFailedTry(status: PlainValue, timeUnixNano: number | bigint = NANOS): OtlpEvent {
    return anEvent(
      'HTTP request failure',
      { 'http.response.status_code': status, 'aws.http.error_message': 'Throttled' },
      timeUnixNano,
    );
  }

  function messageOf(event: OtlpEvent): string | undefined {
    return exceptionsOf(translateOne(aCall(AWS, { events: [event] })))[0]?.message;
  }

  it('are exceptions with status, time and message', () => {
    expect(
      exceptionsOf(translateOne(aCall(AWS, { events: [aFailedTry(503), anException('E', 'm')] }))),
    ).toEqual([
      {
        id: '0000000000000001',
        type: 'aws.http.error.event',
        message: '503@1700000000.123456@Throttled',
        remote: true,
      },
      { id: '0000000000000002', type: 'E', message: 'm', remote: true },
    ]);
  });

  it.each([
    [1_690_000_000_000_000_000, '503@1690000000.000000@Throttled'],
    [999, '503@0.000000@Throttled'],
    [2n ** 64n - 1n, '503@-0.000001@Throttled'],
    [2n ** 64n - 2000n, '503@-0.000002@Throttled'],
  ])('tell the time %s as %s', (time, message) => {
    expect(messageOf(aFailedTry(503, time))).toBe(message);
  });

  it.each([
    ['text', 'text'],
    [true, 'true'],
    [1.5, '1.5'],
    [{ kind: 'int', value: 9223372036854775807n }, '9223372036854775807'],
    [Uint8Array.of(1, 2, 3), 'AQID'],
    [{ kind: 'empty' }, ''],
    [[1, 'a\u2028<', [{ kind: 'empty' }]], '[1,"a\\u2028<",[null]]'],
    [
      {
        kind: 'map',
        entries: [
          { key: 'b', value: { kind: 'int', value: 9223372036854775807n } },
          { key: 'a', value: { kind: 'map', entries: [] } },
        ],
      },
      '{"a":{},"b":9223372036854775807}',
    ],
    [[{ kind: 'double', value: NaN }], ''],
  ] as [PlainValue, string][])('tell a status %j as %j', (status, text) => {
    expect(messageOf(aFailedTry(status))).toBe(`${text}@1700000000.123456@Throttled`);
  });

  it('are nothing without status or message, but the span has a cause all the same', () => {
    const events = [anEvent('HTTP request failure', { 'http.response.status_code': 503 })];

    expect(translateOne(aCall(AWS, { events })).cause).toEqual({});
  });

  it('are nothing on other spans', () => {
    expect(translateOne(aCall({}, { events: [aFailedTry(503)] }))).not.toHaveProperty('cause');
    expect(
      exceptionsOf(translateOne(aCall({}, { events: [anException('E', 'm'), aFailedTry(503)] }))),
    ).toHaveLength(1);
  });
});
