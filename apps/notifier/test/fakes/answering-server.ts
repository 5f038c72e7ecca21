import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Answer {
  status: number;
  body: string;
}

export interface AnsweringServer {
  url: string;
  /** The bodies of the requests so far. */
  requests: string[];
  close(): Promise<void>;
}

/**
 * Answers each request with the next of these answers and then always with the last one; without any, it takes
 * requests and never answers.
 */
export async function startAnsweringServer(answers: Answer[]): Promise<AnsweringServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const answer = answers[Math.min(requests.length, answers.length - 1)];
      requests.push(Buffer.concat(chunks).toString());
      if (answer) response.writeHead(answer.status, { 'content-type': 'text/xml' }).end(answer.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
