import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problemSchema, signupCreatedSchema, signupRequestSchema, signupStateSchema } from '#contracts';
import { SignupApp } from './signup-app.js';

interface Media {
  schema?: Record<string, unknown>;
  example?: unknown;
  examples?: Record<string, { value: unknown }>;
}
interface Operation {
  operationId: string;
  parameters?: { name: string; in: string; required: boolean }[];
  requestBody?: { required: boolean; content: Record<string, Media> };
  responses: Record<string, { description: string; content?: Record<string, Media> }>;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
}

let app: SignupApp;
let document: Document;

beforeAll(async () => {
  app = await SignupApp.start();
  document = (await app.get('/openapi.json')).json<Document>();
});
afterAll(() => app.close());

function operation(path: string, method: string): Operation {
  const found = document.paths[path]?.[method];
  if (!found) throw new Error(`${method} ${path} is not described`);
  return found;
}

describe('the OpenAPI document', () => {
  it.each([
    ['/', 'get', ['200']],
    ['/assets/{name}', 'get', ['200', '304', '404']],
    ['/docs', 'get', ['200']],
    ['/favicon.ico', 'get', ['404']],
    ['/health/live', 'get', ['200']],
    ['/health/ready', 'get', ['200', '503']],
    ['/openapi.json', 'get', ['200']],
    ['/signup', 'post', ['201', '400', '409', '413', '415', '500', '503']],
    ['/signups/{id}', 'get', ['200', '400', '404', '500', '503']],
  ])('lists every status of %s', (path, method, statuses) => {
    expect(Object.keys(operation(path, method).responses)).toEqual(statuses);
    expect(Object.keys(document.paths)).toHaveLength(9);
  });

  it('takes both kinds of body, with the schema that validates them', () => {
    const { requestBody } = operation('/signup', 'post');

    expect(requestBody?.required).toBe(true);
    expect(Object.keys(requestBody?.content ?? {})).toEqual([
      'application/json',
      'application/x-www-form-urlencoded',
    ]);
    for (const { schema, examples } of Object.values(requestBody?.content ?? {})) {
      expect(schema).toMatchObject({
        type: 'object',
        required: ['name', 'email', 'previewAccess'],
        properties: {
          name: { maxLength: 200 },
          email: { maxLength: 254 },
          previewAccess: { enum: ['Yes', 'No'] },
        },
      });
      expect(signupRequestSchema.safeParse(examples?.['signup']?.value).success).toBe(true);
    }
  });

  it('gives examples that are what the service would answer', () => {
    const { responses } = operation('/signup', 'post');
    const created = responses['201']?.content?.['application/json']?.example;
    const found = operation('/signups/{id}', 'get').responses['200']?.content?.['application/json']?.example;

    expect(signupCreatedSchema.parse(created)).toEqual(created);
    expect(signupStateSchema.parse(found)).toEqual(found);
    for (const [status, { content }] of Object.entries(responses)) {
      const examples = Object.values(content?.['application/problem+json']?.examples ?? {});
      for (const { value } of examples) {
        expect(problemSchema.parse(value)).toMatchObject({ status: Number(status), instance: '/signup' });
      }
    }
  });

  it('says which operations answer a browser with the page', () => {
    const { responses } = operation('/signup', 'post');
    const asPage = Object.entries(responses).filter(([, { content }]) => content?.['text/html']);

    expect(asPage.map(([status]) => status)).toEqual(['201', '400', '409', '500', '503']);
  });

  it('has a page to read it with', async () => {
    const answer = await app.get('/docs');

    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toContain('text/html');
    const files = [...answer.body.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, path = '']) => path);
    const answers = await Promise.all(files.map((path) => app.get(path)));
    expect(answers.map(({ statusCode, headers }) => [statusCode, headers['content-type']])).toEqual([
      [200, 'image/png'],
      [200, 'text/css; charset=utf-8'],
      [200, 'text/javascript; charset=utf-8'],
    ]);
  });
});
