import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aSignup, postSignup, startTestStack, type TestStack } from '#testing';

let stack: TestStack;
beforeAll(async () => {
  stack = await startTestStack();
}, 30_000);
afterAll(() => stack?.stop());

async function post(body: string, contentType: string): Promise<{ status: number; problem: Problem }> {
  const response = await fetch(`${stack.addresses.signupApi}/signup`, {
    method: 'POST',
    headers: { 'content-type': contentType },
    body,
    signal: AbortSignal.timeout(10_000),
  });
  return { status: response.status, problem: (await response.json()) as Problem };
}

interface Problem {
  type: string;
  traceId: string;
  errors: { field: string; reason: string }[];
}

describe('POST /signup refuses what it cannot take', () => {
  const json = (overrides: Record<string, unknown>): string => JSON.stringify(aSignup(overrides));
  const JSON_TYPE = 'application/json';

  it.each([
    ['a bad e-mail', json({ email: 'not-an-address' }), JSON_TYPE, 400, 'email'],
    ['an empty name', json({ name: '' }), JSON_TYPE, 400, 'name'],
    ['a name of spaces', json({ name: '   ' }), JSON_TYPE, 400, 'name'],
    ['control characters', json({ name: 'a\u0000b' }), JSON_TYPE, 400, 'name'],
    ['a field of the wrong type', json({ email: 42 }), JSON_TYPE, 400, 'email'],
    ['another answer than Yes or No', json({ previewAccess: 'Maybe' }), JSON_TYPE, 400, 'previewAccess'],
    ['a list', '[]', JSON_TYPE, 400, 'body'],
    ['broken JSON', '{"name":', JSON_TYPE, 400, 'body'],
    ['an empty body', '', JSON_TYPE, 400, 'body'],
    ['a megabyte', json({ name: 'x'.repeat(1_000_000) }), JSON_TYPE, 413, 'body'],
    ['an unknown content type', 'name=x', 'application/x-unknown', 415, 'content-type'],
    ['plain text', 'name=x', 'text/plain', 415, 'content-type'],
    ['an incomplete form', 'name=Ada', 'application/x-www-form-urlencoded', 400, 'email'],
  ])('%s', async (_what, body, contentType, status, field) => {
    const answer = await post(body, contentType);

    expect(answer.status).toBe(status);
    expect(answer.problem.errors).toEqual(
      expect.arrayContaining([{ field, reason: expect.stringMatching(/.+/) }]),
    );
    expect(answer.problem.traceId).toMatch(/^1-[0-9a-f]{8}-[0-9a-f]{24}$/);
  });

  it('takes a form', async () => {
    const { name, email, previewAccess } = aSignup() as Record<string, string>;
    const form = new URLSearchParams({
      name: name ?? '',
      email: email ?? '',
      previewAccess: previewAccess ?? '',
    });

    const answer = await post(form.toString(), 'application/x-www-form-urlencoded');

    expect(answer.status).toBe(201);
  });

  it('goes on working after all of these', async () => {
    expect((await postSignup(stack)).status).toBe(201);
  });
});

describe('the other routes', () => {
  it.each([
    ['/', 200, 'text/html'],
    ['/favicon.ico', 404, 'application/problem+json'],
    ['/openapi.json', 200, 'application/json'],
    ['/docs', 200, 'text/html'],
    ['/health/live', 200, 'application/json'],
    ['/health/ready', 200, 'application/json'],
    ['/signups/00000000-0000-4000-8000-000000000000', 404, 'application/problem+json'],
    ['/signups/not-an-id', 400, 'application/problem+json'],
  ])('GET %s answers %i', async (path, status, contentType) => {
    const response = await fetch(stack.addresses.signupApi + path, { signal: AbortSignal.timeout(5000) });

    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toContain(contentType);
    await response.body?.cancel();
  });
});
