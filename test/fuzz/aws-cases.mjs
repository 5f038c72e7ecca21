// @ts-check
import { hostileText, hostileValue, mutateBytes, mutateValue } from './hostile-values.mjs';

/** @typedef {import('./random.mjs').Random} Random */
/** @typedef {{ service: string, headers: Record<string, string>, body: Buffer, isSigned: boolean }} AwsCase */

const TOPIC = 'arn:aws:sns:us-east-1:000000000000:signups';
const QUEUE = 'http://127.0.0.1/000000000000/signups';
const NUMBER = { N: '1' };

/** @param {Random} random */
function item(random) {
  return {
    email: { S: random.pick(['a', 'b', 'c']) },
    id: { S: 'i' },
    count: NUMBER,
    list: { L: [NUMBER, { M: { a: { NULL: true } } }] },
    set: { SS: ['a', 'b'] },
    bytes: { B: 'AAE=' },
  };
}

/** @param {Random} random */
function key(random) {
  return { email: { S: random.pick(['a', 'b', 'c']) } };
}

const EXPRESSIONS = [
  'attribute_not_exists(email)',
  'size(email) > :v',
  '#n = :v AND (id BETWEEN :v AND :v)',
  'begins_with(id, :v)',
  'contains(list[0].a, :v)',
  'NOT',
  '((((',
  'a.b.c[1][2] IN (:v)',
  ':v',
  '',
];
const UPDATES = [
  'SET #n = :v',
  'SET a = if_not_exists(a, :v), b = list_append(b, :v)',
  'REMOVE a, b[0]',
  'ADD count :v',
  'DELETE set :v',
  'SET',
  'SET a = a + :v REMOVE a',
];

/** @param {Random} random */
function names(random) {
  return {
    ExpressionAttributeNames: { '#n': 'name' },
    ExpressionAttributeValues: { ':v': random.pick([{ S: 'x' }, NUMBER, { SS: ['a'] }, { L: [] }]) },
  };
}

/** @type {Record<string, (random: Random) => Record<string, unknown>>} */
const DYNAMO_DB = {
  PutItem: (random) => ({
    TableName: 'signups',
    Item: item(random),
    ConditionExpression: random.pick(EXPRESSIONS),
    ...names(random),
    ReturnValues: 'ALL_OLD',
  }),
  GetItem: (random) => ({
    TableName: 'signups',
    Key: key(random),
    ProjectionExpression: 'a.b[0], #n',
    ExpressionAttributeNames: { '#n': 'name' },
    ConsistentRead: true,
  }),
  DeleteItem: (random) => ({
    TableName: 'signups',
    Key: key(random),
    Expected: { id: { Value: { S: 'i' }, ComparisonOperator: 'EQ' } },
  }),
  UpdateItem: (random) => ({
    TableName: 'signups',
    Key: key(random),
    UpdateExpression: random.pick(UPDATES),
    ConditionExpression: random.pick(EXPRESSIONS),
    ...names(random),
    ReturnValues: 'ALL_NEW',
  }),
  Query: (random) => ({
    TableName: 'signups',
    IndexName: random.pick(['by-id', 'pending', undefined]),
    KeyConditionExpression: random.pick(['id = :v', 'email = :v', ...EXPRESSIONS]),
    FilterExpression: random.pick(EXPRESSIONS),
    ...names(random),
    Limit: 2,
    ExclusiveStartKey: key(random),
    ScanIndexForward: false,
  }),
  Scan: (random) => ({
    TableName: 'signups',
    FilterExpression: random.pick(EXPRESSIONS),
    ...names(random),
    Segment: 0,
    TotalSegments: 2,
    Select: 'COUNT',
  }),
  BatchGetItem: (random) => ({
    RequestItems: { signups: { Keys: [key(random), key(random)], ProjectionExpression: 'id' } },
  }),
  BatchWriteItem: (random) => ({
    RequestItems: {
      signups: [{ PutRequest: { Item: item(random) } }, { DeleteRequest: { Key: key(random) } }],
    },
  }),
  DescribeTable: () => ({ TableName: 'signups' }),
  ListTables: () => ({ Limit: 2, ExclusiveStartTableName: 'a' }),
  DescribeTimeToLive: () => ({ TableName: 'signups' }),
  CreateTable: (random) => ({
    TableName: `t${random.int(20)}`,
    KeySchema: [{ AttributeName: 'a', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'a', AttributeType: 'S' }],
    BillingMode: 'PAY_PER_REQUEST',
  }),
  DeleteTable: (random) => ({ TableName: `t${random.int(20)}` }),
  TagResource: () => ({
    ResourceArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/signups',
    Tags: [{ Key: 'a', Value: 'b' }],
  }),
  TransactWriteItems: () => ({ TransactItems: [] }),
};

