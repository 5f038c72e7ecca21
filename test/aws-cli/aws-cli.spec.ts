import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findProjectRoot } from '#local-stack';
import { createAwsCli } from './aws-cli.js';
import type { AwsCli } from './aws-cli.js';

const PROGRAM = join(findProjectRoot(), 'dist', 'apps', 'xray-local', 'src', 'main.js');
const NOW_SEC = Math.floor(Date.now() / 1000);
const FROM = String(NOW_SEC - 60);
const UNTIL = String(NOW_SEC + 60);
const WINDOW = ['--start-time', FROM, '--end-time', UNTIL];
const MANY_TRACES = 250;

function aTraceId(number: number): string {
  return `1-${NOW_SEC.toString(16)}-${number.toString(16).padStart(24, '0')}`;
}

function aSegment(number: number, fields: Record<string, unknown> = {}): string {
  return JSON.stringify({
    name: 'shop',
    id: number.toString(16).padStart(16, '0'),
    trace_id: aTraceId(number),
    start_time: NOW_SEC - 1,
    end_time: NOW_SEC - 0.5,
    ...fields,
  });
}

const ORDER = aSegment(1, {
  http: { request: { method: 'POST', url: 'http://shop/orders' }, response: { status: 503 } },
  fault: true,
  annotations: { plan: 'pro' },
  subsegments: [
    {
      name: 'DynamoDB',
      id: '00000000000000aa',
      namespace: 'aws',
      aws: { table_name: 'orders' },
      start_time: NOW_SEC - 0.9,
      end_time: NOW_SEC - 0.8,
    },
  ],
});

const RULE = {
  RuleName: 'checkout',
  ResourceARN: '*',
  Priority: 10,
  FixedRate: 0.5,
  ReservoirSize: 2,
  ServiceName: '*',
  ServiceType: '*',
  Host: '*',
  HTTPMethod: 'POST',
  URLPath: '/orders/*',
  Version: 1,
};

