import type { XrayLocalStatus } from '../report/status.js';
import { buildHomePage, HOME_PAGE_POLICY } from './home-page.js';
import type { Addresses } from './home-page.js';
import type { HttpEdge, RefusalWording } from './http-edge.js';

/** Paths for people and probes: the page, the counters, whether it runs. */
export function addPageRoutes(
  edge: HttpEdge,
  about: { addresses: () => Addresses; status: () => XrayLocalStatus },
): void {
  edge.addRoutes(wordPageRefusal, (scope) => {
    scope.get('/', async (_request, reply) =>
      reply
        .header('content-security-policy', HOME_PAGE_POLICY)
        .type('text/html; charset=utf-8')
        .send(buildHomePage(about.addresses())),
    );
    scope.get('/status', async (_request, reply) =>
      reply
        .header('cache-control', 'no-store')
        .type('application/json')
        .send(JSON.stringify(about.status(), null, 2)),
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
