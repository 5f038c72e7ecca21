import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ASSET_PATHS } from '../src/page/asset-paths.js';
import { AnnouncementError } from '../src/signups/signup.announcer.js';
import { StoreUnavailableError } from '../src/signups/signup.store.js';
import { BROWSER_ACCEPT, CONSOLE_URL, SignupApp } from './signup-app.js';
import type { Answer } from './signup-app.js';

const ADA = { name: 'Ada', email: 'ada@example.com', previewAccess: 'Yes' };

let app: SignupApp;

beforeAll(async () => {
  app = await SignupApp.start();
});
beforeEach(() => app.reset());
afterAll(() => app.close());

function expectPage(answer: Answer, status: number): void {
  expect(answer.statusCode).toBe(status);
  expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  expect(answer.body).toMatch(/^<!doctype html>/);
  expect(answer.body).toContain('<form action="/signup" method="post"');
}

/** The tag with this id, with its attributes, as the browser would see it. */
function tagOf(answer: Answer, id: string): string {
  return new RegExp(`<[^<>]*\\bid="${id}"[^<>]*>`).exec(answer.body)?.[0] ?? '';
}

describe('GET /', () => {
  it('is a page that needs nothing but this service, and nothing inline', async () => {
    const answer = await app.get('/');

    expectPage(answer, 200);
    const loaded = [...answer.body.matchAll(/<(?:link|script)[^>]*(?:href|src)="([^"]+)"/g)].map(
      ([, url]) => url,
    );
    expect(loaded).toEqual(['/assets/page.css', '/assets/page.js']);
    expect(answer.body).not.toMatch(/<style|<script(?![^>]*src=)|\sstyle=|\son\w+=/);
    expect(answer.headers['content-security-policy']).not.toContain('unsafe');
  });

  it('lets the browser ask for the favicon that is not there', async () => {
    const answer = await app.get('/');

    expect(answer.body).not.toContain('rel="icon"');
    expect(answer.headers['content-security-policy']).toContain("img-src 'self'");
  });

  it('links to the console', async () => {
    expect((await app.get('/')).body).toContain(`href="${CONSOLE_URL}"`);
  });
});

