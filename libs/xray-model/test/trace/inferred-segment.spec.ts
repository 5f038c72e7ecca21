import { describe, expect, it } from '@jest/globals';
import type { SegmentDocument } from '../../src/segment/segment-document.js';
import { assembleTrace } from '../../src/trace/assemble-trace.js';
import { TRACE_ID, id, nested, segment } from './trace-documents.js';

function inferredFrom(call: Partial<SegmentDocument>) {
  const root = segment([0, 100], { id: id('1'), subsegments: [nested([10, 90], { id: id('2'), ...call })] });
  return assembleTrace(TRACE_ID, [root]).segments.find(({ isInferred }) => isInferred);
}

const queueUrl = 'https://sqs.us-east-1.amazonaws.com/000000000000/signups';

describe('the inferred segment of a call', () => {
  it.each<[string, Partial<SegmentDocument>, nodeName: string, type: string]>([
    ['a table', { name: 'DynamoDB', aws: { table_name: 't' } }, 't', 'AWS::DynamoDB::Table'],
    ['a call named like its table', { name: 't', aws: { table_name: 't' } }, 't', 'AWS::DynamoDB::Table'],
    ['DynamoDB without a table', { name: 'DynamoDB' }, 'DynamoDB', 'AWS::DynamoDB'],
    ['several tables', { name: 'DynamoDB', aws: { table_names: ['a', 'b'] } }, 'DynamoDB', 'AWS::DynamoDB'],
    ['a queue', { name: 'SQS', aws: { queue_url: queueUrl } }, queueUrl, 'AWS::SQS::Queue'],
    ['SQS without a queue', { name: 'SQS' }, 'SQS', 'AWS::SQS'],
    ['SNS, also with a topic', { name: 'SNS', aws: { topic_arn: 'arn:t' } }, 'SNS', 'AWS::SNS'],
    ['S3', { name: 'S3' }, 'S3', 'AWS::S3'],
    ['a bucket', { name: 'S3', aws: { bucket_name: 'pictures' } }, 'pictures', 'AWS::S3::Bucket'],
    ['a function', { name: 'Lambda', aws: { function_name: 'resize' } }, 'resize', 'AWS::Lambda'],
    ['a table without a name', { name: 'DynamoDB', aws: { table_name: '' } }, 'DynamoDB', 'AWS::DynamoDB'],
    ['a queue without a URL', { name: 'SQS', aws: { queue_url: '' } }, 'SQS', 'AWS::SQS'],
    ['any other service', { name: 'rdsdataservice' }, 'rdsdataservice', 'AWS::rdsdataservice'],
  ])('is for %s what X-Ray makes of it', (_case, call, nodeName, type) => {
    const inferred = inferredFrom({ namespace: 'aws', ...call })!;
    expect(inferred.document).toMatchObject({ name: call.name, origin: type });
    expect(inferred.node).toEqual({ name: nodeName, type });
  });

  it('has no origin and the type remote for a call outside of AWS', () => {
    const inferred = inferredFrom({ name: '169.254.170.2', namespace: 'remote', aws: { account_id: '1' } })!;
    expect(inferred.node).toEqual({ name: '169.254.170.2', type: 'remote' });
    expect(inferred.document).not.toHaveProperty('origin');
  });

  it('is a database for a call with SQL', () => {
    const inferred = inferredFrom({ name: 'orders@db', namespace: 'remote', sql: { url: 'postgres://db' } })!;
    expect(inferred.node).toEqual({ name: 'orders@db', type: 'Database::SQL' });
    expect(inferred.document).toMatchObject({ origin: 'Database::SQL', sql: { url: 'postgres://db' } });
    expect(inferredFrom({ name: 'orders@db', sql: {} })?.node.type).toBe('Database::SQL');
  });

  it('belongs to the account that owns the AWS resource', () => {
    const inferred = inferredFrom({ name: 'SNS', namespace: 'aws', aws: { account_id: '000000000000' } })!;
    expect(inferred.node.accountId).toBe('000000000000');
  });

  it('copies the caller’s view and nothing else', () => {
    const view = {
      name: 'SNS',
      http: { response: { status: 403 } },
      aws: { operation: 'Publish', ecs: { container: 'c' } },
      error: true,
      fault: false,
      throttle: false,
      cause: { exceptions: [{ id: id('e'), message: 'denied' }] },
    };
    const call = {
      namespace: 'aws',
      annotations: { a: 1 },
      metadata: { default: { b: 2 } },
      precursor_ids: [id('9')],
    };
    const { document } = inferredFrom({ ...view, ...call })!;
    expect(document).toEqual({
      ...view,
      id: document.id,
      start_time: expect.any(Number),
      end_time: expect.any(Number),
      trace_id: TRACE_ID,
      parent_id: id('2'),
      inferred: true,
      origin: 'AWS::SNS',
    });
    expect(document.id).toMatch(/^[0-9a-f]{16}$/);
  });

  it('keeps its id from read to read, and differs from call to call', () => {
    const calls = Array.from({ length: 500 }, (_, index) =>
      nested([1, 2], { id: id((index + 2).toString(16)), name: 'SNS', namespace: 'aws' }),
    );
    const root = segment([0, 10], { id: id('1'), subsegments: calls });
    const idsOf = () => assembleTrace(TRACE_ID, [root]).segments.map((inferred) => inferred.id);
    expect(idsOf()).toEqual(idsOf());
    expect(new Set(idsOf()).size).toBe(501);
  });

  it('is in progress as long as the call is', () => {
    const root = segment([0], {
      id: id('1'),
      subsegments: [nested([1], { id: id('2'), name: 'SNS', namespace: 'aws' })],
    });
    const inferred = assembleTrace(TRACE_ID, [root]).segments[1]!;
    expect(inferred).toMatchObject({ outcome: 'pending', document: { in_progress: true, inferred: true } });
    expect(inferred.document).not.toHaveProperty('end_time');
    expect(inferred).not.toHaveProperty('durationSec');
  });

  it('gives way to the segment of the service that was called', () => {
    const root = segment([0, 100], {
      id: id('1'),
      subsegments: [nested([10, 90], { id: id('2'), name: 'notifier', namespace: 'remote' })],
    });
    const answer = segment([20, 80], {
      id: id('3'),
      parent_id: id('2'),
      name: 'notifier',
      origin: 'AWS::ECS::Fargate',
    });
    const { segments } = assembleTrace(TRACE_ID, [root, answer]);
    expect(segments.map(({ isInferred, node }) => [isInferred, node.type])).toEqual([
      [false, undefined],
      [false, 'AWS::ECS::Fargate'],
    ]);
  });

  it('is made for each call that is nested in another one', () => {
    const call = nested([10, 90], {
      id: id('2'),
      name: 'S3',
      namespace: 'aws',
      subsegments: [nested([20, 80], { id: id('3'), name: 's3.amazonaws.com', namespace: 'remote' })],
    });
    const { calls } = assembleTrace(TRACE_ID, [segment([0, 100], { id: id('1'), subsegments: [call] })]);
    expect(calls.slice(1).map(({ from, to }) => [from.name, to.name])).toEqual([
      ['signup-api', 'S3'],
      ['signup-api', 's3.amazonaws.com'],
    ]);
  });

  it('is not made for local work, nor for a segment that carries a namespace', () => {
    expect(inferredFrom({ name: 'Page Render' })).toBeUndefined();
    const receive = segment([0, 10], {
      id: id('1'),
      name: 'SQS',
      namespace: 'aws',
      origin: 'AWS::ECS::Fargate',
    });
    const { segments } = assembleTrace(TRACE_ID, [receive]);
    expect(segments.map(({ node }) => node)).toEqual([{ name: 'SQS', type: 'AWS::ECS::Fargate' }]);
  });
});
