import { createServer } from 'node:http';
import { gunzipSync } from 'node:zlib';

export interface OtlpSink {
  /** What `OTEL_EXPORTER_OTLP_ENDPOINT` wants. */
  url: string;
  /** Every byte that was exported so far, decompressed. */
  bytes(): Buffer;
  close(): Promise<void>;
}

/** Takes OTLP/HTTP from a service and keeps the bytes, so that a test can look for what must not be in them. */
export async function startOtlpSink(): Promise<OtlpSink> {
  const bodies: Buffer[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      bodies.push(request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body);
      response.setHeader('content-type', 'application/x-protobuf');
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    bytes: () => Buffer.concat(bodies),
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
