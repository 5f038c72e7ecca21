import { describe, expect, it } from '@jest/globals';
import { MAX_SEGMENT_BYTES, parseSegmentDocument } from './parse-segment-document.js';
import type { SegmentDocument } from './segment-document.js';

const minimal = {
  name: 'signup-api',
  id: '53995c3f42cd8ad8',
  trace_id: '1-581cf771-a006649127e371903a2de979',
  start_time: 1_480_615_200.01,
  end_time: 1_480_615_200.09,
};

function parse(fields: Record<string, unknown>) {
  return parseSegmentDocument(JSON.stringify({ ...minimal, ...fields }));
}

function kept(fields: Record<string, unknown>): SegmentDocument {
  const parsed = parse(fields);
  if (!parsed.ok) throw new Error(parsed.rejection.message);
  return parsed.document;
}

function rejected(parsed: ReturnType<typeof parseSegmentDocument>) {
  if (parsed.ok) throw new Error('the document was taken');
  return parsed.rejection;
}

describe('parseSegmentDocument', () => {
  it('takes the smallest segment as it is', () => {
    expect(parse({})).toEqual({ ok: true, document: minimal });
  });

  it('takes null for what is not there', () => {
    expect(kept({ parent_id: null, type: null, in_progress: null, origin: null, http: null })).toEqual(
      minimal,
    );
    expect(kept({ end_time: null, in_progress: true })).not.toHaveProperty('end_time');
    expect(rejected(parse({ end_time: null })).message).toMatch(/end_time is missing/);
    expect(rejected(parse({ type: 'subsegment', parent_id: null })).message).toMatch(/parent_id is missing/);
  });

  it('takes a document in which every field of the schema is used, without a loss', () => {
    const full = {
      parent_id: '53995c3f42cd8ad9',
      type: 'subsegment',
      service: { version: '1.0.0', runtime: 'node' },
      user: 'alice',
      origin: 'AWS::ECS::Fargate',
      resource_arn: 'arn:aws:ecs:us-east-1:000000000000:task/1',
      links: [{ trace_id: minimal.trace_id, id: minimal.id, attributes: { batch: 1 } }],
      http: {
        request: {
          method: 'GET',
          url: 'http://a',
          user_agent: 'b',
          client_ip: 'c',
          x_forwarded_for: true,
          traced: true,
        },
        response: { status: 200, content_length: -1 },
      },
      error: false,
      fault: true,
      throttle: false,
      cause: {
        working_directory: '/app',
        paths: ['a.js'],
        exceptions: [
          {
            id: '53995c3f42cd8ada',
            type: 'Error',
            message: 'm',
            remote: false,
            truncated: 1,
            skipped: 2,
            cause: '53995c3f42cd8adb',
            stack: [{ path: 'a.js', line: 3, label: 'f' }],
          },
        ],
      },
      aws: {
        account_id: '000000000000',
        table_names: ['a', 'b'],
        cloudwatch_logs: [{ log_group: 'g', arn: 'arn' }],
        xray: { sdk: 'opentelemetry for nodejs', sdk_version: '2.0.0', auto_instrumentation: false },
        ec2: { instance_id: null },
        resource_names: ['t'],
        retries: 0,
      },
      annotations: { text: 'a', number: 1.5, flag: true, 'dotted.key_1': 'x' },
      metadata: { default: { any: [{ thing: null }] }, debug: {} },
      namespace: 'aws',
      precursor_ids: ['53995c3f42cd8adc'],
      traced: true,
      sql: {
        url: 'u',
        connection_string: 'c',
        database_type: 't',
        database_version: 'v',
        driver_version: 'd',
        user: 'u',
        preparation: 'call',
        sanitized_query: 'select 1',
      },
      subsegments: [{ name: 'a', id: '53995c3f42cd8add', start_time: 1, in_progress: true }],
      inferred: true,
    };
    expect(kept(full)).toEqual({ ...minimal, ...full });
  });

  it('lower-cases ids, so that a parent is found however it is written', () => {
    const ids = { id: 'ABCDEF0123456789', parent_id: 'FEDCBA9876543210', cause: 'AAAAAAAAAAAAAAAA' };
    expect(kept({ ...ids, trace_id: '1-581CF771-A006649127E371903A2DE979' })).toMatchObject({
      id: 'abcdef0123456789',
      parent_id: 'fedcba9876543210',
      trace_id: minimal.trace_id,
      cause: 'aaaaaaaaaaaaaaaa',
    });
  });

  it('takes a name of any script, with all the signs X-Ray allows', () => {
    const name = 'Überweisung 東京_.:/%&#=+\\-@\t1';
    expect(kept({ name }).name).toBe(name);
    expect(kept({ name: '𠮷'.repeat(200) }).name).toHaveLength(400);
  });
});

