import { BatchGetTracesCommand, GetServiceGraphCommand } from '@aws-sdk/client-xray';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aSignup, postSignup, runLab, signupStatus, startTestStack, waitFor, type TestStack } from '#testing';
import { asTestStack, connectToContainers } from '../setup/container-stack.js';
import { toDocumentFacts } from '../setup/document-facts.js';
import { toGraphFacts, type GraphFacts } from '../setup/graph-facts.js';

/** As the services in the containers know it. */
const AWS_LOCAL_IN_COMPOSE = 'http://aws-local:4566';
const PATIENCE = { timeoutMs: 40_000 };
/** The client, both services, the table, the topic, the queue, the credentials. */
const NODE_COUNT = 7;
/** In the containers a check of readiness may have fetched the credentials first, and the next fetch is seen. */
const CREDENTIALS_SEC = '20';

interface Story {
  startedAt: Date;
  statuses: Record<string, number>;
  traceIds: Record<string, string>;
}

let embedded: TestStack;
let containers: TestStack;
let stories: { embedded: Story; containers: Story };

beforeAll(async () => {
  containers = asTestStack(connectToContainers());
  const [told, toldInContainers] = await Promise.all([tellEmbedded(), tell(containers)]);
  stories = { embedded: told, containers: toldInContainers };
}, 150_000);
afterAll(() => embedded?.stop());

describe('the containers, with the real exporter in between', () => {
  it('answer as the embedded stack does', () => {
    expect(stories.containers.statuses).toEqual(stories.embedded.statuses);
    expect(stories.containers.statuses).toEqual({ first: 201, duplicate: 409, revoked: 500, granted: 201 });
  });

  it('draw the same map: names, types, edges, states and outcomes', async () => {
    let [wanted, found] = await waitFor('the maps with all that is in them', completeMaps, PATIENCE);
    // Of a sign-up under way they may show less for a moment, or a notifier that has not yet spoken for itself.
    const isSame = async (): Promise<boolean> => {
      [wanted, found] = await readMaps();
      const isWhole = Object.keys(wanted).length === NODE_COUNT;
      return isWhole && JSON.stringify(sorted(found)) === JSON.stringify(sorted(wanted));
    };
    await waitFor('the same map', isSame, PATIENCE).catch(() => undefined);

    expect(found).toEqual(wanted);
    expect(Object.keys(wanted)).toHaveLength(NODE_COUNT);
  }, 120_000);

  it.each(['first', 'duplicate', 'revoked'])(
    'tell the same of the request "%s", document by document',
    async (name) => {
      const wanted = await readDocuments(embedded, stories.embedded.traceIds[name] ?? '');
      const found = await readDocuments(containers, stories.containers.traceIds[name] ?? '');

      expect(found).toEqual(wanted);
    },
  );

  it('show where the publish failed, frame by frame', async () => {
    const { Traces } = await containers.xray.send(
      new BatchGetTracesCommand({ TraceIds: [stories.containers.traceIds['revoked'] ?? ''] }),
    );
    const text = (Traces?.[0]?.Segments ?? []).map(({ Document }) => Document ?? '').join('\n');

    expect(text).toMatch(/"path":"\/app\/dist\/apps\/notifier\/src\/[\w/.-]+\.js","line":[1-9]/);
    expect(text).not.toContain('"path":"file"');
  });
});

async function tellEmbedded(): Promise<Story> {
  embedded = await startTestStack(() => ({ 'aws-local': { AWS_LOCAL_SESSION_SEC: CREDENTIALS_SEC } }));
  return tell(embedded);
}

/** A sign-up, a duplicate, one without the permission and one with it again; each was announced in the end. */
async function tell(stack: TestStack): Promise<Story> {
  const startedAt = new Date();
  const person = aSignup();
  const answers = { first: await postSignup(stack, person) };
  await waitNotified(stack, answers.first.body['id']);
  const duplicate = await postSignup(stack, person);
  expect((await runLab(stack, 'permission', 'revoke', 'sns:Publish')).code).toBe(0);
  const stranded = aSignup();
  const revoked = await postSignup(stack, stranded);
  expect((await runLab(stack, 'permission', 'grant', 'sns:Publish')).code).toBe(0);
  const granted = await postSignup(stack);
  await waitNotified(stack, granted.body['id']);
  await waitFor('the late announcement', () => areAllNotified(stack), PATIENCE);
  const all = { ...answers, duplicate, revoked, granted };
  const of = <T>(pick: (answer: typeof revoked) => T): Record<string, T> =>
    Object.fromEntries(Object.entries(all).map(([name, answer]) => [name, pick(answer)]));
  return {
    startedAt,
    statuses: of(({ status }) => status),
    traceIds: of(({ body }) => String(body['traceId'])),
  };
}

async function waitNotified(stack: TestStack, id: unknown): Promise<void> {
  await waitFor('the announcement', async () => (await signupStatus(stack, id)) === 'notified', PATIENCE);
}

async function areAllNotified(stack: TestStack): Promise<boolean> {
  const { stdout } = await runLab(stack, 'signups', '--json');
  return (JSON.parse(stdout) as { status: string }[]).every(({ status }) => status === 'notified');
}

async function readMap(stack: TestStack, { startedAt }: Story, awsLocalUrl: string): Promise<GraphFacts> {
  const window = { StartTime: startedAt, EndTime: new Date(Date.now() + 5000) };
  const { Services } = await stack.xray.send(new GetServiceGraphCommand(window));
  return toGraphFacts(Services ?? [], awsLocalUrl);
}

function readMaps(): Promise<[embedded: GraphFacts, containers: GraphFacts]> {
  return Promise.all([
    readMap(embedded, stories.embedded, embedded.addresses.awsLocal),
    readMap(containers, stories.containers, AWS_LOCAL_IN_COMPOSE),
  ]);
}

/** The maps with both services' fetches of credentials, which come again every few seconds of use. */
async function completeMaps(): Promise<[embedded: GraphFacts, containers: GraphFacts] | undefined> {
  await Promise.all([postSignup(embedded), postSignup(containers)]);
  const maps = await readMaps();
  const isComplete = maps.every((map) =>
    ['signup-api', 'notifier'].every(
      (name) => 'ecs-credentials-endpoint (remote)' in (map[`${name} (AWS::ECS::Fargate)`]?.edges ?? {}),
    ),
  );
  return isComplete ? maps : undefined;
}

function sorted(facts: GraphFacts): unknown {
  const entry = ([name, node]: [string, GraphFacts[string]]): unknown => [
    name,
    { ...node, edges: Object.entries(node.edges).toSorted(([a], [b]) => (a < b ? -1 : 1)) },
  ];
  return Object.entries(facts)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(entry);
}

/** The documents of a trace as they came in, without the calls that are in one run by chance. */
async function readDocuments(stack: TestStack, traceId: string): Promise<unknown[]> {
  const { Traces } = await stack.xray.send(new BatchGetTracesCommand({ TraceIds: [traceId] }));
  const documents = (Traces?.[0]?.Segments ?? []).flatMap(({ Document }) =>
    flatten(JSON.parse(Document ?? '{}')),
  );
  return documents
    .filter(({ name }) => name !== 'ecs-credentials-endpoint')
    .map((document) => toDocumentFacts(document))
    .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

type Document = { [key: string]: never } & { name?: string };

function flatten(segment: Document): Document[] {
  const { subsegments, ...own } = segment;
  return [own, ...((subsegments ?? []) as Document[]).flatMap(flatten)];
}
