import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';

/** `open` passes bytes on, `refused` resets at once, `silent` accepts and never answers. */
export type ProxyMode = 'open' | 'refused' | 'silent';

export interface TcpProxy {
  /** `http://127.0.0.1:PORT` */
  url: string;
  /** Changes what happens to new connections, and cuts the present ones. */
  become(mode: ProxyMode): void;
  /** How many connections have come in since the start. */
  connectionCount(): number;
  close(): Promise<void>;
}

/** Stands between a service and what it calls, so that a test can make that unreachable. */
export async function startTcpProxy(targetUrl: string): Promise<TcpProxy> {
  const target = new URL(targetUrl);
  const sockets = new Set<Socket>();
  let mode: ProxyMode = 'open';
  let connections = 0;
  const track = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  };
  const server: Server = createServer((client) => {
    connections += 1;
    track(client);
    if (mode === 'refused') client.resetAndDestroy();
    if (mode !== 'open') return;
    const upstream = connect(Number(target.port), target.hostname);
    track(upstream);
    client.pipe(upstream).pipe(client);
    client.on('close', () => upstream.destroy());
    upstream.on('close', () => client.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const cut = (): void => sockets.forEach((socket) => socket.destroy());
  return {
    url: `http://127.0.0.1:${port}`,
    become: (next) => {
      mode = next;
      cut();
    },
    connectionCount: () => connections,
    close: async () => {
      cut();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
