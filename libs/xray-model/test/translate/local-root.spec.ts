import { describe, expect, it } from '@jest/globals';
import { SpanKind } from '../../src/otlp/otlp-span.js';
import type { OtlpSpan } from '../../src/otlp/otlp-span.js';
import type { SegmentDocument } from '../../src/segment/segment-document.js';
import {
  anException,
  aSpan,
  defaultMetadata,
  exceptionsOf,
  PARENT_ID,
  translateAll,
  translateOne,
} from './spans.js';
import type { PlainAttributes, Surroundings } from './spans.js';

const LINK = { traceId: '6553f1000000000000000000000000ff', spanId: 'bbbbbbbbbbbbbbbb', attributes: [] };
const RESOURCE = { 'service.name': 'notifier', 'cloud.account.id': '000000000000' };

function aLocalRoot(
  kind: keyof typeof SpanKind,
  plain: PlainAttributes = {},
  fields: Partial<OtlpSpan> = {},
): OtlpSpan {
  const more = Array.isArray(plain) ? plain : Object.entries(plain);
  const attributes: PlainAttributes = [['aws.span.kind', 'LOCAL_ROOT'], ['myKey', 'value'], ...more];
  return {
    ...aSpan({ kind: SpanKind[kind], name: 'operation', parentSpanId: PARENT_ID, links: [LINK], attributes }),
    ...fields,
  };
}

function translatePair(
  span: OtlpSpan,
  surroundings: Surroundings = { resource: RESOURCE },
): [SegmentDocument, SegmentDocument] {
  const { documents } = translateAll([span], surroundings);
  expect(documents).toHaveLength(2);
  return [documents[0]!, documents[1]!];
}

describe.each(['SERVER', 'INTERNAL'] as const)('a local root of kind %s', (kind) => {
  it('is one segment without type and namespace', () => {
    const span = aLocalRoot(kind, { 'aws.local.service': 'local', 'rpc.system': 'aws-api' });

    const document = translateOne(span);

    expect(document).toMatchObject({ name: 'local', id: 'aaaaaaaaaaaaaaaa', parent_id: PARENT_ID });
    expect(document.links).toHaveLength(1);
    expect(document).not.toHaveProperty('type');
    expect(document).not.toHaveProperty('namespace');
  });
});

describe.each(['CLIENT', 'PRODUCER', 'CONSUMER', 'UNSPECIFIED'] as const)(
  'a local root of kind %s',
  (kind) => {
    it('is the subsegment of the call and, above it, the segment of the service', () => {
      const span = aLocalRoot(kind, { 'aws.local.service': 'local', 'aws.remote.service': 'remote' });

      const [dependency, service] = translatePair(span);

      expect(dependency).toMatchObject({
        name: 'remote',
        id: 'aaaaaaaaaaaaaaaa',
        parent_id: service.id,
        type: 'subsegment',
        namespace: 'remote',
      });
      expect(service).toMatchObject({ name: 'local', id: '0000000000000001', parent_id: PARENT_ID });
      expect(service).not.toHaveProperty('type');
      expect(service).not.toHaveProperty('namespace');
    });

    it('keeps its links where the message was received, or where the call was made', () => {
      const [dependency, service] = translatePair(aLocalRoot(kind));
      const [withLinks, without] = kind === 'CONSUMER' ? [service, dependency] : [dependency, service];

      expect(withLinks.links).toHaveLength(1);
      expect(without).not.toHaveProperty('links');
    });

    it('names the service after service.name when there is no aws.local.service', () => {
      expect(translatePair(aLocalRoot(kind))[1].name).toBe('notifier');
      expect(translatePair(aLocalRoot(kind), {})[1].name).toBe('operation');
    });
  },
);

