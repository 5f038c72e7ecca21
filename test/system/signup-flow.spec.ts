import {
  BatchGetTracesCommand,
  GetServiceGraphCommand,
  GetTraceSummariesCommand,
} from '@aws-sdk/client-xray';
import type { Service } from '@aws-sdk/client-xray';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aSignup, postSignup, signupStatus, startTestStack, waitFor, type TestStack } from '#testing';

interface Segment {
  id: string;
  name: string;
  parent_id?: string;
  start_time: number;
  end_time: number;
  namespace?: string;
  origin?: string;
  links?: { trace_id: string; id: string }[];
  aws?: Record<string, unknown>;
  http?: { request?: { url?: string }; response?: { status?: number } };
  error?: boolean;
  fault?: boolean;
  subsegments?: Segment[];
}

const PATIENCE_MS = 10_000;
const FARGATE = 'AWS::ECS::Fargate';

let stack: TestStack;
beforeAll(async () => {
  stack = await startTestStack();
}, 30_000);
afterAll(() => stack?.stop());

const window = (): { StartTime: Date; EndTime: Date } => ({
  StartTime: new Date(Date.now() - 60_000),
  EndTime: new Date(Date.now() + 60_000),
});

const getGraph = async (): Promise<Service[]> =>
  (await stack.xray.send(new GetServiceGraphCommand(window()))).Services ?? [];

async function getSegments(traceId: string): Promise<Segment[]> {
  const { Traces } = await stack.xray.send(new BatchGetTracesCommand({ TraceIds: [traceId] }));
  return (Traces?.[0]?.Segments ?? []).map((segment) => JSON.parse(segment.Document ?? '') as Segment);
}

const flatten = (segments: readonly Segment[]): Segment[] =>
  segments.flatMap((segment) => [segment, ...flatten(segment.subsegments ?? [])]);

