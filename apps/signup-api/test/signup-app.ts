import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { loadEnv } from '#config';
import { configureHttpApplication, createHttpAdapter } from '#nest-http';
import { AppModule } from '../src/app.module.js';
import { envSchema } from '../src/env.js';
import { openApi } from '../src/open-api.js';
import { SIGNUP_ANNOUNCER } from '../src/signups/signup.announcer.js';
import { SIGNUP_STORE } from '../src/signups/signup.store.js';
import { FakeSignupAnnouncer } from './fake-signup-announcer.js';
import { FakeSignupStore } from './fake-signup-store.js';

export type Answer = Awaited<ReturnType<NestFastifyApplication['inject']>>;

/** What Chromium sends when a form is posted. */
export const BROWSER_ACCEPT = 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8';
export const CONSOLE_URL = 'http://console.test:2000/';

/** The whole application with fakes in the place of the table and the notifier. */
export class SignupApp {
  private constructor(
    private readonly app: NestFastifyApplication,
    readonly store: FakeSignupStore,
    readonly announcer: FakeSignupAnnouncer,
  ) {}

  static async start(): Promise<SignupApp> {
    const store = new FakeSignupStore();
    const announcer = new FakeSignupAnnouncer();
    const env = loadEnv(envSchema, { SERVICE_MAP_URL: CONSOLE_URL });
    const module = await Test.createTestingModule({ imports: [AppModule.forRoot(env)] })
      .overrideProvider(SIGNUP_STORE)
      .useValue(store)
      .overrideProvider(SIGNUP_ANNOUNCER)
      .useValue(announcer)
      .compile();
    const app = module.createNestApplication<NestFastifyApplication>(createHttpAdapter(), { logger: false });
    configureHttpApplication(app, openApi);
    await app.init();
    return new SignupApp(app, store, announcer);
  }

  get(url: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.inject({ method: 'GET', url, headers });
  }

  send(method: 'DELETE' | 'GET' | 'PUT', url: string): Promise<Answer> {
    return this.inject({ method, url });
  }

  /** A program's request; a string is sent as it is. */
  postJson(body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
    const payload = typeof body === 'string' ? body : JSON.stringify(body);
    const all = { 'content-type': 'application/json', ...headers };
    return this.inject({ method: 'POST', url: '/signup', payload, headers: all });
  }

  postForm(fields: Record<string, string> | string, accept = '*/*'): Promise<Answer> {
    const payload = new URLSearchParams(fields).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded', accept };
    return this.inject({ method: 'POST', url: '/signup', payload, headers });
  }

  /** Forgets what was stored, announced and told to fail, so that tests can share one application. */
  reset(): void {
    this.store.reset();
    this.announcer.reset();
  }

  close(): Promise<void> {
    return this.app.close();
  }

  private inject(options: Parameters<NestFastifyApplication['inject']>[0]): Promise<Answer> {
    return this.app.inject(options);
  }
}
