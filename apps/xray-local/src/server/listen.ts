import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** Another program listens on the port. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';
}

/**
 * Listens, and answers with the base URL for clients on this machine.
 *
 * @throws {PortTakenError} the port is taken
 */
export async function listen(app: FastifyInstance, at: { host: string; port: number }): Promise<string> {
  try {
    await app.listen(at);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new PortTakenError(`port ${at.port} on ${at.host} is taken by another program`, { cause: error });
  }
  const { address, port, family } = app.server.address() as AddressInfo;
  const isEveryAddress = address === '0.0.0.0' || address === '::';
  const host = isEveryAddress ? '127.0.0.1' : address;
  return `http://${family === 'IPv6' && !isEveryAddress ? `[${host}]` : host}:${port}`;
}
