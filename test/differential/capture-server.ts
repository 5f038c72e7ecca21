import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** Stands where X-Ray is and keeps what `PutTraceSegments` brings. */
export interface CaptureServer {
  url: string;
  /** The documents of a trace, in the order in which they came; they are forgotten here. */
  take(otelTraceId: string): string[];
  close(): Promise<void>;
}

export async function startCaptureServer(): Promise<CaptureServer> {
  const documentsByTrace = new Map<string, string[]>();
  const server = createServer((request, response) => {
    void answer(request, response, documentsByTrace);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    take: (otelTraceId) => {
      const documents = documentsByTrace.get(otelTraceId) ?? [];
      documentsByTrace.delete(otelTraceId);
      return documents;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  documentsByTrace: Map<string, string[]>,
): Promise<void> {
  const body = await text(request);
  if (request.method !== 'POST' || request.url !== '/TraceSegments') {
    response.writeHead(404).end();
    return;
  }
  const { TraceSegmentDocuments } = JSON.parse(body) as { TraceSegmentDocuments: string[] };
  for (const document of TraceSegmentDocuments) {
    const traceId = (JSON.parse(document) as { trace_id: string }).trace_id.slice(2).replace('-', '');
    documentsByTrace.set(traceId, [...(documentsByTrace.get(traceId) ?? []), document]);
  }
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"UnprocessedTraceSegments":[]}');
}