/** @type {Record<string, (random: Random) => Record<string, unknown>>} */
const SQS = {
  SendMessage: () => ({
    QueueUrl: QUEUE,
    MessageBody: 'a',
    DelaySeconds: 0,
    MessageAttributes: { a: { DataType: 'String', StringValue: 'b' } },
  }),
  SendMessageBatch: () => ({
    QueueUrl: QUEUE,
    Entries: [
      { Id: 'a', MessageBody: 'b' },
      { Id: 'c', MessageBody: 'd' },
    ],
  }),
  ReceiveMessage: () => ({
    QueueUrl: QUEUE,
    MaxNumberOfMessages: 10,
    WaitTimeSeconds: 0,
    VisibilityTimeout: 1,
    MessageAttributeNames: ['All'],
    AttributeNames: ['All'],
  }),
  DeleteMessage: () => ({ QueueUrl: QUEUE, ReceiptHandle: 'a' }),
  DeleteMessageBatch: () => ({ QueueUrl: QUEUE, Entries: [{ Id: 'a', ReceiptHandle: 'b' }] }),
  ChangeMessageVisibility: () => ({ QueueUrl: QUEUE, ReceiptHandle: 'a', VisibilityTimeout: 5 }),
  GetQueueUrl: () => ({ QueueName: 'signups' }),
  GetQueueAttributes: () => ({ QueueUrl: QUEUE, AttributeNames: ['All'] }),
  SetQueueAttributes: () => ({
    QueueUrl: QUEUE,
    Attributes: { VisibilityTimeout: '30', RedrivePolicy: '{"maxReceiveCount":5}' },
  }),
  ListQueues: () => ({ QueueNamePrefix: 's', MaxResults: 5 }),
  CreateQueue: (random) => ({
    QueueName: `q${random.int(20)}`,
    Attributes: { VisibilityTimeout: '5' },
    tags: { a: 'b' },
  }),
  DeleteQueue: (random) => ({ QueueUrl: `http://127.0.0.1/000000000000/q${random.int(20)}` }),
  PurgeQueue: () => ({ QueueUrl: QUEUE }),
  TagQueue: () => ({ QueueUrl: QUEUE, Tags: { a: 'b' } }),
};

/** @type {Record<string, Record<string, string>>} */
const SNS = {
  Publish: {
    TopicArn: TOPIC,
    Message: 'a',
    Subject: 'b',
    'MessageAttributes.entry.1.Name': 'a',
    'MessageAttributes.entry.1.Value.DataType': 'String',
    'MessageAttributes.entry.1.Value.StringValue': 'b',
  },
  Subscribe: { TopicArn: TOPIC, Protocol: 'email', Endpoint: 'a@example.com' },
  Unsubscribe: { SubscriptionArn: `${TOPIC}:a` },
  CreateTopic: { Name: 'a', 'Tags.member.1.Key': 'a', 'Tags.member.1.Value': 'b' },
  ListTopics: { NextToken: 'a' },
  ListSubscriptionsByTopic: { TopicArn: TOPIC },
  GetTopicAttributes: { TopicArn: TOPIC },
  SetSubscriptionAttributes: {
    SubscriptionArn: `${TOPIC}:a`,
    AttributeName: 'FilterPolicy',
    AttributeValue: '{"a":["b"]}',
  },
  PublishBatch: {
    TopicArn: TOPIC,
    'PublishBatchRequestEntries.member.1.Id': 'a',
    'PublishBatchRequestEntries.member.1.Message': 'b',
  },
};

/** @type {Record<string, Record<string, string>>} */
const IAM = {
  GetRolePolicy: { RoleName: 'notifier', PolicyName: 'notifier' },
  PutRolePolicy: {
    RoleName: 'signup-api',
    PolicyName: 'signup-api',
    PolicyDocument:
      '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sns:*","Resource":"*"}]}',
  },
  DeleteRolePolicy: { RoleName: 'signup-api', PolicyName: 'signup-api' },
};
const STS = { GetCallerIdentity: {} };

const VERSIONS = { sns: '2010-03-31', iam: '2010-05-08', sts: '2011-06-15', sqs: '2012-11-05' };

/**
 * Makes a case against aws-local: a call of one of its services, damaged.
 *
 * @param {Random} random
 * @returns {AwsCase}
 */
export function makeAwsCase(random) {
  const kind = random.int(100);
  const isSigned = !random.chance(0.03);
  if (kind < 50) return { ...jsonCall(random, 'dynamodb', 'DynamoDB_20120810', DYNAMO_DB), isSigned };
  if (kind < 75) return { ...jsonCall(random, 'sqs', 'AmazonSQS', SQS), isSigned };
  if (kind < 90) return { ...formCall(random, 'sns', SNS), isSigned };
  if (kind < 95) return { ...formCall(random, 'iam', IAM), isSigned };
  if (kind < 97) return { ...formCall(random, 'sts', STS), isSigned };
  return {
    ...formCall(random, 'sqs', {
      SendMessage: { QueueUrl: QUEUE, MessageBody: 'a', 'Attribute.1.Name': 'a' },
    }),
    isSigned,
  };
}

/**
 * @param {Random} random
 * @param {string} service
 * @param {string} prefix
 * @param {Record<string, (random: Random) => Record<string, unknown>>} operations
 */
function jsonCall(random, service, prefix, operations) {
  const operation = random.pick(Object.keys(operations));
  const input = operations[operation]?.(random);
  let body = Buffer.from(
    JSON.stringify(
      random.chance(0.05) ? hostileValue(random) : mutateValue(random, input, random.pick([0, 0.04, 0.15])),
    ),
  );
  if (random.chance(0.1)) body = mutateBytes(random, body);
  const target = random.chance(0.01) ? 'Nothing.Known' : `${prefix}.${operation}`;
  return { service, headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target }, body };
}

/**
 * @param {Random} random
 * @param {'sns' | 'iam' | 'sts' | 'sqs'} service
 * @param {Record<string, Record<string, string>>} operations
 */
function formCall(random, service, operations) {
  const action = random.pick(Object.keys(operations));
  const fields = Object.entries({ Action: action, Version: VERSIONS[service], ...operations[action] })
    .filter(() => !random.chance(0.05))
    .map(([name, value]) => [name, random.chance(0.1) ? hostileText(random) : value]);
  if (random.chance(0.1)) fields.push([hostileText(random), hostileText(random)]);
  const body = Buffer.from(new URLSearchParams(fields).toString());
  return {
    service,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: random.chance(0.1) ? mutateBytes(random, body) : body,
  };
}
