import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildServiceGraph } from '../../src/graph/build-service-graph.js';
import type { SegmentDocument } from '../../src/segment/segment-document.js';
import { assembleTrace } from '../../src/trace/assemble-trace.js';
import { buildTimeline } from '../../src/trace/build-timeline.js';
import { compileTrace } from '../../src/trace/compile-trace.js';
import { summarizeTrace } from '../../src/trace/summarize-trace.js';
import {
  CONSUMER_TRACE_ID,
  TRACE_ID,
  consumerDocuments,
  id,
  segment,
  signupDocuments,
} from '../trace/trace-documents.js';

function everythingAbout(documents: readonly SegmentDocument[]) {
  const trace = assembleTrace(TRACE_ID, documents);
  const timeline = buildTimeline(trace).map(({ entity: _entity, ...row }) => row);
  return {
    graph: buildServiceGraph([trace]),
    summary: summarizeTrace(trace),
    compiled: compileTrace(trace),
    timeline,
  };
}

/** Documents as a network could deliver them: any tree or circle of a few ids, any times, any flags. */
const anyDocuments = fc
  .array(
    fc.record({
      parent: fc.integer({ min: 0, max: 12 }),
      isSubsegment: fc.boolean(),
      startMs: fc.integer({ min: 0, max: 50 }),
      tookMs: fc.option(fc.integer({ min: 0, max: 50 })),
      name: fc.constantFrom('api', 'worker', 'SNS'),
      namespace: fc.constantFrom(undefined, 'aws', 'remote'),
      fault: fc.boolean(),
      annotation: fc.integer({ min: 0, max: 2 }),
    }),
    { minLength: 1, maxLength: 10 },
  )
  .map((drafts) =>
    drafts.map(({ parent, isSubsegment, startMs, tookMs, name, namespace, fault, annotation }, index) => {
      const times: [number, number?] = tookMs === null ? [startMs] : [startMs, startMs + tookMs];
      return segment(times, {
        id: id((index + 1).toString(16)),
        name,
        fault,
        annotations: { annotation },
        ...(parent === 0 && !isSubsegment ? {} : { parent_id: id(parent.toString(16)) }),
        ...(isSubsegment ? { type: 'subsegment' as const } : {}),
        ...(namespace === undefined ? {} : { namespace }),
      });
    }),
  );

describe('the order in which documents arrive', () => {
  it('does not matter for a sign-up, also with a segment that was in progress before', () => {
    const documents = [...signupDocuments(), segment([0], { id: id('a1'), origin: 'AWS::ECS::Fargate' })];
    const expected = everythingAbout(signupDocuments());
    fc.assert(
      fc.property(fc.shuffledSubarray(documents, { minLength: documents.length }), (shuffled) => {
        expect(everythingAbout(shuffled)).toEqual(expected);
      }),
    );
  });

  it('does not matter for any documents, however they hang together', () => {
    const shuffles = anyDocuments.chain((documents) =>
      fc.tuple(fc.constant(documents), fc.shuffledSubarray(documents, { minLength: documents.length })),
    );
    fc.assert(
      fc.property(shuffles, ([documents, shuffled]) => {
        expect(everythingAbout(shuffled)).toEqual(everythingAbout(documents));
      }),
      { numRuns: 200 },
    );
  });

  it('does not matter for whole traces either', () => {
    const signup = assembleTrace(TRACE_ID, signupDocuments());
    const consumer = assembleTrace(CONSUMER_TRACE_ID, consumerDocuments());
    expect(buildServiceGraph([consumer, signup])).toEqual(buildServiceGraph([signup, consumer]));
  });

  it('never loses an entity: each is in the compiled trace once', () => {
    fc.assert(
      fc.property(anyDocuments, (documents) => {
        const { compiled, timeline } = everythingAbout(documents);
        const text = compiled.Segments.map(({ Document }) => Document).join('');
        for (const document of documents) expect(text.split(`"id":"${document.id}"`)).toHaveLength(2);
        expect(new Set(timeline.map((row) => row.id)).size).toBe(timeline.length);
      }),
    );
  });

  it('never counts a sample twice or not at all', () => {
    fc.assert(
      fc.property(anyDocuments, (documents) => {
        const { segments } = assembleTrace(TRACE_ID, documents);
        const counted = everythingAbout(documents).graph.map(
          (service) => service.SummaryStatistics?.TotalCount ?? 0,
        );
        const complete = segments.filter(({ outcome }) => outcome !== 'pending');
        expect(counted.reduce((sum, count) => sum + count, 0)).toBe(complete.length);
      }),
    );
  });
});
