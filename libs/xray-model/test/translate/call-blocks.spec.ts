import { describe, expect, it } from '@jest/globals';
import type { SegmentSql } from '../../src/segment/segment-document.js';
import { aCall, defaultMetadata, translateOne } from './spans.js';
import type { PlainAttributes, PlainValue } from './spans.js';

const XRAY = { xray: { auto_instrumentation: false } };

describe('the call in the aws block', () => {
  it.each([
    [{ 'aws.operation': 'ListBuckets' }, { operation: 'ListBuckets' }],
    [{ 'rpc.method': 'ListBuckets' }, { operation: 'ListBuckets' }],
    [{ 'rpc.method': 'never', 'aws.operation': 'ListBuckets' }, { operation: 'ListBuckets' }],
    [{ 'rpc.method': 'never', 'aws.operation': '' }, {}],
    [{ 'aws.account_id': '987654321' }, { account_id: '987654321' }],
    [{ 'aws.region': 'us-east-2' }, { region: 'us-east-2' }],
    [{ 'aws.request_id': 'r' }, { request_id: 'r' }],
    [{ 'aws.requestId': 'r' }, { request_id: 'r' }],
    [{ 'aws.queue_url': 'q' }, { queue_url: 'q' }],
    [{ 'aws.queue.url': 'q' }, { queue_url: 'q' }],
    [{ 'aws.table_name': 't' }, { table_name: 't' }],
    [{ 'aws.table.name': 't' }, { table_name: 't' }],
    [{ 'aws.region': 7 }, {}],
  ] as [PlainAttributes, object][])('of %j is %j, and nothing is left', (plain, call) => {
    const document = translateOne(aCall(plain));

    expect(document.aws).toEqual({ ...XRAY, ...call });
    expect(document).not.toHaveProperty('metadata');
  });

  it.each([
    [{ 'messaging.url': 'q' }, { queue_url: 'q' }],
    [{ 'messaging.url': 'q', 'aws.queue_url': 'never' }, { queue_url: 'q' }],
    [{ 'messaging.url': 7, 'aws.queue_url': 'never' }, {}],
    [{ 'aws.dynamodb.table_names': 't' }, { table_name: 't' }],
    [{ 'aws.dynamodb.table_names': ['t'] }, { table_name: 't' }],
    [{ 'aws.dynamodb.table_names': [7], 'aws.table_name': 'never' }, {}],
    [{ 'aws.dynamodb.table_names': ['t1', 't2'], 'aws.table_name': 'never' }, { table_names: ['t1', 't2'] }],
    [{ 'aws.dynamodb.table_names': ['t1', 7] }, { table_names: ['t1', ''] }],
    [{ 'aws.dynamodb.table_names': [], 'aws.table_name': 't' }, { table_name: 't' }],
    [{ 'aws.dynamodb.table_names': 7, 'aws.table_name': 't' }, { table_name: 't' }],
  ] as [Record<string, PlainValue>, object][])(
    'of %j is %j, and the semantic conventions stay',
    (plain, call) => {
      const document = translateOne(aCall(plain));
      const [key, value] = Object.entries(plain)[0]!;

      expect(document.aws).toEqual({ ...XRAY, ...call });
      expect(defaultMetadata(document)).toEqual({ [key]: value });
    },
  );

  it.each([
    [{ 'aws.account_id': '2' }, '2'],
    [{ 'aws.account_id': '' }, undefined],
    [{ 'aws.account_id': 2 }, undefined],
    [{ 'aws.account_id': { kind: 'empty' } }, '1'],
    [
      [
        ['aws.account_id', '2'],
        ['aws.account_id', { kind: 'empty' }],
      ],
      '1',
    ],
  ] as [PlainAttributes, string | undefined][])(
    'with %j overrides the account of the resource with %s',
    (plain, account) => {
      expect(translateOne(aCall(plain), { resource: { 'cloud.account.id': '1' } }).aws?.account_id).toBe(
        account,
      );
    },
  );

  it.each([
    'cloud.region',
    'cloud.resource_id',
    'aws.request.id',
    'aws.extended_request_id',
    'aws.sns.topic.arn',
    'messaging.destination.name',
    'messaging.destination',
    'aws.s3.bucket',
    'aws.sqs.queue.url',
    'aws.lambda.invoked_arn',
    'faas.invoked_name',
    'aws.remote.resource.type',
    'aws.xray.resource_arn',
    'aws.xray.traced',
    'aws.xray.retries',
  ])('does not read %s', (key) => {
    const document = translateOne(aCall({ [key]: 'v' }));

    expect(document.aws).toEqual(XRAY);
    expect(defaultMetadata(document)).toEqual({ [key]: 'v' });
  });
});

describe('the sql block', () => {
  const CALL = {
    'db.system': 'mysql',
    'db.name': 'customers',
    'db.statement': 'SELECT * FROM user WHERE user_id = ?',
    'db.user': 'readonly_user',
    'db.connection_string': 'mysql://db.dev.example.com:3306',
    'net.peer.name': 'db.dev.example.com',
  };
  const SQL: SegmentSql = {
    connection_string: 'mysql://db.dev.example.com:3306/customers',
    url: 'getUser',
    sanitized_query: 'SELECT * FROM user WHERE user_id = ?',
    database_type: 'mysql',
    user: 'readonly_user',
  };

  it('tells of a statement, with the name of the span for a URL', () => {
    const document = translateOne(aCall({ ...CALL, 'db.operation': 'SELECT' }, { name: 'getUser' }));

    expect(document.sql).toEqual(SQL);
    expect(document.name).toBe('customers@db.dev.example.com');
    expect(defaultMetadata(document)).toEqual({ 'db.operation': 'SELECT' });
  });

  it('says localhost without a connection string, and leaves out what is not there', () => {
    const document = translateOne(aCall({ 'db.system': 'sqlite' }, { name: '' }));

    expect(document.sql).toEqual({ connection_string: 'localhost/', database_type: 'sqlite' });
  });

  it.each([
    'db2',
    'derby',
    'hive',
    'mariadb',
    'mssql',
    'mysql',
    'oracle',
    'postgresql',
    'sqlite',
    'teradata',
    'other_sql',
  ])('is there for %s', (system) => {
    expect(translateOne(aCall({ 'db.system': system })).sql?.database_type).toBe(system);
  });

  it.each([
    { ...CALL, 'db.system': 'redis' },
    { 'db.system.name': 'mysql', 'db.query.text': 'SELECT 1', 'db.namespace': 'customers' },
    { 'db.statement': 'SELECT 1' },
  ])('is not there for %j, and all stays in the metadata', (plain) => {
    const { 'net.peer.name': _used, ...rest } = { 'net.peer.name': '', ...plain };
    const document = translateOne(aCall(plain));

    expect(document).not.toHaveProperty('sql');
    expect(defaultMetadata(document)).toEqual(rest);
  });
});