describe('parseSegmentDocument, of what X-Ray refuses', () => {
  it.each<[Record<string, unknown>, string, string]>([
    [{ id: undefined }, 'MissingId', 'id is missing'],
    [{ id: null }, 'MissingId', 'id is missing'],
    [{ id: '' }, 'MissingId', 'id is missing'],
    [{ id: 'xyz' }, 'InvalidSegment', 'id must be 16 hexadecimal digits'],
    [{ id: 5 }, 'InvalidSegment', 'id must be 16 hexadecimal digits'],
    [{ trace_id: undefined }, 'InvalidTraceId', 'trace_id must be'],
    [{ trace_id: '581cf771a006649127e371903a2de979' }, 'InvalidTraceId', 'trace_id must be'],
    [{ trace_id: '2-581cf771-a006649127e371903a2de979' }, 'InvalidTraceId', 'trace_id must be'],
    [{ name: undefined }, 'InvalidSegment', 'name must be a text'],
    [{ name: '' }, 'InvalidSegment', 'name must be a text'],
    [{ name: 7 }, 'InvalidSegment', 'name must be a text'],
    [{ name: 'a'.repeat(201) }, 'InvalidSegment', 'name is longer than 200 characters'],
    [{ name: 'db?ssl=true' }, 'InvalidSegment', 'name has the character "?"'],
    [{ name: 'a\u0000b' }, 'InvalidSegment', String.raw`name has the character "\u0000"`],
    [{ start_time: undefined }, 'InvalidSegment', 'start_time must be a number of seconds'],
    [{ start_time: '1480615200.010' }, 'InvalidSegment', 'start_time must be a number of seconds'],
    [{ start_time: -1 }, 'InvalidSegment', 'start_time must be a number of seconds'],
    [{ end_time: undefined }, 'InvalidSegment', 'end_time is missing'],
    [{ end_time: undefined, in_progress: false }, 'InvalidSegment', 'end_time is missing'],
    [{ end_time: undefined, in_progress: 'true' }, 'InvalidSegment', 'end_time is missing'],
    [{ end_time: null }, 'InvalidSegment', 'end_time is missing'],
    [{ in_progress: true }, 'InvalidSegment', 'end_time must not be there while in_progress'],
    [{ type: 'subsegment' }, 'InvalidSegment', 'parent_id is missing'],
    [{ parent_id: 'short' }, 'InvalidSegment', 'parent_id must be 16 hexadecimal digits'],
    [{ subsegments: ['x'] }, 'InvalidSegment', 'subsegments[0] must be a JSON object'],
    [{ subsegments: [{ ...minimal, name: '?' }] }, 'InvalidSegment', 'subsegments[0].name has the character'],
    [
      { subsegments: [minimal, { ...minimal, subsegments: [{ ...minimal, id: undefined }] }] },
      'InvalidSegment',
      'subsegments[1].subsegments[0].id must be',
    ],
  ])('names the field of %j', (fields, errorCode, reason) => {
    const rejection = rejected(parse(fields));
    expect(rejection.errorCode).toBe(errorCode);
    expect(rejection.message).toContain(`Invalid segment. ErrorCode: ${errorCode}: ${reason}`);
  });

  it.each(['', 'T1Sxx', '{', '[]', '"text"', 'null', '5'])('takes %j for no segment', (text) => {
    expect(rejected(parseSegmentDocument(text))).toEqual({
      errorCode: 'InvalidSegment',
      message: expect.any(String),
    });
  });

  it('tells the id as it was sent, when there is one', () => {
    expect(rejected(parse({ id: 'NOT-AN-ID' })).id).toBe('NOT-AN-ID');
    expect(rejected(parse({ name: '' })).id).toBe(minimal.id);
    expect(rejected(parse({ id: undefined }))).not.toHaveProperty('id');
  });

  it('takes a document of 64 kB and none that is a byte larger, whatever its letters take', () => {
    for (const letter of ['a', 'é', '東', '𠮷']) {
      const bytesOf = (text: string) => new TextEncoder().encode(text).length;
      const frame = bytesOf(JSON.stringify({ ...minimal, user: '' }));
      const room = MAX_SEGMENT_BYTES - frame;
      const user = letter.repeat(Math.floor(room / bytesOf(letter))) + 'a'.repeat(room % bytesOf(letter));
      expect(parse({ user }).ok).toBe(true);
      expect(rejected(parse({ user: `${user}a` }))).toMatchObject({
        id: minimal.id,
        message: expect.stringContaining('larger than 65536 bytes'),
      });
    }
  });

  it('survives nesting of any depth', () => {
    const deep = '['.repeat(30_000) + ']'.repeat(30_000);
    const { message } = rejected(parseSegmentDocument(`{"metadata":${deep}}`));
    expect(message).toContain('nested deeper than 256 levels');
    const brackets = String.raw`\"[{`.repeat(1000);
    expect(parseSegmentDocument(JSON.stringify(minimal).replace('}', `,"user":"${brackets}"}`)).ok).toBe(
      true,
    );
  });
});

