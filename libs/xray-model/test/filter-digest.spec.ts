import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decideFilter } from '../src/filter/decide-filter.js';
import { matchesFilter } from '../src/filter/matches-filter.js';
import { parseFilterExpression } from '../src/filter/parse-filter-expression.js';
import type { SegmentDocument } from '../src/segment/segment-document.js';
import { assembleTrace } from '../src/trace/assemble-trace.js';
import {
  DigestPool,
  digestTrace,
  parseTraceDigest,
  serializeTraceDigest,
} from '../src/trace/trace-digest.js';
import { id, START, TRACE_ID } from './trace/trace-documents.js';

const NAMES = ['api', 'notifier', 'table'];

const aDocument = (index: number): fc.Arbitrary<SegmentDocument> =>
  fc
    .record({
      name: fc.constantFrom(...NAMES),
      parentIndex: fc.nat(index === 0 ? 0 : index - 1),
      isRoot: fc.boolean(),
      isSubsegment: fc.boolean(),
      durationMs: fc.constantFrom(undefined, 0, 10, 50, 99.6, 100, 100.4, 2000),
      flags: fc.subarray(['error', 'fault', 'throttle'] as const),
      extra: fc.constantFrom<Partial<SegmentDocument>>(
        {},
        { user: 'ada' },
        { annotations: { tenant: 'a', size: 3, isNew: true } },
        { annotations: { tenant: 'b' }, http: { response: { status: 500 } } },
        { http: { request: { url: 'http://api/x', method: 'GET' }, response: { status: 200 } } },
        { namespace: 'remote', http: { request: { url: 'http://other/', traced: true } } },
        { namespace: 'aws', aws: { operation: 'PutItem', table_name: 't' } },
        { origin: 'AWS::EC2::Instance', aws: { ec2: { instance_id: 'i-1', availability_zone: 'a' } } },
        { cause: { exceptions: [{ id: id('e'), type: 'Error', message: 'no' }] } },
      ),
    })
    .map(({ name, parentIndex, isRoot, isSubsegment, durationMs, flags, extra }) => ({
      name,
      id: id(`d${index}`),
      trace_id: TRACE_ID,
      start_time: START + index / 1000,
      ...(durationMs === undefined
        ? { in_progress: true }
        : { end_time: START + (index + durationMs) / 1000 }),
      ...(index === 0 || isRoot ? {} : { parent_id: id(`d${parentIndex}`) }),
      ...(index > 0 && !isRoot && isSubsegment ? { type: 'subsegment' as const } : {}),
      ...Object.fromEntries(flags.map((flag) => [flag, true])),
      ...extra,
    }));

const someDocuments = fc.integer({ min: 1, max: 6 }).chain((count) => {
  return fc.tuple(...Array.from({ length: count }, (_, index) => aDocument(index)));
});

const EXPRESSIONS = [
  'ok',
  'error = true',
  'fault = false AND throttle',
  'partial',
  'inferred OR fault',
  '!fault',
  'responsetime > 0.05',
  'duration <= 0.1',
  'duration >= 2 OR responsetime < 0.01',
  'http.status = 500',
  'http.status != 200',
  'http.url BEGINSWITH "http://api"',
  'http.method = "GET"',
  'http.useragent',
  'user = "ada"',
  'instance.id = "i-1"',
  'availabilityzone CONTAINS "a"',
  'annotation[tenant] = "a"',
  'annotation[tenant] != "a"',
  'annotation[size] > 2',
  'annotation[isNew]',
  'annotation[absent] = 1',
  'service("api")',
  'service("absent")',
  '!service("notifier")',
  'service("api") { fault = true }',
  'service("api") { error = true OR throttle = true }',
  'service("notifier") { responsetime >= 0.1 }',
  'service("notifier") { responsetime < 0.1 AND !fault }',
  'service("api") { partial }',
  'service("api") { http.status = 500 }',
  'service("api") { duration > 1 }',
  'service(id(name: "table", type: "AWS::DynamoDB::Table"))',
  'edge("api", "notifier")',
  'edge("api", "notifier") { fault = true }',
  'edge("notifier", "api") { responsetime > 0.04 }',
  'rootcause.fault.service { name = "api" }',
  'rootcause.error.entity { name = "api" }',
  'rootcause.responsetime.service { name = "api" }',
  'group.name = "failing"',
  'group.name != "failing"',
  'group.name = "everything"',
  'group.name = "nested"',
  'group.name = "circle"',
  'group.name != "absent"',
].map((text) => ({ text, expression: parseFilterExpression(text) }));

const GROUPS = [
  { name: 'everything', arn: 'arn:everything' },
  ...[
    'failing | fault OR error',
    'nested | group.name = "failing" AND ok',
    'circle | group.name = "circle" OR ok',
  ].map((group) => {
    const [name = '', text = ''] = group.split(' | ');
    return { name, arn: `arn:${name}`, expression: parseFilterExpression(text) };
  }),
];

describe('decideFilter', () => {
  it('never says other than the trace itself would', () => {
    const pool = new DigestPool();
    const decided = new Set<string>();
    fc.assert(
      fc.property(someDocuments, (documents) => {
        const trace = assembleTrace(TRACE_ID, documents);
        const digest = parseTraceDigest(serializeTraceDigest(digestTrace(trace, pool)), pool);
        for (const { text, expression } of EXPRESSIONS) {
          const verdict = decideFilter(expression, digest, { groups: GROUPS });
          if (verdict !== undefined) decided.add(text);
          const isMatch = matchesFilter(expression, trace, { groups: GROUPS });
          expect([text, verdict ?? isMatch]).toEqual([text, isMatch]);
        }
      }),
      { numRuns: 500 },
    );
    // And it does say something about each of them, but for what only the trace can tell.
    const undecided = EXPRESSIONS.filter(({ text }) => !decided.has(text)).map(({ text }) => text);
    expect(undecided).toEqual(['rootcause.responsetime.service { name = "api" }']);
  });

  it('survives being written down and read again', () => {
    fc.assert(
      fc.property(someDocuments, (documents) => {
        const digest = digestTrace(assembleTrace(TRACE_ID, documents), new DigestPool());

        expect(parseTraceDigest(serializeTraceDigest(digest), new DigestPool())).toEqual(digest);
      }),
    );
  });
});
