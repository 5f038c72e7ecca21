import { describe, expect, it } from '@jest/globals';
import type { SegmentDocument } from '../../src/segment/segment-document.js';
import { assembleTrace } from '../../src/trace/assemble-trace.js';
import { compileTrace } from '../../src/trace/compile-trace.js';
import { START, TRACE_ID, id, nested, segment, signupDocuments, subsegment } from './trace-documents.js';

function compile(documents: SegmentDocument[]) {
  return compileTrace(assembleTrace(TRACE_ID, documents));
}

function compiledDocuments(documents: SegmentDocument[]): SegmentDocument[] {
  return compile(documents).Segments.map(({ Document }) => JSON.parse(Document) as SegmentDocument);
}

/** Every part of the compiled documents by its id. */
function partsOf(documents: SegmentDocument[]): Map<string, SegmentDocument> {
  const parts = new Map<string, SegmentDocument>();
  const waiting = [...documents];
  for (const part of waiting) {
    parts.set(part.id, part);
    waiting.push(...(part.subsegments ?? []));
  }
  return parts;
}

/** A document in which every field of the schema has a value. */
function fullDocument(): SegmentDocument {
  return {
    ...segment([0, 100], { id: id('1') }),
    parent_id: id('f'),
    service: { version: '1.2.3', compiler: 'tsc' },
    user: 'u-1',
    origin: 'AWS::EC2::Instance',
    resource_arn: 'arn:aws:ec2:us-east-1:000000000000:instance/i-1',
    links: [{ trace_id: TRACE_ID, id: id('9'), attributes: { batch: 3 } }],
    http: {
      request: { method: 'GET', x_forwarded_for: true },
      response: { status: 500, content_length: -1 },
    },
    error: false,
    fault: true,
    throttle: false,
    cause: {
      working_directory: '/app',
      paths: ['a'],
      exceptions: [{ id: id('e'), stack: [{ path: 'a', line: 1 }] }],
    },
    aws: { account_id: '1', ec2: { instance_id: 'i-1' }, topic_arn: 'arn', retries: 0 },
    annotations: { text: 'x', number: 1, flag: false },
    metadata: { default: { deep: { er: [1, null] } }, debug: { on: true } },
    traced: true,
    precursor_ids: [id('8')],
    sql: { url: 'postgres://db', sanitized_query: 'select 1' },
  };
}

describe('compileTrace', () => {
  it('nests the subsegments that came on their own, without what only those need', () => {
    const [api, , notifier] = compiledDocuments(signupDocuments());
    expect(api!.subsegments!.map(({ name }) => name)).toEqual(['DynamoDB', 'notifier']);
    expect(notifier!.subsegments!.map(({ name }) => name)).toEqual(['ecs-credentials-endpoint', 'SNS']);
    for (const part of [...api!.subsegments!, ...notifier!.subsegments!]) {
      expect(Object.keys(part)).not.toEqual(expect.arrayContaining(['trace_id']));
      expect(part).not.toHaveProperty('parent_id');
      expect(part).not.toHaveProperty('type');
    }
    expect(notifier).toMatchObject({ trace_id: TRACE_ID, parent_id: id('a3') });
  });

  it('answers a document for each segment and each inferred one, the earliest first', () => {
    const compiled = compile(signupDocuments());
    expect(compiled).toMatchObject({ Id: TRACE_ID, Duration: 0.14, LimitExceeded: false });
    const documents = compiled.Segments.map(({ Document }) => JSON.parse(Document) as SegmentDocument);
    expect(documents.map(({ name, inferred, origin }) => [name, inferred, origin])).toEqual([
      ['signup-api', undefined, 'AWS::ECS::Fargate'],
      ['DynamoDB', true, 'AWS::DynamoDB::Table'],
      ['notifier', undefined, 'AWS::ECS::Fargate'],
      ['ecs-credentials-endpoint', true, undefined],
      ['SNS', true, 'AWS::SNS'],
    ]);
    expect(compiled.Segments.map(({ Id }) => Id)).toEqual(documents.map((document) => document.id));
    expect(documents[1]).toMatchObject({
      parent_id: id('a2'),
      aws: { table_name: 'signups', operation: 'PutItem' },
    });
  });

  it('puts what came nested and what came alone in the order of their starts', () => {
    const [document] = compiledDocuments([
      subsegment([20, 30], { id: id('3'), parent_id: id('1') }),
      segment([0, 100], {
        id: id('1'),
        subsegments: [nested([40, 50], { id: id('4') }), nested([5, 9], { id: id('2') })],
      }),
    ]);
    expect(document!.subsegments!.map((part) => part.id)).toEqual([id('2'), id('3'), id('4')]);
  });

  it('keeps an orphan as a document of its own, with its parent’s id', () => {
    const orphan = subsegment([5, 9], {
      id: id('2'),
      parent_id: id('f'),
      namespace: 'remote',
      subsegments: [nested([6, 8], { id: id('3') })],
    });
    expect(compiledDocuments([orphan])).toEqual([orphan]);
  });

  it('loses no field of a segment, a nested subsegment or one sent on its own', () => {
    const full = fullDocument();
    const { trace_id: _trace, parent_id: _parent, ...part } = full;
    const documents: SegmentDocument[] = [
      { ...full, subsegments: [{ ...part, id: id('2'), namespace: 'remote' }] },
      { ...full, id: id('3'), parent_id: id('2'), type: 'subsegment', namespace: 'aws' },
    ];
    const parts = partsOf(compiledDocuments(documents));
    expect(parts.get(id('1'))).toMatchObject(full);
    expect(parts.get(id('2'))).toMatchObject({ ...part, id: id('2'), namespace: 'remote' });
    expect(parts.get(id('3'))).toEqual({ ...part, id: id('3'), namespace: 'aws' });
  });

  it('does not change what it was given', () => {
    const documents = signupDocuments();
    const before = structuredClone(documents);
    compile(documents);
    expect(documents).toEqual(before);
  });

  it('splits a chain of subsegments that is too deep for one document', () => {
    const chain = Array.from({ length: 250 }, (_, index) =>
      subsegment([index, 300], { id: id((index + 2).toString(16)), parent_id: id((index + 1).toString(16)) }),
    );
    const documents = compiledDocuments([segment([0, 300], { id: id('1') }), ...chain]);
    expect(partsOf(documents).size).toBe(251);
    expect(documents).toHaveLength(3);
    expect(documents[1]).toMatchObject({
      type: 'subsegment',
      trace_id: TRACE_ID,
      parent_id: id((100).toString(16)),
    });
  });

  it('says when the trace is larger than X-Ray keeps, and keeps it', () => {
    const documents = Array.from({ length: 10 }, (_, index) =>
      segment([index, 20], { id: id(`${index}`), metadata: { default: { text: 'x'.repeat(60_000) } } }),
    );
    const compiled = compile(documents);
    expect(compiled.LimitExceeded).toBe(true);
    expect(compiled.Segments).toHaveLength(10);
  });

  it('has no duration while nothing is complete', () => {
    const compiled = compile([segment([0], { id: id('1') })]);
    expect(compiled.Duration).toBe(0);
    expect(JSON.parse(compiled.Segments[0]!.Document)).toMatchObject({
      in_progress: true,
      start_time: START,
    });
  });
});