describe('a sign-up, end to end', () => {
  let created: Awaited<ReturnType<typeof postSignup>>;
  const signup = aSignup();

  it('answers 201 with the id and the trace id', async () => {
    created = await postSignup(stack, signup);

    expect(created.status).toBe(201);
    expect(created.body).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      status: 'pending',
      traceId: expect.stringMatching(/^1-[0-9a-f]{8}-[0-9a-f]{24}$/),
    });
    expect(created.headers.get('x-amzn-trace-id')).toContain(`Root=${String(created.body['traceId'])}`);
  });

  it('is notified soon after', async () => {
    const isNotified = async (): Promise<boolean> =>
      (await signupStatus(stack, created.body['id'])) === 'notified';

    expect(await waitFor('the sign-up to be notified', isNotified)).toBe(true);
  });

  it('answers 409 to the same address, in whatever case it is written', async () => {
    const again = await postSignup(stack, { ...signup, email: String(signup['email']).toUpperCase() });

    expect(again.status).toBe(409);
    expect(again.headers.get('content-type')).toContain('application/problem+json');
  });

  it('shows the trace: PutItem, then the notifier with the credentials call and Publish, times nested', async () => {
    const traceId = String(created.body['traceId']);
    const segments = await waitFor(
      'the whole trace',
      async () => {
        const found = await getSegments(traceId);
        // Before its own segment arrives, the notifier is there as inferred, which has no origin.
        const own = new Set(found.filter(({ origin }) => origin === FARGATE).map(({ name }) => name));
        return own.has('notifier') && own.has('signup-api') ? found : undefined;
      },
      { timeoutMs: PATIENCE_MS },
    );

    const api = segments.find(({ name, origin }) => name === 'signup-api' && origin === FARGATE);
    const notifier = segments.find(({ name, origin }) => name === 'notifier' && origin === FARGATE);
    const byStart = (a: Segment, b: Segment): number => a.start_time - b.start_time;
    expect(api?.http?.request?.url).toBe(`${stack.addresses.signupApi}/signup`);
    const apiCalls = (api?.subsegments ?? []).toSorted(byStart);
    expect(apiCalls.map(({ name }) => name)).toEqual(['DynamoDB', 'notifier']);
    expect(apiCalls[0]?.aws).toMatchObject({
      operation: 'PutItem',
      table_name: 'signups',
      region: 'us-east-1',
      request_id: expect.any(String),
    });
    const notifierCalls = (notifier?.subsegments ?? []).toSorted(byStart);
    expect(notifierCalls.map(({ name }) => name)).toEqual(['ecs-credentials-endpoint', 'SNS']);
    expect(notifierCalls[0]?.http?.request?.url).toBe(`${stack.addresses.awsLocal}/v2/credentials/redacted`);
    expect(notifierCalls[1]?.aws).toMatchObject({ operation: 'Publish', region: 'us-east-1' });
    expect(notifier?.parent_id).toBe(apiCalls[1]?.id);
    expectNested(segments);
  });

  it('shows the consumer as a trace of its own, linked to the publishing span', async () => {
    const traceId = String(created.body['traceId']);
    const publish = flatten(await getSegments(traceId)).find(
      ({ name, namespace }) => name === 'SNS' && namespace === 'aws',
    );

    const consumer = await waitFor('the consumer', async () => {
      const { TraceSummaries } = await stack.xray.send(new GetTraceSummariesCommand(window()));
      for (const { Id } of TraceSummaries ?? []) {
        const found = (await getSegments(Id ?? '')).find(({ links }) =>
          links?.some((link) => link.trace_id === traceId),
        );
        if (found) return found;
      }
      return undefined;
    });

    expect(consumer.name).toBe('notifier');
    expect(consumer.parent_id).toBeUndefined();
    expect(consumer.links).toEqual([expect.objectContaining({ trace_id: traceId, id: publish?.id })]);
    expect(flatten([consumer]).map(({ aws }) => aws?.['operation'])).toEqual(
      expect.arrayContaining(['UpdateItem', 'DeleteMessage']),
    );
  });

  it('draws the map with exactly its nodes and edges', async () => {
    const queueUrl = `${stack.addresses.awsLocal}/000000000000/signups`;
    const services = await waitFor(
      'the map',
      async () => {
        const graph = await getGraph();
        return graph.some(({ Name }) => Name === queueUrl) ? graph : undefined;
      },
      { timeoutMs: PATIENCE_MS },
    );

    const nodes = services.map(({ Name, Type }) => `${Name} ${Type}`).toSorted();
    expect(nodes).toEqual(
      [
        'SNS AWS::SNS',
        'ecs-credentials-endpoint remote',
        `${queueUrl} AWS::SQS::Queue`,
        'notifier AWS::ECS::Fargate',
        'signup-api AWS::ECS::Fargate',
        'signup-api client',
        'signups AWS::DynamoDB::Table',
      ].toSorted(),
    );
    const nameOf = new Map(services.map((service) => [service.ReferenceId, service]));
    const edges = services.flatMap((service) =>
      (service.Edges ?? []).map((edge) => {
        const from = service.Type === 'client' ? 'client' : service.Name;
        const kind = edge.EdgeType === 'link' ? '~>' : '->';
        return `${from} ${kind} ${nameOf.get(edge.ReferenceId)?.Name}`;
      }),
    );
    expect(edges.toSorted()).toEqual(
      [
        'SNS ~> notifier',
        'client -> signup-api',
        `notifier -> ${queueUrl}`,
        'notifier -> SNS',
        'notifier -> ecs-credentials-endpoint',
        'notifier -> signups',
        'signup-api -> ecs-credentials-endpoint',
        'signup-api -> notifier',
        'signup-api -> signups',
      ].toSorted(),
    );
  });

  it('counts the duplicate as an error and not as a fault, on the service and on the table', async () => {
    const services = await waitFor('both requests', async () => {
      const graph = await getGraph();
      const api = graph.find(({ Name, Type }) => Name === 'signup-api' && Type !== 'client');
      return api?.SummaryStatistics?.ErrorStatistics?.TotalCount ? graph : undefined;
    });

    for (const name of ['signup-api', 'signups']) {
      const node = services.find(({ Name, Type }) => Name === name && Type !== 'client');
      expect(node?.SummaryStatistics?.ErrorStatistics?.OtherCount).toBe(1);
      expect(node?.SummaryStatistics?.FaultStatistics?.TotalCount).toBe(0);
    }
  });
});

/** A call lies within its caller, within the rounding of the clock. */
function expectNested(segments: readonly Segment[]): void {
  const CLOCK_SEC = 0.002;
  const all = flatten(segments);
  const childrenOf = (parent: Segment): Segment[] => [
    ...(parent.subsegments ?? []),
    ...all.filter(({ parent_id }) => parent_id === parent.id),
  ];
  for (const parent of all) {
    for (const child of childrenOf(parent)) {
      expect(child.start_time).toBeGreaterThanOrEqual(parent.start_time - CLOCK_SEC);
      expect(child.end_time).toBeLessThanOrEqual(parent.end_time + CLOCK_SEC);
    }
  }
}
