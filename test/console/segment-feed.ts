import { randomBytes } from 'node:crypto';
import type { SegmentDocument } from '#xray-model';

const DOCUMENTS_PER_CALL = 50;

export const hexId = (): string => randomBytes(8).toString('hex');

export function traceIdAt(epochSec: number): string {
  return `1-${Math.floor(epochSec).toString(16).padStart(8, '0')}-${randomBytes(12).toString('hex')}`;
}

/** `PutTraceSegments`, in as many calls as it takes. */
export async function putSegments(origin: string, documents: readonly SegmentDocument[]): Promise<void> {
  for (let start = 0; start < documents.length; start += DOCUMENTS_PER_CALL) {
    const TraceSegmentDocuments = documents
      .slice(start, start + DOCUMENTS_PER_CALL)
      .map((document) => JSON.stringify(document));
    const response = await fetch(`${origin}/TraceSegments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ TraceSegmentDocuments }),
      signal: AbortSignal.timeout(10_000),
    });
    const { UnprocessedTraceSegments: rejected = [] } = (await response.json()) as {
      UnprocessedTraceSegments?: unknown[];
    };
    if (rejected.length > 0) throw new Error(`segments were refused: ${JSON.stringify(rejected[0])}`);
  }
}

/** One request to a shop, as a segment of its own. */
export function shopSegment(startSec: number, fields: Partial<SegmentDocument> = {}): SegmentDocument {
  return {
    name: 'shop',
    id: hexId(),
    trace_id: traceIdAt(startSec),
    start_time: startSec,
    end_time: startSec + 0.05,
    origin: 'AWS::ECS::Fargate',
    http: { request: { method: 'GET', url: 'http://shop.example.com/items' }, response: { status: 200 } },
    ...fields,
  };
}

/** A trace with everything unusual: a failure with a stack, something in progress, orphans, a circle, a query. */
export function unusualTrace(startSec: number): SegmentDocument[] {
  const traceId = traceIdAt(startSec);
  const [root, first, second] = [hexId(), hexId(), hexId()];
  const within = (fromMs: number, toMs: number): { id: string; start_time: number; end_time: number } => ({
    id: hexId(),
    start_time: startSec + fromMs / 1_000,
    end_time: startSec + toMs / 1_000,
  });
  return [
    {
      ...shopSegment(startSec),
      id: root,
      trace_id: traceId,
      name: 'checkout',
      end_time: startSec + 0.4,
      http: {
        request: { method: 'POST', url: 'http://shop.example.com/orders' },
        response: { status: 500 },
      },
      fault: true,
      user: 'ada',
      annotations: { tier: 'gold' },
      metadata: { default: { cart: { items: [1, 2] } } },
      aws: { account_id: '000000000000', ecs: { container: 'checkout' } },
      subsegments: [
        {
          ...within(20, 100),
          name: 'DynamoDB',
          namespace: 'aws',
          error: true,
          aws: { operation: 'PutItem', table_name: 'orders', region: 'us-east-1' },
          http: { response: { status: 400 } },
          cause: {
            exceptions: [
              {
                id: hexId(),
                type: 'ConditionalCheckFailedException',
                message: 'The conditional request failed',
                stack: [
                  { path: '/app/src/orders.js', line: 42, label: 'placeOrder' },
                  { path: '/app/src/router.js', line: 7, label: 'handle' },
                ],
              },
            ],
          },
        },
        {
          ...within(120, 300),
          name: 'ledger@db.example.com',
          namespace: 'remote',
          sql: { sanitized_query: 'SELECT 1 FROM ledger', database_type: 'PostgreSQL' },
        },
        {
          ...within(310, 310.05),
          name: 'quick.example.com',
          namespace: 'remote',
          throttle: true,
          error: true,
          http: { request: { method: 'GET', url: 'http://quick.example.com/' }, response: { status: 429 } },
        },
      ],
    },
    {
      name: 'slow-worker',
      id: hexId(),
      trace_id: traceId,
      parent_id: root,
      start_time: startSec + 0.05,
      in_progress: true,
    },
    { ...within(200, 250), name: 'orphan-work', trace_id: traceId, type: 'subsegment', parent_id: hexId() },
    { ...within(310, 330), id: first, name: 'circle-a', trace_id: traceId, parent_id: second },
    { ...within(312, 320), id: second, name: 'circle-b', trace_id: traceId, parent_id: first },
  ];
}

/** A batch with so many segments, over ten seconds. */
export function largeTrace(startSec: number, segmentCount: number): SegmentDocument[] {
  const traceId = traceIdAt(startSec);
  const root = { ...shopSegment(startSec), name: 'batch', trace_id: traceId, end_time: startSec + 10 };
  const stepSec = 9.9 / segmentCount;
  const workers = Array.from({ length: segmentCount - 1 }, (_, index) => ({
    name: `worker-${index % 20}`,
    id: hexId(),
    trace_id: traceId,
    parent_id: root.id,
    start_time: startSec + index * stepSec,
    end_time: startSec + index * stepSec + 0.01,
    ...(index % 97 === 0 ? { fault: true } : {}),
  }));
  return [root, ...workers];
}
