import type { JsonSpan, OtlpAttribute } from './otlp-json.js';

/** One span of one resource, and the options of the exporter that translates it. */
export interface SpanCase {
  /** What it is about, for whoever reads a difference. */
  about: string;
  configuration: ConfigurationName;
  resource: OtlpAttribute[];
  span: JsonSpan;
}

/** A case with the documents that the real exporter made of it, as texts. */
export interface RecordedCase extends SpanCase {
  documents: string[];
}

/** The options of the `awsxray` exporter that change documents. */
export interface ExporterOptions {
  indexed_attributes?: readonly string[];
  index_all_attributes?: boolean;
  aws_log_groups?: readonly string[];
}

/** Each is one exporter of one collector. */
export const CONFIGURATIONS = {
  plain: {},
  /** Keys that nothing uses, keys that a block uses up, and keys of the resource. */
  indexed: {
    indexed_attributes: [
      'custom',
      'a b/c',
      'ключ',
      '__proto__',
      'http.method',
      'http.url',
      'http.response.status_code',
      'aws.operation',
      'aws.region',
      'db.statement',
      'rpc.system',
      'enduser.id',
      'aws.xray.annotations',
      'aws.xray.metadata.ns1',
      'otel.resource.service.name',
      'otel.resource.aws.log.group.names',
      'otel.resource.é',
    ],
    aws_log_groups: ['configured-group', '', 'other-group'],
  },
  all: { index_all_attributes: true, aws_log_groups: ['configured-group'] },
  'all and indexed': {
    index_all_attributes: true,
    indexed_attributes: ['http.method', 'custom', 'aws.table_name', 'otel.resource.x', 'toString'],
  },
} as const satisfies Readonly<Record<string, ExporterOptions>>;

export type ConfigurationName = keyof typeof CONFIGURATIONS;

export const CONFIGURATION_NAMES = Object.keys(CONFIGURATIONS) as ConfigurationName[];
