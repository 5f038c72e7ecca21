import { SpanKind } from '../otlp/otlp-span.js';
import type { AnyValue, OtlpSpan } from '../otlp/otlp-span.js';
import type { SegmentHttp } from '../segment/segment-document.js';
import { findAttribute, integerOf, textOf } from './attribute-value.js';
import type { HttpFacts } from './http-facts.js';

/** The `http` block, if any attribute calls for one. */
export function buildHttpBlock(span: OtlpSpan, facts: HttpFacts): SegmentHttp | undefined {
  if (!facts.isHttp) return undefined;
  const request: NonNullable<SegmentHttp['request']> = {};
  if (facts.clientIp !== undefined && !facts.hasPeerAddress) request.x_forwarded_for = true;
  if (facts.method !== undefined) request.method = facts.method;
  const url = facts.hasUrlParts ? composeUrl(span.kind, facts) : '';
  if (url !== '') request.url = url;
  if (facts.userAgent !== undefined) request.user_agent = facts.userAgent;
  if (facts.clientIp !== undefined) request.client_ip = facts.clientIp;

  const response: NonNullable<SegmentHttp['response']> = {};
  if (facts.status !== undefined) response.status = Number(facts.status);
  response.content_length = receivedBytes(span, facts);
  return { request, response };
}

/** The size of the first received message that tells it: of the span itself, else of one of its events. */
function receivedBytes(span: OtlpSpan, facts: HttpFacts): number {
  const bytes = bytesIfReceived(facts.messageType, facts.messageBytes);
  if (bytes !== 0) return bytes;
  for (const { attributes } of span.events) {
    const type = findAttribute(attributes, 'message.type');
    if (type === undefined) continue;
    const eventBytes = bytesIfReceived(
      type,
      findAttribute(attributes, 'messaging.message_payload_size_bytes'),
    );
    if (eventBytes !== 0) return eventBytes;
  }
  return 0;
}

function bytesIfReceived(type: AnyValue | undefined, bytes: AnyValue | undefined): number {
  return textOf(type) === 'RECEIVED' ? Number(integerOf(bytes)) : 0;
}

function composeUrl(kind: SpanKind, facts: HttpFacts): string {
  if (facts.url !== undefined) return facts.url;
  const scheme = facts.scheme ?? 'http';
  const host = kind === SpanKind.SERVER ? serverHost(facts) : clientHost(facts);
  return `${scheme}://${host.name}${portSuffix(scheme, host.port)}${pathAndQuery(facts)}`;
}

interface UrlHost {
  name: string;
  port: string;
}

function serverHost(facts: HttpFacts): UrlHost {
  if (facts.host !== undefined) return { name: facts.host, port: '' };
  return {
    name: facts.serverName ?? facts.netHostName ?? facts.hostName ?? facts.serverAddress ?? '',
    port: facts.netHostPort ?? facts.serverPort ?? '',
  };
}

/** The stable `server.address` and `server.port` are not asked on the calling side. */
function clientHost(facts: HttpFacts): UrlHost {
  if (facts.host !== undefined) return { name: facts.host, port: '' };
  return { name: facts.netPeerName ?? facts.netPeerIp ?? '', port: facts.netPeerPort ?? '' };
}

function portSuffix(scheme: string, port: string): string {
  if (port === '' || (scheme === 'http' && port === '80') || (scheme === 'https' && port === '443'))
    return '';
  return `:${port}`;
}

function pathAndQuery(facts: HttpFacts): string {
  if (facts.target !== undefined) return facts.target;
  const path = facts.path ?? '/';
  if (facts.query === undefined) return path;
  return path + (facts.query.startsWith('?') ? facts.query : `?${facts.query}`);
}
