import type { SegmentDocument } from '../../src/segment/segment-document.js';

export const TRACE_ID = '1-6553f10a-000000000000000000000001';
export const CONSUMER_TRACE_ID = '1-6553f10b-000000000000000000000002';
export const START = 1_700_000_010;

/** Entity ids from short labels: hex digits, filled up to sixteen. */
export function id(label: string): string {
  return label.padStart(16, '0');
}

type Fields = Partial<SegmentDocument> & { id: string };
/** Milliseconds after START. */
type Times = [fromMs: number, toMs?: number];

export function segment(times: Times, fields: Fields): SegmentDocument {
  return { name: 'signup-api', trace_id: TRACE_ID, ...timesOf(times), ...fields };
}

export function subsegment(times: Times, fields: Fields & { parent_id: string }): SegmentDocument {
  return { name: 'work', trace_id: TRACE_ID, type: 'subsegment', ...timesOf(times), ...fields };
}

/** A subsegment as it is nested in its parent. */
export function nested(times: Times, fields: Fields): SegmentDocument {
  return { name: 'work', ...timesOf(times), ...fields };
}

function timesOf([fromMs, toMs]: Times): Pick<SegmentDocument, 'start_time' | 'end_time' | 'in_progress'> {
  const start = START + fromMs / 1000;
  return toMs === undefined
    ? { start_time: start, in_progress: true }
    : { start_time: start, end_time: START + toMs / 1000 };
}

const FARGATE = {
  origin: 'AWS::ECS::Fargate',
  aws: { ecs: { launch_type: 'fargate', availability_zone: 'us-east-1a' } },
};

/** A sign-up as the two services send it: every subsegment a document of its own. */
export function signupDocuments(): SegmentDocument[] {
  return [
    segment([0, 140], {
      id: id('a1'),
      ...FARGATE,
      http: {
        request: {
          method: 'POST',
          url: 'http://localhost:3000/signup',
          user_agent: 'curl/8',
          client_ip: '127.0.0.1',
        },
        response: { status: 201, content_length: 80 },
      },
      annotations: { previewAccess: 'Yes' },
      metadata: { default: { 'otel.resource.service.name': 'signup-api' } },
    }),
    subsegment([5, 35], {
      id: id('a2'),
      parent_id: id('a1'),
      name: 'DynamoDB',
      namespace: 'aws',
      origin: 'AWS::ECS::Fargate',
      aws: { operation: 'PutItem', table_name: 'signups', request_id: 'R1' },
      http: { response: { status: 200 } },
    }),
    subsegment([40, 130], {
      id: id('a3'),
      parent_id: id('a1'),
      name: 'notifier',
      namespace: 'remote',
      http: { request: { method: 'POST', url: 'http://notifier/notifications' }, response: { status: 202 } },
    }),
    segment([45, 125], { id: id('b1'), parent_id: id('a3'), name: 'notifier', ...FARGATE }),
    subsegment([50, 55], {
      id: id('b2'),
      parent_id: id('b1'),
      name: 'ecs-credentials-endpoint',
      namespace: 'remote',
    }),
    subsegment([60, 105], {
      id: id('b3'),
      parent_id: id('b1'),
      name: 'SNS',
      namespace: 'aws',
      aws: { operation: 'Publish', topic_arn: 'arn:aws:sns:us-east-1:000000000000:signups' },
    }),
  ];
}

/** The consumer's own trace, linked to the publish of {@link signupDocuments}. */
export function consumerDocuments(): SegmentDocument[] {
  return [
    segment([500, 560], {
      id: id('c1'),
      trace_id: CONSUMER_TRACE_ID,
      name: 'notifier',
      ...FARGATE,
      links: [{ trace_id: TRACE_ID, id: id('b3') }],
    }),
    subsegment([510, 520], {
      id: id('c2'),
      trace_id: CONSUMER_TRACE_ID,
      parent_id: id('c1'),
      name: 'SQS',
      namespace: 'aws',
      aws: { operation: 'DeleteMessage', queue_url: 'http://localhost:4566/000000000000/signups' },
    }),
  ];
}
