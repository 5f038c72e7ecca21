import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { loadEnv } from '#config';
import { notificationAcceptedSchema, problemSchema } from '#contracts';
import { configureHttpApplication, createHttpAdapter } from '#nest-http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import { AppModule } from '../src/app.module.js';
import { BACKGROUND_ROLE, REQUEST_ROLE } from '../src/aws/roles.module.js';
import { CALLER_IDENTITY } from '../src/credentials/caller.identity.js';
import { envSchema } from '../src/env.js';
import { SIGNUP_QUEUE } from '../src/inbox/signup.queue.js';
import { openApi } from '../src/open-api.js';
import { SIGNUP_TABLE } from '../src/signups/signup.table.js';
import { CLOCK } from '../src/timing/clock.js';
import { PublishError } from '../src/topic/publish-error.js';
import { RELAY_TOPIC, REQUEST_TOPIC } from '../src/topic/signup.topic.js';
import { FakeClock, settle } from './fakes/fake-clock.js';
import { FakeSignupQueue } from './fakes/fake-signup.queue.js';
import { FakeSignupTable } from './fakes/fake-signup.table.js';
import { FakeSignupTopic, hang } from './fakes/fake-signup.topic.js';
import { anEvent } from './fakes/sample-event.js';
import { aMessage, anEnvelope } from './fakes/sample-message.js';

const env = loadEnv(envSchema, {
  SIGNUP_TOPIC_ARN: 'arn:aws:sns:us-east-1:000000000000:signups',
  SIGNUP_QUEUE_URL: 'http://127.0.0.1:9/000000000000/signups',
});
const ROLE_ARN = 'arn:aws:sts::000000000000:assumed-role/notifier/task';

const role = {
  resolve: async () => 'ASIAKEY',
  status: () => ({
    source: 'container',
    expiresAt: new Date('2026-01-01T13:00:00Z'),
    lastRefreshedAt: new Date('2026-01-01T12:00:00Z'),
    state: 'valid',
    lastError: null,
  }),
};

interface World {
  app: NestFastifyApplication;
  clock: FakeClock;
  topic: FakeSignupTopic;
  relayTopic: FakeSignupTopic;
  table: FakeSignupTable;
  queue: FakeSignupQueue;
}

async function startApp(): Promise<World> {
  const world = {
    clock: new FakeClock(),
    topic: new FakeSignupTopic(),
    relayTopic: new FakeSignupTopic(),
    table: new FakeSignupTable(),
    queue: new FakeSignupQueue(),
  };
  const testing = await Test.createTestingModule({ imports: [AppModule.forRoot(env)] })
    .overrideProvider(CLOCK)
    .useValue(world.clock)
    .overrideProvider(REQUEST_TOPIC)
    .useValue(world.topic)
    .overrideProvider(RELAY_TOPIC)
    .useValue(world.relayTopic)
    .overrideProvider(SIGNUP_TABLE)
    .useValue(world.table)
    .overrideProvider(SIGNUP_QUEUE)
    .useValue(world.queue)
    .overrideProvider(REQUEST_ROLE)
    .useValue(role)
    .overrideProvider(BACKGROUND_ROLE)
    .useValue(role)
    .overrideProvider(CALLER_IDENTITY)
    .useValue({ whoAmI: async () => ROLE_ARN })
    .compile();
  const app = testing.createNestApplication<NestFastifyApplication>(createHttpAdapter(), { logger: false });
  configureHttpApplication(app, openApi);
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return { app, ...world };
}

