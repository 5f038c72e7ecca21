import type { XrayLocalStatus } from '../report/status.js';
import { buildHomePage, HOME_PAGE_POLICY } from './home-page.js';
import type { Addresses } from './home-page.js';
import type { HttpEdge, RefusalWording } from './http-edge.js';

/** The page at `/` where no console is at hand. */
export function addHomePage(edge: HttpEdge, addresses: () => Addresses): void {
  edge.addRoutes(wordPageRefusal, (scope) => {
    scope.get('/', async (_request, reply) =>
      reply
        .header('content-security-policy', HOME_PAGE_POLICY)
        .type('text/html; charset=utf-8')
        .send(buildHomePage(addresses())),
    );
  });
}

/** Paths for people and probes: the counters, whether it runs. */
export function addStatusRoutes(edge: HttpEdge, status: () => XrayLocalStatus): void {
  edge.addRoutes(wordPageRefusal, (scope) => {
    scope.get('/status', async (_request, reply) =>
      reply
        .header('cache-control', 'no-store')
        .type('application/json')
        .send(JSON.stringify(status(), null, 2)),
    );
  });
  addHealthRoute(edge);
}

/** Tells that the listener serves. */
export function addHealthRoute(edge: HttpEdge): void {
  edge.addRoutes(wordPageRefusal, (scope) => {
    scope.get('/health', async (_request, reply) => reply.type('application/json').send('{"status":"ok"}'));
  });
}

export const wordPageRefusal: RefusalWording = ({ status, message }, _request, reply) =>
  reply.type('application/json').send(JSON.stringify({ status, message }));
