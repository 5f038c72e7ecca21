import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { problemSchema, problemTypes, signupCreatedSchema, signupEventSchema } from '#contracts';
import { AnnouncementError } from '../src/signups/signup.announcer.js';
import { StoreRefusedError, StoreUnavailableError } from '../src/signups/signup.store.js';
import { SignupApp } from './signup-app.js';
import type { Answer } from './signup-app.js';

const ADA = { name: 'Ada', email: 'ada@example.com', previewAccess: 'Yes' };

let app: SignupApp;

beforeAll(async () => {
  app = await SignupApp.start();
});
beforeEach(() => app.reset());
afterAll(() => app.close());

function expectProblem(answer: Answer, status: number, type: string): ReturnType<typeof problemSchema.parse> {
  expect(answer.statusCode).toBe(status);
  expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(answer.headers['cache-control']).toBe('no-store');
  const problem = problemSchema.parse(answer.json());
  expect(problem).toMatchObject({ type, status });
  return problem;
}

describe('POST /signup', () => {
  it.each([
    ['JSON', () => app.postJson(ADA)],
    ['a form', () => app.postForm(ADA)],
  ])('takes %s, stores it, announces it and says where its state is', async (_kind, post) => {
    const answer = await post();

    expect(answer.statusCode).toBe(201);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    const created = signupCreatedSchema.parse(answer.json());
    expect(created.status).toBe('pending');
    expect(answer.headers).toMatchObject({
      location: `/signups/${created.id}`,
      'cache-control': 'no-store',
      vary: 'accept',
    });
    expect(app.store.added).toMatchObject([{ ...ADA, id: created.id }]);
    expect(app.announcer.announced.map((event) => signupEventSchema.parse(event))).toEqual([
      {
        ...ADA,
        id: created.id,
        type: 'signup.created.v1',
        createdAt: app.store.added[0]!.createdAt.toISOString(),
      },
    ]);
  });

  it('ignores fields it does not know, trims, keeps the theme and writes the address in lower case', async () => {
    await app.postJson({
      ...ADA,
      name: '  Ada  ',
      email: ' Ada@Example.COM ',
      theme: 'slate',
      id: 'mine',
      isAdmin: true,
    });

    const [stored] = app.store.added;
    expect(stored).toMatchObject({ name: 'Ada', email: 'ada@example.com', theme: 'slate' });
    expect(stored).not.toHaveProperty('isAdmin');
    expect(stored!.id).not.toBe('mine');
    expect(app.announcer.announced[0]).toMatchObject({ email: 'ada@example.com', theme: 'slate' });
  });

  it('answers 409 when the address signed up before, in whatever case, and announces nothing', async () => {
    await app.postJson(ADA);

    const answer = await app.postJson({ ...ADA, email: 'ADA@example.com' });

    expectProblem(answer, 409, problemTypes.alreadySignedUp);
    expect(answer.body).not.toContain('example.com');
    expect(app.announcer.announced).toHaveLength(1);
  });

  it('answers 500 with the stored sign-up and the reason when it could not be announced', async () => {
    app.announcer.failure = new AnnouncementError('the notifier has no credentials');

    const problem = expectProblem(await app.postJson(ADA), 500, problemTypes.notAnnounced);

    expect(problem.id).toBe(app.store.added[0]!.id);
    expect(problem.detail).toContain('the notifier has no credentials');
  });

  it('says that it is stored also when announcing failed in a way nobody thought of', async () => {
    app.announcer.failure = new TypeError('secret internals');

    const answer = await app.postJson(ADA);

    expect(expectProblem(answer, 500, problemTypes.notAnnounced).id).toBe(app.store.added[0]!.id);
    expect(answer.body).not.toContain('secret internals');
  });

  it('answers 503 with Retry-After when the table cannot be reached', async () => {
    app.store.failure = new StoreUnavailableError('it is throttled');

    const answer = await app.postJson(ADA);

    expect(expectProblem(answer, 503, problemTypes.storeUnavailable).detail).toContain('it is throttled');
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(app.announcer.announced).toEqual([]);
  });

  it('answers 500 and says why when the table refuses for good', async () => {
    app.store.failure = new StoreRefusedError('it does not exist (ResourceNotFoundException)');

    const answer = await app.postJson(ADA);

    expect(expectProblem(answer, 500, problemTypes.internal).detail).toContain('ResourceNotFoundException');
    expect(answer.headers['retry-after']).toBeUndefined();
  });

  it('keeps the words of an unforeseen failure to itself', async () => {
    app.store.failure = new Error('password=hunter2');

    const answer = await app.postJson(ADA);

    expectProblem(answer, 500, problemTypes.internal);
    expect(answer.body).not.toContain('hunter2');
  });

  it.each([
    ['an empty name', { ...ADA, name: '   ' }, ['name']],
    ['a name of 201 characters', { ...ADA, name: 'x'.repeat(201) }, ['name']],
    ['a control character in the name', { ...ADA, name: 'Ada\u0000Lovelace' }, ['name']],
    ['a line break in the name', { ...ADA, name: 'Ada\r\nBcc: all' }, ['name']],
    ['a name that is a number', { ...ADA, name: 7 }, ['name']],
    ['a bad address', { ...ADA, email: 'ada@' }, ['email']],
    ['an address of 255 characters', { ...ADA, email: `${'x'.repeat(243)}@example.com` }, ['email']],
    ['an address that is an object', { ...ADA, email: { S: 'ada@example.com' } }, ['email']],
    ['an unknown choice', { ...ADA, previewAccess: 'yes' }, ['previewAccess']],
    ['a theme that is a list', { ...ADA, theme: ['slate'] }, ['theme']],
    ['nothing in it', {}, ['name', 'email', 'previewAccess']],
    ['a list', [ADA], ['body']],
    ['null', null, ['body']],
    ['broken JSON', '{"name": "Ada"', ['body']],
    ['no JSON at all', '', ['body']],
    ['a prototype to pollute', '{"__proto__": {"isAdmin": true}, "name": "Ada"}', undefined],
  ])('answers 400 and names the fields for %s', async (_what, body, fields) => {
    const problem = expectProblem(await app.postJson(body), 400, problemTypes.invalidRequest);

    const named = problem.errors?.map(({ field }) => field);
    expect(named).toEqual(fields ?? expect.anything());
    expect(problem.errors?.every(({ reason }) => reason.length > 0)).toBe(true);
    expect(app.store.added).toEqual([]);
  });

  it('answers 400 to a form with a field given twice', async () => {
    const answer = await app.postForm('name=Ada&name=Eve&email=ada@example.com&previewAccess=Yes');

    expect(expectProblem(answer, 400, problemTypes.invalidRequest).errors).toMatchObject([{ field: 'name' }]);
  });

  it('answers 413 to a body of 1 MB', async () => {
    const answer = await app.postJson({ ...ADA, name: 'x'.repeat(1_000_000) });

    expectProblem(answer, 413, problemTypes.payloadTooLarge);
  });

  it.each(['text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'nonsense'])(
    'answers 415 to a body of the type %s',
    async (type) => {
      const answer = await app.postJson(JSON.stringify(ADA), { 'content-type': type });

      expectProblem(answer, 415, problemTypes.unsupportedMediaType);
    },
  );
});

describe('GET /signups/{id}', () => {
  it('tells that a sign-up is pending, and later that it is notified, and nothing about the person', async () => {
    const { id } = signupCreatedSchema.parse((await app.postJson(ADA)).json());

    const pending = await app.get(`/signups/${id}`);
    app.store.notifiedAt.set(id, new Date(0));
    const notified = await app.get(`/signups/${id}`);

    expect(pending.statusCode).toBe(200);
    expect(pending.headers['cache-control']).toBe('no-store');
    expect(Object.keys(pending.json<object>()).toSorted()).toEqual([
      'createdAt',
      'id',
      'pendingSince',
      'status',
    ]);
    expect(pending.json()).toMatchObject({ id, status: 'pending' });
    expect(notified.json()).toMatchObject({ status: 'notified', notifiedAt: '1970-01-01T00:00:00.000Z' });
  });

  it('answers 404 for an id that nobody has', async () => {
    const answer = await app.get('/signups/7b0f4a52-93a8-4f0e-9d63-7a2f6e6f3f10');

    expectProblem(answer, 404, problemTypes.notFound);
  });

  it.each(['1', 'ada@example.com', '7b0f4a52-93a8-4f0e-9d63-7a2f6e6f3f1', '%00'])(
    'answers 400 to the id %s',
    async (id) => {
      const problem = expectProblem(await app.get(`/signups/${id}`), 400, problemTypes.invalidRequest);

      expect(problem.errors).toMatchObject([{ field: 'id' }]);
    },
  );

  it('answers 503 when the table cannot be reached', async () => {
    app.store.failure = new StoreUnavailableError('it cannot be reached');

    const answer = await app.get('/signups/7b0f4a52-93a8-4f0e-9d63-7a2f6e6f3f10');

    expectProblem(answer, 503, problemTypes.storeUnavailable);
  });
});

describe('the rest of the edge', () => {
  it('has no favicon, on purpose', async () => {
    expectProblem(await app.get('/favicon.ico'), 404, problemTypes.notFound);
  });

  it.each([
    ['GET', '/signup', 'POST'],
    ['DELETE', '/signups/7b0f4a52-93a8-4f0e-9d63-7a2f6e6f3f10?x=1', 'GET, HEAD'],
    ['PUT', '/', 'GET, HEAD'],
  ] as const)('answers 405 to %s %s and says what the path takes', async (method, url, allowed) => {
    const answer = await app.send(method, url);

    expectProblem(answer, 405, problemTypes.methodNotAllowed);
    expect(answer.headers['allow']).toBe(allowed);
  });

  it.each(['__proto__', 'constructor'])(
    'ignores a field that is called %s, in JSON and in a form',
    async (name) => {
      const json = `{"${name}":{"prototype":{}},${JSON.stringify(ADA).slice(1)}`;
      const form = `${name}=x&${new URLSearchParams(ADA).toString()}`;

      expect((await app.postJson(json)).statusCode).toBe(201);
      app.reset();
      expect((await app.postForm(form)).statusCode).toBe(201);
      expect(Object.keys(app.store.added[0] ?? {})).not.toContain(name);
    },
  );

  it('limits what is sent and not what is left after trimming', async () => {
    const answer = await app.postJson({ ...ADA, theme: ' '.repeat(51) });

    expectProblem(answer, 400, problemTypes.invalidRequest);
  });

  it('counts characters and not the units of UTF-16', async () => {
    const emoji = String.fromCodePoint(0x1f600);

    expect((await app.postJson({ ...ADA, name: emoji.repeat(200) })).statusCode).toBe(201);
    expectProblem(await app.postJson({ ...ADA, name: emoji.repeat(201) }), 400, problemTypes.invalidRequest);
  });

  it('is live whatever the table does, and ready only while the table answers', async () => {
    const before = await app.get('/health/ready');
    app.store.failure = new StoreUnavailableError('it cannot be reached');
    const after = await app.get('/health/ready');

    expect(before.statusCode).toBe(200);
    expectProblem(after, 503, problemTypes.notReady);
    expect((await app.get('/health/live')).statusCode).toBe(200);
  });
});