describe('GET /assets', () => {
  it.each(ASSET_PATHS)('serves %s, and answers 304 to who has it already', async (path) => {
    const first = await app.get(path);
    const again = await app.get(path, { 'if-none-match': String(first.headers.etag) });

    expect(first.statusCode).toBe(200);
    expect(first.headers['content-type']).toBe(
      path.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8',
    );
    expect(first.headers).toMatchObject({ 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' });
    expect(first.body.length).toBeGreaterThan(100);
    expect(again.statusCode).toBe(304);
    expect(again.body).toBe('');
  });

  it.each(['/assets/signup-plan.d.ts', '/assets/..%2fsrc%2fmain.ts', '/assets/', '/assets/none.js'])(
    'has nothing at %s',
    async (path) => {
      expect((await app.get(path)).statusCode).toBe(404);
    },
  );

  it('serves every module that another one imports', async () => {
    const scripts = await Promise.all(
      ASSET_PATHS.filter((path) => path.endsWith('.js')).map((path) => app.get(path)),
    );

    const imported = scripts.flatMap(({ body }) =>
      [...body.matchAll(/from '\.\/([^']+)'/g)].map(([, name]) => name),
    );
    expect(ASSET_PATHS).toEqual(expect.arrayContaining(imported.map((name) => `/assets/${name}`)));
  });
});

describe('POST /signup from a browser', () => {
  it('answers with the page, the thanks and where the state is', async () => {
    const answer = await app.postForm(ADA, BROWSER_ACCEPT);

    expectPage(answer, 201);
    const { id } = app.store.added[0]!;
    expect(answer.headers).toMatchObject({
      location: `/signups/${id}`,
      'cache-control': 'no-store',
      vary: 'accept',
    });
    expect(answer.body).toContain('Thanks for signing up');
    expect(answer.body).toContain(`data-state-of="/signups/${id}"`);
    expect(tagOf(answer, 'name')).toContain('value=""');
  });

  it('shows each refused field in place and keeps what was typed', async () => {
    const answer = await app.postForm(
      { name: '  ', email: 'ada@@example', previewAccess: 'No' },
      BROWSER_ACCEPT,
    );

    expectPage(answer, 400);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.body).toMatch(/<title>Error: /);
    for (const field of ['name', 'email']) {
      expect(tagOf(answer, field)).toContain(`aria-describedby="${field}-error" aria-invalid="true"`);
      expect(tagOf(answer, `${field}-error`)).not.toBe('');
      expect(answer.body).toContain(`<a href="#${field}">`);
    }
    expect(tagOf(answer, 'email')).toContain('value="ada@@example"');
    expect(tagOf(answer, 'previewAccess-No')).toContain('checked');
    expect(tagOf(answer, 'previewAccess')).not.toContain('checked');
    expect(tagOf(answer, 'outcome')).toMatch(/tabindex="-1"\s+autofocus/);
  });

  it('escapes whatever was typed', async () => {
    const hostile = `"><script>alert('x')</script><img src=x onerror=alert(1)>`;

    const answer = await app.postForm(
      { name: hostile, email: hostile, previewAccess: hostile },
      BROWSER_ACCEPT,
    );

    expectPage(answer, 400);
    expect(answer.body).not.toContain('<script>');
    expect(answer.body).not.toContain('<img');
    expect(tagOf(answer, 'email')).toContain(
      'value="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;',
    );
  });

  it('gives a refused choice a description, and shows a hidden field’s reason in the summary', async () => {
    const answer = await app.postForm(
      { ...ADA, previewAccess: 'Maybe', theme: 'x'.repeat(51) },
      BROWSER_ACCEPT,
    );

    expectPage(answer, 400);
    expect(answer.body).toMatch(/<fieldset[^>]*aria-describedby="previewAccess-error"/);
    expect(answer.body).toContain('<li>Theme must have at most 50 characters</li>');
  });

  it('calms who is on the list already', async () => {
    await app.postForm(ADA);

    const answer = await app.postForm(ADA, BROWSER_ACCEPT);

    expectPage(answer, 409);
    expect(answer.body).toContain('Fear not, you’re already on the list!');
    expect(tagOf(answer, 'email')).toContain('value="ada@example.com"');
  });

  it('says that the sign-up is stored although it was not announced, and does not offer to send it again', async () => {
    app.announcer.failure = new AnnouncementError('the notifier cannot be reached');

    const answer = await app.postForm(ADA, BROWSER_ACCEPT);

    expectPage(answer, 500);
    expect(answer.body).toContain('Well, this is embarrassing…');
    expect(answer.body).toContain('the notifier cannot be reached');
    expect(answer.body).toContain(`href="/signups/${app.store.added[0]!.id}"`);
    expect(tagOf(answer, 'email')).toContain('value=""');
  });

  it('asks to try again later, with what was typed, when the table cannot be reached', async () => {
    app.store.failure = new StoreUnavailableError('it is throttled');

    const answer = await app.postForm(ADA, BROWSER_ACCEPT);

    expectPage(answer, 503);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(tagOf(answer, 'name')).toContain('value="Ada"');
  });

  it('shows an unforeseen failure without its words', async () => {
    app.store.failure = new Error('password=hunter2');

    const answer = await app.postForm(ADA, BROWSER_ACCEPT);

    expectPage(answer, 500);
    expect(answer.body).not.toContain('hunter2');
    expect(answer.body).not.toContain('undefined');
  });

  it('answers JSON with the page too, when a browser’s script asks for it', async () => {
    expectPage(await app.postJson(ADA, { accept: 'text/html' }), 201);
    expectPage(await app.postJson([], { accept: 'text/html' }), 400);
  });

  it('answers a program with JSON, whatever the outcome', async () => {
    const answers = [await app.postForm(ADA), await app.postForm(ADA), await app.postForm({ name: '' })];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([201, 409, 400]);
    expect(answers.every(({ headers }) => String(headers['content-type']).includes('json'))).toBe(true);
    expect(answers.every(({ headers }) => headers.vary === 'accept')).toBe(true);
  });
});
