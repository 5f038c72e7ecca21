import { integerOf, integerText, presentTextOf, textOf } from './attribute-value.js';
import { sameRule } from './attribute-rule.js';
import type { AttributeRules } from './attribute-rule.js';
import { isIpAddress } from './ip-address.js';
import type { AnyValue } from '../otlp/otlp-span.js';

/**
 * What a span's attributes say about an HTTP request, in the old and the stable conventions. Undefined is "no such
 * attribute"; the parts of the URL may be there and empty.
 */
export class HttpFacts {
  /** An attribute was seen that makes the block exist. */
  isHttp = false;
  /** An attribute was seen that allows a URL to be composed. */
  hasUrlParts = false;
  /** The address of the connection's other end was seen, so `clientIp` is no forwarded one. */
  hasPeerAddress = false;

  method: string | undefined;
  userAgent: string | undefined;
  clientIp: string | undefined;
  status: number | bigint | undefined;

  url: string | undefined;
  scheme: string | undefined;
  host: string | undefined;
  target: string | undefined;
  path: string | undefined;
  query: string | undefined;
  serverName: string | undefined;
  netHostName: string | undefined;
  netHostPort: string | undefined;
  hostName: string | undefined;
  netPeerName: string | undefined;
  netPeerPort: string | undefined;
  netPeerIp: string | undefined;
  serverAddress: string | undefined;
  serverPort: string | undefined;

  /** The first attributes of these names, for the size of a received message. */
  messageType: AnyValue | undefined;
  messageBytes: AnyValue | undefined;
}

interface HasHttpFacts {
  readonly http: HttpFacts;
}

/** The keys that the `http` block uses up, whether or not there is a block in the end. */
export const HTTP_RULES: AttributeRules<HasHttpFacts> = {
  ...sameRule(['http.method', 'http.request.method'], ({ http }, value) => {
    http.method = presentTextOf(value);
    http.isHttp = true;
  }),
  ...sameRule(['http.user_agent', 'user_agent.original'], ({ http }, value) => {
    http.userAgent = presentTextOf(value);
    http.isHttp = true;
  }),
  ...sameRule(['http.status_code', 'http.response.status_code'], ({ http }, value) => {
    http.status = integerOf(value);
    http.isHttp = true;
  }),
  'http.client_ip': ({ http }, value) => {
    http.clientIp = presentTextOf(value);
    http.isHttp = true;
  },
  'client.address': ({ http }, value) => {
    const address = textOf(value);
    if (isIpAddress(address)) http.clientIp = address;
  },
  'net.peer.ip': ({ http }, value) => {
    http.clientIp ??= presentTextOf(value);
    http.netPeerIp = textOf(value);
    http.hasUrlParts = true;
    http.hasPeerAddress = true;
  },
  'network.peer.address': ({ http }, value) => {
    const address = textOf(value);
    if (!isIpAddress(address)) return;
    http.clientIp ??= address;
    http.hasUrlParts = true;
    http.hasPeerAddress = true;
  },
  ...sameRule(['http.url', 'url.full'], ({ http }, value) => {
    http.url = textOf(value);
    http.isHttp = true;
    http.hasUrlParts = true;
  }),
  ...sameRule(['http.scheme', 'url.scheme'], ({ http }, value) => {
    http.scheme = textOf(value);
    http.isHttp = true;
  }),
  'http.host': ({ http }, value) => {
    http.host = textOf(value);
    http.isHttp = true;
    http.hasUrlParts = true;
  },
  'http.server_name': ({ http }, value) => {
    http.serverName = textOf(value);
    http.isHttp = true;
    http.hasUrlParts = true;
  },
  'http.target': ({ http }, value) => {
    http.target = textOf(value);
    http.isHttp = true;
  },
  'url.path': ({ http }, value) => {
    http.path = textOf(value);
    http.isHttp = true;
  },
  'url.query': ({ http }, value) => {
    http.query = textOf(value);
    http.isHttp = true;
  },
  'net.host.port': ({ http }, value) => {
    http.netHostPort = portText(value);
    http.isHttp = true;
  },
  'net.peer.port': ({ http }, value) => {
    http.netPeerPort = portText(value);
  },
  'server.port': ({ http }, value) => {
    http.serverPort = portText(value);
  },
  'host.name': ({ http }, value) => {
    http.hostName = textOf(value);
    http.hasUrlParts = true;
  },
  'net.host.name': ({ http }, value) => {
    http.netHostName = textOf(value);
    http.hasUrlParts = true;
  },
  'net.peer.name': ({ http }, value) => {
    http.netPeerName = textOf(value);
    http.hasUrlParts = true;
  },
  'server.address': ({ http }, value) => {
    http.serverAddress = textOf(value);
    http.hasUrlParts = true;
  },
};

/** Keys that the `http` block reads and leaves for the metadata. */
export const HTTP_KEPT_RULES: AttributeRules<HasHttpFacts> = {
  'message.type': ({ http }, value) => {
    http.messageType ??= value;
  },
  'messaging.message_payload_size_bytes': ({ http }, value) => {
    http.messageBytes ??= value;
  },
};

/** A port as text; what is neither text nor an integer is port 0. */
function portText(value: AnyValue): string {
  return presentTextOf(value) ?? integerText(integerOf(value));
}
