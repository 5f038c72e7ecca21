import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeRequest {
  method: string;
  path: string;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

export interface FakeAnswer {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
}

export interface FakeServer {
  url: string;
  requests: FakeRequest[];
  close(): Promise<void>;
}

/** A server on a free port of loopback that answers as it is told; 'drop' breaks the connection. */
export async function startFakeServer(
  answer: (request: FakeRequest) => FakeAnswer | 'drop' | Promise<FakeAnswer | 'drop'>,
): Promise<FakeServer> {
  const requests: FakeRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const request = {
        method: incoming.method ?? '',
        path: incoming.url ?? '',
        headers: incoming.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      };
      requests.push(request);
      void Promise.resolve(answer(request)).then((result) => {
        if (result === 'drop') return incoming.socket.destroy();
        outgoing.writeHead(result.status ?? 200, result.headers);
        return outgoing.end(result.body ?? '');
      });
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };
}

/** The address of a port that nothing listens to. */
export async function findUnusedUrl(): Promise<string> {
  const server = await startFakeServer(() => ({}));
  await server.close();
  return server.url;
}
