import type { AnyValue } from '../otlp/otlp-span.js';
import type { SegmentAws } from '../segment/segment-document.js';
import { presentTextOf, textOf } from './attribute-value.js';
import { sameRule } from './attribute-rule.js';
import type { AttributeRules } from './attribute-rule.js';
import type { AwsResource } from './aws-resource.js';

/** What a span's attributes say about a call to an AWS service; of several with one meaning the last. */
export class AwsFacts {
  operation: AnyValue | undefined;
  rpcMethod: AnyValue | undefined;
  accountId: AnyValue | undefined;
  region: AnyValue | undefined;
  requestId: AnyValue | undefined;
  queueUrl: AnyValue | undefined;
  tableName: AnyValue | undefined;
  messagingUrl: AnyValue | undefined;
  dynamoTableNames: AnyValue | undefined;
}

interface HasAwsFacts {
  readonly aws: AwsFacts;
}

/** The keys that the `aws` block uses up, whether or not there is a block in the end. */
export const AWS_RULES: AttributeRules<HasAwsFacts> = {
  'aws.operation': ({ aws }, value) => {
    aws.operation = value;
  },
  'rpc.method': ({ aws }, value) => {
    aws.rpcMethod = value;
  },
  'aws.account_id': ({ aws }, value) => {
    aws.accountId = value;
  },
  'aws.region': ({ aws }, value) => {
    aws.region = value;
  },
  ...sameRule(['aws.request_id', 'aws.requestId'], ({ aws }, value) => {
    aws.requestId = value;
  }),
  ...sameRule(['aws.queue_url', 'aws.queue.url'], ({ aws }, value) => {
    aws.queueUrl = value;
  }),
  ...sameRule(['aws.table_name', 'aws.table.name'], ({ aws }, value) => {
    aws.tableName = value;
  }),
};

/** Keys that the `aws` block reads and leaves for the metadata. */
export const AWS_KEPT_RULES: AttributeRules<HasAwsFacts> = {
  'messaging.url': ({ aws }, value) => {
    aws.messagingUrl = value;
  },
  'aws.dynamodb.table_names': ({ aws }, value) => {
    aws.dynamoTableNames = value;
  },
};

/** The `aws` block of a span: where it ran, and the AWS call it describes. */
export function buildAwsBlock({ blocks, accountId }: AwsResource, facts: AwsFacts): SegmentAws {
  const aws: SegmentAws = { ...blocks };
  // An account of the span's own counts also when it is not a text, and there is none then.
  const isOwnAccount = facts.accountId !== undefined && facts.accountId.kind !== 'empty';
  const account = isOwnAccount ? textOf(facts.accountId) : accountId;
  if (account !== '') aws.account_id = account;
  const operation = presentTextOf(facts.operation ?? facts.rpcMethod);
  if (operation !== undefined) aws.operation = operation;
  const region = presentTextOf(facts.region);
  if (region !== undefined) aws.region = region;
  const requestId = presentTextOf(facts.requestId);
  if (requestId !== undefined) aws.request_id = requestId;
  const queueUrl = presentTextOf(facts.messagingUrl ?? facts.queueUrl);
  if (queueUrl !== undefined) aws.queue_url = queueUrl;
  addTables(aws, facts);
  return aws;
}

function addTables(aws: SegmentAws, { tableName, dynamoTableNames }: AwsFacts): void {
  let table = textOf(tableName);
  if (dynamoTableNames?.kind === 'string') {
    table = dynamoTableNames.value;
  } else if (dynamoTableNames?.kind === 'array' && dynamoTableNames.values.length === 1) {
    table = textOf(dynamoTableNames.values[0]);
  } else if (dynamoTableNames?.kind === 'array' && dynamoTableNames.values.length > 1) {
    table = '';
    aws.table_names = dynamoTableNames.values.map(textOf);
  }
  if (table !== '') aws.table_name = table;
}
