import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createLogger } from '#telemetry';
import type { OpenApiHead } from './open-api/build-open-api-document.js';
import { serveDocumentation } from './open-api/serve-documentation.js';
import { ProblemFilter } from './problem.filter.js';
import { refuseUnknownMethods } from './refuse-unknown-methods.js';
import { SchemaValidationPipe } from './schema-validation.pipe.js';

export interface HttpServiceOptions {
  module: DynamicModule | Type;
  host: string;
  /** 0 takes a free port. */
  port: number;
  openApi: OpenApiHead;
}

export interface HttpService {
  /** Where it listens, `http://127.0.0.1:3000`. */
  url: string;
  app: NestFastifyApplication;
  /** Stops accepting, lets the requests under way finish, closes what the modules hold. */
  close(): Promise<void>;
}

const BODY_LIMIT_BYTES = 64 * 1024;
const REQUEST_TIMEOUT_MS = 10_000;
/** Longer than the 60 s after which a load balancer drops an idle connection, so that it is never reset in use. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;

/** Fastify with the limits that both services share, also for a test's application. */
export function createHttpAdapter(): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    // Fields that are not known are ignored, also by these names; they are taken out before anybody sees them.
    onProtoPoisoning: 'remove',
    onConstructorPoisoning: 'remove',
  });
}

async function createHttpApplication(
  options: Omit<HttpServiceOptions, 'host' | 'port'>,
): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(options.module, createHttpAdapter(), {
    logger: createLogger(),
    abortOnError: false,
  });
  configureHttpApplication(app, options.openApi);
  return app;
}

/** Puts the shared edge (problems, validation, content types, OpenAPI) on an application, also on a test's. */
export function configureHttpApplication(app: NestFastifyApplication, openApi: OpenApiHead): void {
  const fastify = app.getHttpAdapter().getInstance();
  // Fastify reads text/plain by itself; here it is as unknown as any other type, and answered with 415.
  fastify.removeContentTypeParser('text/plain');
  refuseUnknownMethods(fastify);
  app.useGlobalFilters(new ProblemFilter());
  app.useGlobalPipes(new SchemaValidationPipe());
  serveDocumentation(app, openApi);
}

/** Starts a NestJS service on Fastify with the HTTP edge that both services share. */
export async function startHttpService(options: HttpServiceOptions): Promise<HttpService> {
  const app = await createHttpApplication(options);
  let isClosing = false;
  // A connection whose request is under way when the service stops would be kept alive, and waited for.
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', (_request, reply, _payload, done) => {
      if (isClosing) void reply.header('connection', 'close');
      done();
    });
  await app.listen(options.port, options.host);
  const address = app.getHttpServer().address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  return {
    url: `http://${host}:${port}`,
    app,
    close: () => {
      isClosing = true;
      return app.close();
    },
  };
}