describe('the segment of a local root that is a call', () => {
  const CALL = {
    'http.method': 'POST',
    'rpc.system': 'aws-api',
    'rpc.method': 'SendMessage',
    'aws.account_id': '1',
    'aws.region': 'us-east-1',
    'aws.request_id': 'r',
    'aws.queue_url': 'q',
    'aws.dynamodb.table_names': ['a', 'b'],
    'aws.remote.service': 'AWS.SDK.SQS',
    'aws.remote.operation': 'SendMessage',
    remoteTarget: 'queue',
    'K8s.RemoteNamespace': 'ns',
    'aws.xray.metadata.mine': '{"a":1,"otel.resource.b":2}',
    'aws.xray.metadata.none': 'null',
  };

  it('has nothing of the call, and what the resource says', () => {
    const [dependency, service] = translatePair(aLocalRoot('CONSUMER', CALL));

    expect(dependency).toMatchObject({ name: 'SQS', namespace: 'aws' });
    expect(dependency.aws).toMatchObject({ operation: 'SendMessage', account_id: '1', queue_url: 'q' });
    expect(dependency.http).toBeDefined();
    expect(service).not.toHaveProperty('http');
    expect(service.aws).toEqual({ xray: { auto_instrumentation: false } });
    expect(service.metadata).toEqual({
      default: { 'otel.resource.service.name': 'notifier', 'otel.resource.cloud.account.id': '000000000000' },
      mine: { 'otel.resource.b': 2 },
      none: null,
    });
  });

  it('does not index what tells of the dependency', () => {
    const options = { indexedAttributes: ['aws.remote.service', 'myKey'] };

    const [dependency, service] = translatePair(aLocalRoot('CLIENT', CALL), { resource: RESOURCE, options });

    expect(dependency.annotations).toEqual({ 'aws.remote.service': 'AWS.SDK.SQS', myKey: 'value' });
    expect(service.annotations).toEqual({ myKey: 'value' });
  });

  it('stores no resource below a parent, as the span itself would not, and an empty namespace instead', () => {
    const [dependency, service] = translatePair(aLocalRoot('CLIENT'));

    expect(defaultMetadata(dependency)).toEqual({ 'aws.span.kind': 'LOCAL_ROOT', myKey: 'value' });
    expect(service.metadata).toEqual({ default: {} });
    expect(translatePair(aLocalRoot('CLIENT', {}, { parentSpanId: '' }))[1].metadata).not.toEqual({
      default: {},
    });
  });

  it('has exceptions of its own with the same words', () => {
    const [dependency, service] = translatePair(
      aLocalRoot('CLIENT', {}, { events: [anException('E', 'm')] }),
    );

    expect(exceptionsOf(dependency)).toMatchObject([{ type: 'E', message: 'm' }]);
    expect(exceptionsOf(service)).toMatchObject([{ type: 'E', message: 'm' }]);
    expect(exceptionsOf(service)[0]?.id).not.toBe(exceptionsOf(dependency)[0]?.id);
  });

  it('is made for a resource of another cloud, too', () => {
    const [dependency, service] = translatePair(aLocalRoot('CLIENT'), {
      resource: { 'cloud.provider': 'gcp' },
    });

    expect(dependency).not.toHaveProperty('aws');
    expect(service).not.toHaveProperty('aws');
  });

  it('is dropped together with the call when one of them cannot be written', () => {
    const span = aLocalRoot('CLIENT', { ratio: { kind: 'double', value: Infinity } });

    expect(translateAll([span])).toMatchObject({ documents: [], untranslated: [{ span }] });
  });

  it('is decided by the attributes in the order they came in', () => {
    const plain: PlainAttributes = [
      ['aws.xray.inprogress', true],
      ['aws.remote.service', 'first'],
      ['aws.remote.service', 'second'],
    ];

    const [dependency, service] = translatePair(aLocalRoot('CLIENT', plain));

    expect(dependency).toMatchObject({ name: 'first', in_progress: true });
    expect(service.in_progress).toBe(true);
  });
});

describe('a span that is no local root', () => {
  it.each(['LOCAL', 'local_root', ''])('is one document with aws.span.kind "%s"', (value) => {
    const span = aSpan({ kind: SpanKind.CLIENT, attributes: { 'aws.span.kind': value } });

    expect(translateAll([span]).documents).toHaveLength(1);
  });
});