describe('the AWS CLI', () => {
  let program: ChildProcess;
  let url: string;
  let cli: AwsCli;

  beforeAll(async () => {
    const env = { ...process.env, NODE_OPTIONS: '', XRAY_LOCAL_PORT: '0', XRAY_LOCAL_OTLP_PORT: '0' };
    program = fork(PROGRAM, [], { env, silent: true });
    program.stdout?.resume();
    program.stderr?.resume();
    const [{ addresses }] = (await once(program, 'message')) as [{ addresses: { xray: string } }];
    url = addresses.xray;
    cli = createAwsCli(url);
    await aws('put-trace-segments', '--trace-segment-documents', ORDER);
  });
  afterAll(async () => {
    cli.remove();
    const exited = once(program, 'exit');
    program.kill('SIGTERM');
    await exited;
  });

  /** What a command that succeeds prints. */
  async function aws(...args: string[]): Promise<unknown> {
    const { exitCode, output, problem } = await cli.xray(...args);
    expect({ args, exitCode, problem }).toEqual({ args, exitCode: 0, problem: '' });
    return output;
  }

  it('prints which documents were refused', async () => {
    expect(await aws('put-trace-segments', '--trace-segment-documents', '{}', ORDER)).toEqual({
      UnprocessedTraceSegments: [
        { ErrorCode: 'MissingId', Message: 'Invalid segment. ErrorCode: MissingId: id is missing' },
      ],
    });
  });

  it('prints the service graph, with times as numbers and as dates', async () => {
    const services = {
      Services: [
        { Name: 'shop', Type: 'client' },
        { Name: 'shop', Root: true, SummaryStatistics: { FaultStatistics: { TotalCount: 1 } } },
        { Name: 'orders', Type: 'AWS::DynamoDB::Table' },
      ],
    };
    const dates = [FROM, UNTIL].map((seconds) => new Date(Number(seconds) * 1000).toISOString());

    expect(await aws('get-service-graph', ...WINDOW)).toMatchObject(services);
    expect(await aws('get-service-graph', '--start-time', dates[0]!, '--end-time', dates[1]!)).toMatchObject(
      services,
    );
    expect(await aws('get-trace-graph', '--trace-ids', aTraceId(1))).toMatchObject(services);
  });

  it('lists traces by filter expression, and prints them whole', async () => {
    const found = ['--filter-expression', 'service("orders") { ok } AND annotation.plan = "pro" AND fault'];
    const ids = ['--query', 'TraceSummaries[*].Id', '--output', 'text'];

    expect(await aws('get-trace-summaries', ...WINDOW, ...found, ...ids)).toBe(aTraceId(1));
    expect(await aws('get-trace-summaries', ...WINDOW, '--filter-expression', 'ok', ...ids)).toBe('');
    expect(
      await aws('get-trace-summaries', ...WINDOW, '--time-range-type', 'Event', '--no-sampling'),
    ).toMatchObject({ TraceSummaries: [{ HasFault: true, Http: { HttpStatus: 503 } }] });
    expect(await aws('batch-get-traces', '--trace-ids', aTraceId(1), aTraceId(9999))).toMatchObject({
      Traces: [{ Id: aTraceId(1), Segments: [{}, {}] }],
      UnprocessedTraceIds: [aTraceId(9999)],
    });
  });

  it('prints statistics by the minute', async () => {
    const selector = ['--entity-selector-expression', 'service(id(name: "orders"))', '--period', '60'];
    const { TimeSeriesServiceStatistics: series } = (await aws(
      'get-time-series-service-statistics',
      ...WINDOW,
      ...selector,
    )) as { TimeSeriesServiceStatistics: { ServiceSummaryStatistics: { TotalCount: number } }[] };

    expect(series.reduce((sum, period) => sum + period.ServiceSummaryStatistics.TotalCount, 0)).toBe(1);
  });

  it('makes, changes, uses, tags and deletes a group', async () => {
    const group = ['--group-name', 'broken'];
    const made = (await aws(
      'create-group',
      ...group,
      '--filter-expression',
      'ok',
      '--tags',
      'Key=team,Value=shop',
    )) as { Group: { GroupARN: string } };
    const arn = ['--resource-arn', made.Group.GroupARN];
    const changed = {
      Group: { FilterExpression: 'fault', InsightsConfiguration: { InsightsEnabled: true } },
    };

    expect(await aws('get-service-graph', ...WINDOW, ...group)).toMatchObject({ Services: [] });
    expect(
      await aws(
        'update-group',
        ...group,
        '--filter-expression',
        'fault',
        '--insights-configuration',
        'InsightsEnabled=true',
      ),
    ).toMatchObject(changed);
    expect(await aws('get-group', ...group)).toMatchObject(changed);
    expect(await aws('get-groups')).toMatchObject({ Groups: [{ GroupName: 'Default' }, changed.Group] });
    expect(await aws('get-service-graph', ...WINDOW, ...group)).toMatchObject({ Services: [{}, {}, {}] });
    await aws('tag-resource', ...arn, '--tags', 'Key=stage,Value=test');
    await aws('untag-resource', ...arn, '--tag-keys', 'team');
    expect(await aws('list-tags-for-resource', ...arn)).toEqual({ Tags: [{ Key: 'stage', Value: 'test' }] });
    expect(await aws('get-insight-summaries', ...WINDOW, ...group)).toEqual({ InsightSummaries: [] });
    expect(await aws('delete-group', ...group)).toBe('');
  });

  it('makes, changes, reports on and deletes a sampling rule', async () => {
    const report = `RuleName=checkout,ClientID=${'a'.repeat(24)},Timestamp=${NOW_SEC},RequestCount=4,SampledCount=2`;

    await aws('create-sampling-rule', '--sampling-rule', JSON.stringify(RULE));
    await aws('update-sampling-rule', '--sampling-rule-update', 'RuleName=Default,FixedRate=1');
    expect(await aws('get-sampling-rules')).toMatchObject({
      SamplingRuleRecords: [{ SamplingRule: RULE }, { SamplingRule: { RuleName: 'Default', FixedRate: 1 } }],
    });
    expect(await aws('get-sampling-targets', '--sampling-statistics-documents', report)).toMatchObject({
      SamplingTargetDocuments: [{ RuleName: 'checkout', ReservoirQuota: 2, Interval: 10 }],
    });
    expect(await aws('get-sampling-statistic-summaries')).toMatchObject({
      SamplingStatisticSummaries: [{ RuleName: 'checkout', RequestCount: 4, SampledCount: 2 }],
    });
    expect(await aws('delete-sampling-rule', '--rule-name', 'checkout')).toMatchObject({
      SamplingRuleRecord: { SamplingRule: RULE },
    });
  });

  it('reads and writes the settings of the account', async () => {
    const allow = { Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'xray:Put*' };
    const document = JSON.stringify({ Version: '2012-10-17', Statement: [{ ...allow, Resource: '*' }] });

    await aws('put-encryption-config', '--type', 'KMS', '--key-id', 'alias/traces');
    expect(await aws('get-encryption-config')).toEqual({
      EncryptionConfig: { Type: 'KMS', KeyId: 'alias/traces', Status: 'ACTIVE' },
    });
    await aws('put-resource-policy', '--policy-name', 'sns', '--policy-document', document);
    expect(await aws('list-resource-policies')).toMatchObject({
      ResourcePolicies: [{ PolicyName: 'sns', PolicyDocument: document }],
    });
    await aws('delete-resource-policy', '--policy-name', 'sns');
    await aws(
      'update-indexing-rule',
      '--name',
      'Default',
      '--rule',
      'Probabilistic={DesiredSamplingPercentage=5}',
    );
    expect(await aws('get-indexing-rules')).toMatchObject({
      IndexingRules: [{ Rule: { Probabilistic: { DesiredSamplingPercentage: 5 } } }],
    });
    await aws('update-trace-segment-destination', '--destination', 'CloudWatchLogs');
    expect(await aws('get-trace-segment-destination')).toEqual({
      Destination: 'CloudWatchLogs',
      Status: 'ACTIVE',
    });
    expect(
      await aws('put-telemetry-records', '--telemetry-records', `Timestamp=${NOW_SEC},SegmentsSentCount=1`),
    ).toBe('');
  });

  it('retrieves traces by a token', async () => {
    const started = await aws('start-trace-retrieval', ...WINDOW, '--trace-ids', aTraceId(1));
    const token = ['--retrieval-token', (started as { RetrievalToken: string }).RetrievalToken];

    expect(await aws('list-retrieved-traces', ...token, '--trace-format', 'OTEL')).toMatchObject({
      RetrievalStatus: 'COMPLETE',
      Traces: [{ Id: aTraceId(1), Spans: [{}, {}] }],
    });
    expect(await aws('get-retrieved-traces-graph', ...token)).toMatchObject({ Services: [{}, {}, {}] });
    await aws('cancel-trace-retrieval', ...token);
    expect(await aws('list-retrieved-traces', ...token)).toMatchObject({ RetrievalStatus: 'CANCELLED' });
  });

  it('follows the pages of a long list', async () => {
    const documents = Array.from({ length: MANY_TRACES }, (_, index) =>
      aSegment(1000 + index, { name: 'many' }),
    );
    const body = JSON.stringify({ TraceSegmentDocuments: documents });
    await fetch(`${url}/TraceSegments`, { method: 'POST', body });
    const found = [...WINDOW, '--filter-expression', 'service("many")'];
    const ids = await aws('get-trace-summaries', ...found, '--query', 'TraceSummaries[*].Id');
    const first = (await aws('get-trace-summaries', ...found, '--max-items', '120')) as {
      TraceSummaries: { Id: string }[];
      NextToken: string;
    };
    const rest = (await aws('get-trace-summaries', ...found, '--starting-token', first.NextToken)) as {
      TraceSummaries: { Id: string }[];
    };

    expect(new Set(ids as string[]).size).toBe(MANY_TRACES);
    expect([...first.TraceSummaries, ...rest.TraceSummaries].map(({ Id }) => Id)).toEqual(ids);
  });

  it.each([
    [['get-group', '--group-name', 'nobody'], 'GetGroup operation: GroupName: there is no group nobody'],
    [
      ['get-trace-summaries', ...WINDOW, '--filter-expression', 'duration > "long"'],
      'GetTraceSummaries operation: FilterExpression, column 12: ',
    ],
    [
      ['get-service-graph', '--start-time', UNTIL, '--end-time', FROM],
      'GetServiceGraph operation: EndTime must be later than StartTime',
    ],
    [
      ['get-insight', '--insight-id', '12345678-1234-1234-1234-123456789012'],
      'GetInsight operation: InsightId: there is no insight',
    ],
  ])('prints why %j is refused', async (args, message) => {
    const { exitCode, problem } = await cli.xray(...args);

    expect(exitCode).not.toBe(0);
    expect(problem).toContain(`An error occurred (InvalidRequestException) when calling the ${message}`);
  });
});
