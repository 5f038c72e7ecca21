import type { AddressInfo } from 'node:net';
import { fastify, type FastifyInstance } from 'fastify';

/** How long requests under way may take to end at a stop before their connections are cut. */
const DRAIN_LIMIT_MS = 1000;

/** A listening server. */
export interface HttpServer {
  /** Base URL; a server on all interfaces is named by its loopback address. */
  readonly address: string;
  /** Takes no more requests, and resolves when those under way are answered or cut. */
  close(): Promise<void>;
}

/**
 * Starts a server with `GET /health` and the routes that are registered on it.
 *
 * @throws the system's error when the address cannot be listened on, e.g. `EADDRINUSE`
 */
export async function startHttpServer(
  listen: { host: string; port: number },
  registerRoutes: (app: FastifyInstance) => void,
): Promise<HttpServer> {
  const app = fastify({ forceCloseConnections: 'idle', exposeHeadRoutes: false });
  let isClosing = false;
  // A connection kept alive by an answer during the stop would hold up the stop until the drain limit.
  app.addHook('onSend', async (_request, reply) => {
    if (isClosing) reply.header('connection', 'close');
  });
  app.get('/health', async () => ({ status: 'ok' }));
  registerRoutes(app);
  await app.listen(listen);
  const close = async (): Promise<void> => {
    isClosing = true;
    const cut = setTimeout(() => app.server.closeAllConnections(), DRAIN_LIMIT_MS);
    await app.close();
    clearTimeout(cut);
  };
  return { address: toAddress(listen.host, app.server.address()), close };
}

function toAddress(host: string, address: AddressInfo | string | null): string {
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const isAny = host === '0.0.0.0' || host === '::';
  const shownHost = host.includes(':') ? `[${host}]` : host;
  return `http://${isAny ? '127.0.0.1' : shownHost}:${port}`;
}