describe('notifier', () => {
  let world: World;
  const post = (payload: unknown, headers: Record<string, string> = {}) =>
    world.app.inject({
      method: 'POST',
      url: '/notifications',
      headers: { 'content-type': 'application/json', ...headers },
      payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
    });
  const get = (url: string) => world.app.inject({ method: 'GET', url });

  beforeEach(async () => {
    world = await startApp();
  });
  afterEach(async () => {
    await world.app.close();
  });

  it('publishes an event and answers 202 with the message id', async () => {
    const event = anEvent();

    const response = await post(event);

    expect(response.statusCode).toBe(202);
    expect(notificationAcceptedSchema.parse(response.json())).toEqual({ messageId: 'message-1' });
    expect(world.topic.published).toEqual([event]);
  });

  it.each([
    ['not-authorized', 502, 'not-authorized-to-publish'],
    ['credentials-expired', 503, 'credentials-expired'],
    ['credentials-missing', 503, 'credentials-missing'],
    ['unreachable', 504, 'topic-unreachable'],
    ['rejected', 502, 'publish-failed'],
    ['failed', 502, 'publish-failed'],
  ] as const)('answers a publish that is %s with %i %s', async (failure, status, type) => {
    world.topic.behave = () => {
      throw new PublishError(failure, `User: ${ROLE_ARN} is not authorized`);
    };

    const response = await post(anEvent());

    const problem = problemSchema.parse(response.json());
    expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(response.statusCode).toBe(status);
    expect(problem).toMatchObject({
      status,
      type: `urn:signup-lab:problem:${type}`,
      instance: '/notifications',
      detail: expect.stringContaining(ROLE_ARN),
    });
    expect(response.headers['retry-after']).toBe(status === 503 ? '5' : undefined);
  });

  it('answers within its time limit when the topic does not', async () => {
    world.topic.behave = (_event, signal) => hang(signal);

    const answering = post(anEvent());
    await settle();
    await world.clock.advance(6000);

    expect((await answering).json()).toMatchObject({
      status: 504,
      type: 'urn:signup-lab:problem:topic-unreachable',
    });
  });

  it.each([
    ['a missing field', { ...anEvent(), email: undefined }, 400, 'email'],
    ['an unknown version', { ...anEvent(), type: 'signup.created.v2' }, 400, 'type'],
    ['an id that is none', { ...anEvent(), id: '1' }, 400, 'id'],
    ['a field of the wrong type', { ...anEvent(), name: 7 }, 400, 'name'],
    ['broken JSON', '{"type":', 400, 'body'],
    ['too large a body', { ...anEvent(), theme: 'x'.repeat(1_100_000) }, 413, 'body'],
  ])('refuses %s and names the field', async (_what, body, status, field) => {
    const response = await post(body);

    expect(response.statusCode).toBe(status);
    expect(problemSchema.parse(response.json()).errors).toContainEqual(expect.objectContaining({ field }));
    expect(world.topic.attempts).toBe(0);
  });

  it('refuses a content type that it does not know', async () => {
    expect((await post('<event/>', { 'content-type': 'application/xml' })).statusCode).toBe(415);
  });

  it('reports its credentials and lets nobody keep the answer', async () => {
    const response = await get('/credentials');

    expect(response.statusCode).toBe(200);
    expect(response.headers['cache-control']).toBe('no-store');
    expect(response.json()).toEqual({
      source: 'container',
      role: ROLE_ARN,
      expiresAt: '2026-01-01T13:00:00.000Z',
      lastRefreshedAt: '2026-01-01T12:00:00.000Z',
      state: 'valid',
      lastError: null,
    });
  });

  it('marks what comes out of the queue as notified', async () => {
    const event = anEvent();
    world.table.add(event, new Date(world.clock.nowMs()));
    await settle();

    world.queue.send(aMessage(anEnvelope(event)));
    await settle();

    expect(world.table.row(event).notifiedAt).toEqual(new Date(world.clock.nowMs()));
    expect(world.queue.deleted).toHaveLength(1);
  });

  it('announces what was left behind', async () => {
    const event = anEvent();
    world.table.add(event, new Date(world.clock.nowMs()));

    await world.clock.advance(9999);
    expect(world.relayTopic.published).toEqual([]);
    await world.clock.advance(1);

    expect(world.relayTopic.published).toEqual([event]);
  });

  it('is alive, and ready as soon as it reads the queue', async () => {
    await settle();

    expect((await get('/health/live')).statusCode).toBe(200);
    expect((await get('/health/ready')).statusCode).toBe(200);
  });

  it('is alive and not ready while the queue cannot be read', async () => {
    await settle();
    world.table.failure = new Error('connect ECONNREFUSED');
    world.queue.send(aMessage(anEvent()));
    await settle();

    expect((await get('/health/live')).statusCode).toBe(200);
    const response = await get('/health/ready');
    expect(response.statusCode).toBe(503);
    expect(response.json()).toMatchObject({ type: 'urn:signup-lab:problem:not-ready' });
  });

  it('finishes a publish under way when it stops', async () => {
    const gate = Promise.withResolvers<void>();
    world.topic.behave = () => gate.promise;
    const answering = post(anEvent());
    await settle();

    const closed = world.app.close();
    await settle();
    gate.resolve();

    expect((await answering).statusCode).toBe(202);
    await closed;
  });

  it('gives up a publish that hangs when it stops', async () => {
    world.topic.behave = (_event, signal) => hang(signal);
    const answering = post(anEvent());
    await settle();

    const closed = world.app.close();
    await world.clock.advance(1000);

    expect((await answering).json()).toMatchObject({
      status: 502,
      detail: expect.stringContaining('stopping'),
    });
    await closed;
  });

  it('describes every status of both routes, with each problem', async () => {
    const { paths } = (await get('/openapi.json')).json<{
      paths: Record<
        string,
        Record<
          string,
          {
            responses: Record<string, { content: Record<string, { examples?: object }> }>;
            requestBody?: object;
          }
        >
      >;
    }>();

    const { responses, requestBody } = paths['/notifications']!['post']!;
    const problemsOf = (status: string): string[] =>
      Object.keys(responses[status]?.content['application/problem+json']?.examples ?? {});
    expect(Object.keys(responses)).toEqual(['202', '400', '413', '415', '502', '503', '504']);
    expect(problemsOf('502')).toEqual(['not-authorized-to-publish', 'publish-failed']);
    expect(problemsOf('503')).toEqual(['credentials-expired', 'credentials-missing']);
    expect(JSON.stringify(responses['202'])).toContain('messageId');
    expect(JSON.stringify(requestBody)).toContain('previewAccess');
    expect(JSON.stringify(paths['/credentials']!['get']!.responses['200'])).toContain('lastRefreshedAt');
  });
});
