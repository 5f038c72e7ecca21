import { SpanKind } from '../otlp/otlp-span.js';
import type { AnyValue } from '../otlp/otlp-span.js';
import { textOf } from './attribute-value.js';
import type { AttributeRules } from './attribute-rule.js';
import { findUrlHost } from './url-host.js';

/** The attributes that can name a segment; of several with one key the first. */
export class NameFacts {
  awsSpanKind: AnyValue | undefined;
  localService: AnyValue | undefined;
  remoteService: AnyValue | undefined;
  peerService: AnyValue | undefined;
  awsService: AnyValue | undefined;
  dbName: AnyValue | undefined;
  dbConnectionString: AnyValue | undefined;
  rpcSystem: AnyValue | undefined;
  rpcService: AnyValue | undefined;
  httpHost: AnyValue | undefined;
  netPeerName: AnyValue | undefined;

  /** Made by an AWS SDK. */
  get isAwsCall(): boolean {
    return textOf(this.rpcSystem) === 'aws-api';
  }

  /** The root of a service's own work, as Application Signals marks it. */
  get isLocalRoot(): boolean {
    return textOf(this.awsSpanKind) === 'LOCAL_ROOT';
  }

  /** `aws.remote.service`, for an AWS call without the prefix that X-Ray's names do not have. */
  get remoteServiceName(): string {
    const name = textOf(this.remoteService);
    if (!this.isAwsCall) return name;
    if (name.startsWith('AWS.SDK.')) return name.slice('AWS.SDK.'.length);
    return name.startsWith('AWS::') ? name.slice('AWS::'.length) : name;
  }
}

export const NAME_RULES: AttributeRules<{ readonly names: NameFacts }> = {
  'aws.span.kind': ({ names }, value) => {
    names.awsSpanKind ??= value;
  },
  'aws.local.service': ({ names }, value) => {
    names.localService ??= value;
  },
  'aws.remote.service': ({ names }, value) => {
    names.remoteService ??= value;
  },
  'peer.service': ({ names }, value) => {
    names.peerService ??= value;
  },
  'aws.service': ({ names }, value) => {
    names.awsService ??= value;
  },
  'db.name': ({ names }, value) => {
    names.dbName ??= value;
  },
  'db.connection_string': ({ names }, value) => {
    names.dbConnectionString ??= value;
  },
  'rpc.system': ({ names }, value) => {
    names.rpcSystem ??= value;
  },
  'rpc.service': ({ names }, value) => {
    names.rpcService ??= value;
  },
  'http.host': ({ names }, value) => {
    names.httpHost ??= value;
  },
  'net.peer.name': ({ names }, value) => {
    names.netPeerName ??= value;
  },
};

export interface SegmentIdentity {
  name: string;
  namespace?: 'aws' | 'remote';
}

/** What a span is called in X-Ray, where a segment bears the name of a service and not of an operation. */
export function nameSegment(
  span: { readonly kind: SpanKind; readonly name: string },
  facts: NameFacts,
  serviceName: string,
): SegmentIdentity {
  let isAws = facts.isAwsCall;
  let name = applicationSignalsName(span.kind, facts) || textOf(facts.peerService);
  if (name === '' && facts.awsService !== undefined) {
    name = textOf(facts.awsService);
    isAws = true;
  }
  name ||= databaseName(facts);
  if (span.kind === SpanKind.SERVER) name ||= serviceName;
  name ||= textOf(facts.rpcService) || textOf(facts.httpHost) || textOf(facts.netPeerName);
  // Only here: the exporter sends names from attributes as they are, and X-Ray rejects the bad ones.
  name ||= toSegmentName(span.name);
  if (isAws) return { name, namespace: 'aws' };
  const isCall = span.kind === SpanKind.CLIENT || span.kind === SpanKind.PRODUCER;
  return isCall ? { name, namespace: 'remote' } : { name };
}

function applicationSignalsName(kind: SpanKind, facts: NameFacts): string {
  switch (kind) {
    case SpanKind.SERVER:
      return textOf(facts.localService);
    case SpanKind.INTERNAL:
      return facts.isLocalRoot ? textOf(facts.localService) : '';
    case SpanKind.CLIENT:
    case SpanKind.PRODUCER:
    case SpanKind.CONSUMER:
      return facts.remoteServiceName;
    default:
      return '';
  }
}

/** `<database>@<host>`; the host also stands alone, behind an empty database name. */
function databaseName(facts: NameFacts): string {
  if (facts.dbName === undefined) return '';
  const connection = textOf(facts.dbConnectionString);
  const host = findUrlHost(connection.startsWith('jdbc:') ? connection.slice('jdbc:'.length) : connection);
  return host === '' ? textOf(facts.dbName) : `${textOf(facts.dbName)}@${host}`;
}

const MAX_NAME_BYTES = 200;
const MAX_BYTES_PER_UTF16_UNIT = 3;
/** What X-Ray takes in a name, less the white space other than blanks; see `isPlainAscii` for the same in ASCII. */
const BAD_CHARACTERS = /[^ 0-9\p{L}_.:/%&#=+\-@]/gu;

/** A span's name with only the characters that X-Ray takes, at most 200 bytes of UTF-8, and never empty. */
export function toSegmentName(spanName: string): string {
  if (isPlainAscii(spanName)) return spanName.slice(0, MAX_NAME_BYTES) || 'span';
  const name = spanName.replaceAll(BAD_CHARACTERS, '');
  const mayBeTooLong = name.length * MAX_BYTES_PER_UTF16_UNIT > MAX_NAME_BYTES;
  return (mayBeTooLong ? cutToBytes(name, MAX_NAME_BYTES) : name) || 'span';
}

/** Letters, digits and ` _.:/%&#=+-@`, which need no replacing: nearly all names. */
function isPlainAscii(text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code >= PLAIN_ASCII.length || PLAIN_ASCII[code] !== 1) return false;
  }
  return true;
}

const PLAIN_ASCII = Uint8Array.from({ length: 128 }, (_, code) =>
  /[ 0-9A-Za-z_.:/%&#=+\-@]/.test(String.fromCharCode(code)) ? 1 : 0,
);

/** A character cut in two leaves one U+FFFD per byte, as Go's JSON writes it. */
function cutToBytes(text: string, maxBytes: number): string {
  let bytes = 0;
  let kept = '';
  for (const character of text) {
    const next = bytes + utf8Length(character.codePointAt(0) ?? 0);
    if (next > maxBytes) return kept + '\ufffd'.repeat(maxBytes - bytes);
    bytes = next;
    kept += character;
  }
  return kept;
}

function utf8Length(codePoint: number): number {
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
