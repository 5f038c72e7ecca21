import { describe, expect, it } from '@jest/globals';
import type { SegmentDocument } from '#xray-model';
import { assembleTrace } from '#xray-model';
import {
  exceptionFacts,
  metadataFacts,
  requestFacts,
  resourceFacts,
  sqlFacts,
} from '../src/segment-details/describe-entity.js';

const TRACE_ID = '1-6553f10a-000000000000000000000001';
const ROOT = 'a'.repeat(16);
const CALL = 'b'.repeat(16);

const root: SegmentDocument = {
  id: ROOT,
  name: 'api',
  trace_id: TRACE_ID,
  start_time: 1,
  end_time: 2,
  origin: 'AWS::ECS::Fargate',
  http: { request: { method: 'GET', url: 'http://a/' }, response: { status: 200, content_length: 12 } },
  aws: { account_id: '000000000000', ecs: { container: 'api' }, cloudwatch_logs: [{ log_group: 'g' }] },
  service: { version: '1.2' },
  metadata: { default: { a: [1] }, other: null },
  cause: {
    exceptions: [
      {
        id: '1'.repeat(16),
        type: 'OrderError',
        message: 'no',
        cause: '2'.repeat(16),
        truncated: 3,
        stack: [{ path: '/app/a.js', line: 4, label: 'go' }, { label: '' }],
      },
      { id: '2'.repeat(16), type: 'TypeError', message: 'why', remote: true },
    ],
  },
  subsegments: [
    {
      id: CALL,
      name: 'db',
      start_time: 1,
      end_time: 2,
      cause: '2'.repeat(16),
      sql: { sanitized_query: 'SELECT 1', user: 'app' },
    },
  ],
};
const trace = assembleTrace(TRACE_ID, [root]);
const segment = trace.entities.get(ROOT)!;
const call = trace.entities.get(CALL)!;

describe('what the details say', () => {
  it('tells the request and only what is known of it', () => {
    expect(requestFacts(segment).map(({ name, value }) => `${name}: ${value}`)).toEqual([
      'Method: GET',
      'URL: http://a/',
      'Status: 200',
      'Response size: 12 bytes',
    ]);
    expect(requestFacts(call)).toEqual([]);
  });

  it('writes the resources flat, by their paths', () => {
    expect(resourceFacts(segment).map(({ name, value }) => `${name}: ${value}`)).toEqual([
      'Origin: AWS::ECS::Fargate',
      'account_id: 000000000000',
      'ecs.container: api',
      'cloudwatch_logs.0.log_group: g',
      'service.version: 1.2',
    ]);
  });

  it('makes stacks readable, and says what was cut off', () => {
    const [outer, inner] = exceptionFacts(trace, segment);
    expect(outer).toMatchObject({
      type: 'OrderError',
      frames: [
        { label: 'go', place: '/app/a.js:4' },
        { label: '(anonymous)', place: '' },
      ],
      note: '3 more frames were cut off by the sender.',
      causedBy: 'TypeError: why',
    });
    expect(inner?.isRemote).toBe(true);
  });

  it('says so when there is no stack', () => {
    expect(exceptionFacts(trace, segment)[1]?.note).toContain('No stack came with it');
  });

  it('finds an exception that another entity of the trace has', () => {
    expect(exceptionFacts(trace, call).map(({ type }) => type)).toEqual(['TypeError']);
  });

  it('keeps metadata as JSON, and the query apart from what is said about it', () => {
    expect(metadataFacts(segment)).toEqual([
      { namespace: 'default', json: '{\n  "a": [\n    1\n  ]\n}' },
      { namespace: 'other', json: 'null' },
    ]);
    expect(sqlFacts(call)).toEqual({
      query: 'SELECT 1',
      facts: [{ name: 'User', value: 'app', isCode: true }],
    });
  });
});