describe('parseSegmentDocument, of what does not fit the schema', () => {
  it.each<[Record<string, unknown>, Record<string, unknown>]>([
    [{ unknown: 1, annotationz: {} }, {}],
    [{ in_progress: false, type: 'segment', namespace: 5, user: {}, subsegments: 'x', http: [] }, {}],
    [{ fault: 'yes', error: 1, throttle: null, traced: 'no', inferred: false }, {}],
    [{ cause: 5 }, {}],
    [
      { cause: { exceptions: [{ message: 'no id' }, 5], paths: ['a', 5] } },
      { cause: { exceptions: [], paths: ['a'] } },
    ],
    [
      { http: { request: { method: 5, extra: 1 }, response: { status: '200' } } },
      { http: { request: {}, response: {} } },
    ],
    [
      { http: { response: { status: 200.5, content_length: '10' } } },
      { http: { response: { content_length: '10' } } },
    ],
    [{ aws: { table_name: 5, ecs: 'x', extra: { kept: 1 } } }, { aws: { extra: { kept: 1 } } }],
    [{ aws: 'x', service: [], sql: null }, {}],
    [{ aws: { cloudwatch_logs: [{ arn: 'a' }] } }, { aws: { cloudwatch_logs: [] } }],
    [{ service: { version: 5, runtime: 'node' } }, { service: { runtime: 'node' } }],
    [
      { annotations: { 'bad key': 1, list: [], object: {}, nothing: null, good: 1 } },
      { annotations: { good: 1 } },
    ],
    [{ annotations: [], metadata: 'x' }, {}],
    [{ links: [{ id: minimal.id }, { trace_id: minimal.trace_id }, null] }, { links: [] }],
    [{ precursor_ids: 'x', links: {} }, {}],
  ])('keeps of %j only %j', (fields, expected) => {
    expect(kept(fields)).toEqual({ ...minimal, ...expected });
  });

  it('keeps metadata that is in no namespace under default', () => {
    const metadata = { loose: [1], debug: { a: 1 }, default: { b: 2 } };
    expect(kept({ metadata }).metadata).toEqual({ debug: { a: 1 }, default: { b: 2, loose: [1] } });
  });

  it('never makes a prototype of a key called __proto__', () => {
    const evil = '{"__proto__":{"polluted":true},"constructor":{"x":1}}';
    const fields = `"annotations":{"__proto__":"a"},"metadata":${evil},"aws":${evil},"http":${evil},"__proto__":{"fault":true}`;
    const parsed = parseSegmentDocument(JSON.stringify(minimal).replace('}', `,${fields}}`));
    if (!parsed.ok) throw new Error(parsed.rejection.message);
    const { document } = parsed;
    for (const block of [document, document.annotations, document.metadata, document.aws, document.http]) {
      expect(Object.getPrototypeOf(block)).toBe(Object.prototype);
    }
    expect(document.fault).toBeUndefined();
    expect(Object.keys(document.metadata!)).toEqual(['__proto__', 'constructor']);
  });
});
