import type { FastifyInstance } from 'fastify';
import { problemTypes } from '#contracts';
import { ProblemException } from './problem.exception.js';

interface KnownRoute {
  pattern: RegExp;
  methods: readonly string[];
}

/**
 * Answers 405 with `Allow` where the path is known and the method is not; Fastify by itself answers 404.
 *
 * Holds for the routes that are registered from then on.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-405-method-not-allowed
 */
export function refuseUnknownMethods(fastify: FastifyInstance): void {
  const routes: KnownRoute[] = [];
  fastify.addHook('onRoute', ({ url, method }) => {
    routes.push({ pattern: toPattern(url), methods: [method].flat() });
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!request.is404) return done();
    const path = request.url.split('?', 1)[0] ?? '/';
    const methods = new Set(routes.flatMap((route) => (route.pattern.test(path) ? route.methods : [])));
    if (methods.size === 0) return done();
    void reply.header('allow', [...methods].join(', '));
    const detail = `${path} takes ${[...methods].join(', ')}`;
    return done(new ProblemException({ type: problemTypes.methodNotAllowed, detail }));
  });
}

/** `/signups/:id` as `^/signups/[^/]+$`, and `*` as anything. */
function toPattern(url: string): RegExp {
  const parts = url.split(/(:[^/]+|\*)/).map((part) => {
    if (part === '*') return '.*';
    return part.startsWith(':') ? '[^/]+' : part.replace(/[^\w/-]/g, String.raw`\$&`);
  });
  return new RegExp(`^${parts.join('')}$`);
}
