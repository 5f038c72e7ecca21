// A service that knows nothing of X-Ray Local: OTEL_EXPORTER_OTLP_ENDPOINT says where its spans go.
import { createServer } from 'node:http';
import { context, propagation, SpanKind, trace } from '@opentelemetry/api';
import { NodeSDK } from '@opentelemetry/sdk-node';

const sdk = new NodeSDK({ serviceName: 'checkout' });
sdk.start();

const paid = new Set();

const server = createServer((request, response) => {
  const caller = propagation.extract(context.active(), request.headers);
  const attributes = { 'http.request.method': request.method, 'url.path': request.url };
  const span = trace
    .getTracer('checkout')
    .startSpan('POST /payments', { kind: SpanKind.SERVER, attributes }, caller);
  const status = paid.has(request.url) ? 409 : 201;
  paid.add(request.url);
  span.setAttribute('http.response.status_code', status);
  span.end();
  response.writeHead(status).end();
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));

process.once('SIGTERM', () => server.close(() => void sdk.shutdown()));
