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
  openapi: string;
  info: { title: string };
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
  it('describes the API and leaves the page and the health checks out', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(document.info.title).toBe('signup-api');
    expect(Object.keys(document.paths).toSorted()).toEqual(['/signup', '/signups/{id}']);
  });

  it('lists every status of both operations', () => {
    expect(Object.keys(operation('/signup', 'post').responses)).toEqual([
      '201',
      '400',
      '409',
      '413',
      '415',
      '500',
      '503',
    ]);
    expect(Object.keys(operation('/signups/{id}', 'get').responses)).toEqual([
      '200',
      '400',
      '404',
      '500',
      '503',
    ]);
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

  it('gives an example of every answer that fits the schema of that answer', () => {
    const answers = ['/signup post', '/signups/{id} get'].flatMap((key) => {
      const [path = '', method = ''] = key.split(' ');
      return Object.entries(operation(path, method).responses).map(([status, { content }]) => ({
        status,
        content,
      }));
    });

    for (const { status, content } of answers) {
      const ok = { 200: signupStateSchema, 201: signupCreatedSchema }[status];
      const media = content?.[ok ? 'application/json' : 'application/problem+json'];
      expect(media?.schema).toMatchObject({ type: 'object' });
      expect((ok ?? problemSchema).safeParse(media?.example)).toMatchObject({ success: true });
      expect(media?.example).toMatchObject(ok ? {} : { status: Number(status) });
    }
  });

  it('says which operations answer a browser with the page', () => {
    const { responses } = operation('/signup', 'post');
    const asPage = Object.entries(responses).filter(([, { content }]) => content?.['text/html']);

    expect(asPage.map(([status]) => status)).toEqual(['201', '400', '409', '500', '503']);
  });

  it('refers to nothing that is not in it', () => {
    expect(JSON.stringify(document)).not.toContain('"$ref"');
  });

  it('has a page to read it with', async () => {
    const answer = await app.get('/docs');

    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toContain('text/html');
  });
});
