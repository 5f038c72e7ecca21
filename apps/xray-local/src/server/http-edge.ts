import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import Fastify from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { JsonLog } from '../report/json-log.js';
import type { RejectionReason, RejectionReport } from '../report/rejection-report.js';
import { ByteBudget } from './byte-budget.js';
import { createClientErrorHandler } from './client-error.js';
import type { HostGuard } from './host-guard.js';
import { readBody } from './read-body.js';
import { RefusedRequestError, refusalOf } from './refusal.js';
import type { Refusal } from './refusal.js';

/** What every listener of this program shares. */
export interface HttpEdgeOptions {
  guard: HostGuard;
  rejections: RejectionReport;
  log: JsonLog;
}

/** Words a refusal in the protocol of a path. */
export type RefusalWording = (refusal: Refusal, request: FastifyRequest, reply: FastifyReply) => FastifyReply;

export interface HttpEdge {
  app: FastifyInstance;
  /** Adds routes whose refusals, also those decided before a route runs, are worded in one way. */
  addRoutes(word: RefusalWording, addTo: (scope: FastifyInstance) => void): void;
  /** Answers 503 from now on, finishes what is under way, closes. */
  close(): Promise<void>;
}

/** Largest body, also after decompression; the collector's own receivers take as much. */
export const MAX_BODY_BYTES = 20 * 1024 * 1024;
/** All bodies under way, per listener. Arbitrary: two of the largest. */
const MAX_BODIES_BYTES = 2 * MAX_BODY_BYTES;
const REQUEST_TIMEOUT_MS = 30_000;
const RETRY_AFTER_SEC = 1;
/** After this, connections that are still busy are cut, so that the process ends in time. */
const DRAIN_MS = 1_500;

/** Nothing of this server is for pages of other origins, and it never wants to be framed or guessed at. */
const SECURITY_HEADERS = {
  'cross-origin-resource-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
};

/** No route has a schema. Fastify's own compilers, which it would load, are a sixth of the time to start (2026-11). */
const NO_COMPILERS = { buildValidator: refuseSchema, buildSerializer: refuseSchema };

function refuseSchema(): never {
  throw new Error('the routes of X-Ray Local have no schemas');
}

/**
 * Creates a listener that guards, numbers and drains requests; the caller adds the routes.
 *
 * @param wordUnrouted words what is refused on paths that have no route
 */
export function createHttpEdge(options: HttpEdgeOptions, wordUnrouted: RefusalWording): HttpEdge {
  const app = Fastify({
    logger: false,
    requestTimeout: REQUEST_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    genReqId: () => randomUUID(),
    schemaController: { compilersFactory: NO_COMPILERS },
    clientErrorHandler: createClientErrorHandler(options.rejections),
  });
  let isDraining = false;
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ 'x-amzn-requestid': request.id, ...SECURITY_HEADERS });
    if (isDraining) throw new RefusedRequestError(503, 'X-Ray Local is stopping');
    const problem = options.guard.findProblem(request.headers);
    if (problem !== undefined) throw new RefusedRequestError(403, problem);
  });
  acceptEveryBody(app);

  const refuseBy = createRefuser(options);
  app.setErrorHandler(refuseBy(wordUnrouted));
  app.setNotFoundHandler(async (request, reply) => {
    const path = pathOf(request);
    const allowed = ['GET', 'POST'].filter((method) => app.hasRoute({ url: path, method }));
    if (allowed.length === 0) throw new RefusedRequestError(404, `nothing is at ${request.method} ${path}`);
    reply.header('allow', allowed.join(', '));
    throw new RefusedRequestError(405, `${path} takes ${allowed.join(' and ')}, not ${request.method}`);
  });

  return {
    app,
    addRoutes: (word, addTo) => {
      // Registered apart, because an error handler is that of a scope.
      void app.register(async (scope) => {
        scope.setErrorHandler(refuseBy(word));
        addTo(scope);
      });
    },
    close: async () => {
      isDraining = true;
      const cut = setTimeout(() => app.server.closeAllConnections(), DRAIN_MS);
      await app.close();
      clearTimeout(cut);
    },
  };
}

/** What the counters call a refused request. */
const REASON_OF_STATUS: Readonly<Record<number, RejectionReason>> = {
  400: 'InvalidRequest',
  403: 'ForeignOrigin',
  413: 'BodyTooLarge',
  415: 'UnsupportedMediaType',
  429: 'Overloaded',
};

/** Counts and logs a refusal, and sets the headers that go with it in any protocol. */
function createRefuser({ rejections, log }: HttpEdgeOptions) {
  return (word: RefusalWording) =>
    (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
      const refusal = refusalOf(error instanceof Error ? error : new Error(String(error)));
      const { status } = refusal;
      const reason = REASON_OF_STATUS[status];
      const path = pathOf(request);
      if (reason !== undefined) {
        const { host, origin } = request.headers;
        rejections.add(reason, { path, host, origin, problem: refusal.message });
      } else if (status === 500) {
        log('error', 'a request failed', { path, error: refusal.error.stack });
      }
      if (status === 429 || status === 503) reply.header('retry-after', RETRY_AFTER_SEC);
      if (status === 413 || status === 429) discardRest(request, reply);
      return word(refusal, request, reply.code(status));
    };
}

/**
 * Reads the rest of a body that is refused, as long as a request may take, and throws it away. Fastify would close the
 * connection: a client that still sends then sees the connection break, not the refusal, and sends the same again.
 */
function discardRest(request: FastifyRequest, reply: FastifyReply): void {
  reply.removeHeader('connection');
  request.raw.resume();
}

const MAX_TOLD_PATH_CHARACTERS = 200;

function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1)[0]?.slice(0, MAX_TOLD_PATH_CHARACTERS) ?? '/';
}

/** Bodies arrive at the routes as bytes: what they are, and which types are fine, is the routes' matter. */
function acceptEveryBody(app: FastifyInstance): void {
  const budget = new ByteBudget(MAX_BODIES_BYTES);
  const takenBytes = new WeakMap<FastifyRequest, number>();
  const giveBack = async (request: FastifyRequest): Promise<void> => {
    budget.giveBack(takenBytes.get(request) ?? 0);
    takenBytes.delete(request);
  };

  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (request: FastifyRequest, payload: IncomingMessage) => {
    const onTaken = (bytes: number): void =>
      void takenBytes.set(request, (takenBytes.get(request) ?? 0) + bytes);
    return readBody(payload, { maxBytes: MAX_BODY_BYTES, budget, onTaken });
  });
  app.addHook('onResponse', giveBack);
  app.addHook('onRequestAbort', giveBack);
}
