import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as sdk from '@aws-sdk/client-xray';
import { OPERATION_NAMES, OPERATIONS } from '../src/api/operations.js';
import { aSegment, aTraceId, BASE_SEC } from './segment-documents.js';
import { startForTest } from './start-for-test.js';
import type { XrayForTest } from './start-for-test.js';

const TRACE_ID = aTraceId(1);
const WINDOW = { StartTime: new Date(BASE_SEC * 1000), EndTime: new Date((BASE_SEC + 600) * 1000) };
const NOW_WINDOW = { StartTime: new Date(Date.now() - 60_000), EndTime: new Date() };
const INSIGHT_ID = '11111111-2222-3333-4444-555555555555';
const CLIENT_ID = '0123456789abcdef01234567';
const GROUP_ARN = expect.stringMatching(/^arn:aws:xray:us-east-1:000000000000:group\/slow\/[0-9A-F]{32}$/);
const RULE_ARN = 'arn:aws:xray:us-east-1:000000000000:sampling-rule/checkout';
const POLICY =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"xray:*"}]}';

const RULE = {
  RuleName: 'checkout',
  ResourceARN: '*',
  Priority: 100,
  FixedRate: 0.5,
  ReservoirSize: 10,
  ServiceName: 'signup-api',
  ServiceType: '*',
  Host: '*',
  HTTPMethod: 'POST',
  URLPath: '/signup',
  Version: 1,
};

interface Step {
  /** Name of the command in the SDK, without `Command`. */
  operation: string;
  input: (known: Known) => object;
  output: unknown;
}

/** What later calls need of earlier answers. */
interface Known {
  token: string;
}

function step(operation: string, input: Step['input'] | object, output: unknown): Step {
  return { operation, input: typeof input === 'function' ? (input as Step['input']) : () => input, output };
}

const SERVICES = [
  { Name: 'signup-api', Type: 'client' },
  { Name: 'signup-api', Root: true, SummaryStatistics: { TotalCount: 1, OkCount: 1 } },
];
const CHECKOUT = { SamplingRule: { ...RULE, RuleARN: RULE_ARN, Attributes: {} } };

/** In this order, because what one makes the next ones read. */
const STEPS: readonly Step[] = [
  step(
    'PutTraceSegments',
    { TraceSegmentDocuments: [JSON.stringify(aSegment(1, { trace_id: TRACE_ID }))] },
    { UnprocessedTraceSegments: [] },
  ),
  step('PutTelemetryRecords', { TelemetryRecords: [{ Timestamp: new Date(), SegmentsSentCount: 3 }] }, {}),
  step('GetServiceGraph', WINDOW, { ...WINDOW, Services: SERVICES, ContainsOldGroupVersions: false }),
  step('GetTraceGraph', { TraceIds: [TRACE_ID] }, { Services: SERVICES }),
  step('GetTraceSummaries', WINDOW, { TraceSummaries: [{ Id: TRACE_ID }], TracesProcessedCount: 1 }),
  step('BatchGetTraces', { TraceIds: [TRACE_ID] }, { Traces: [{ Id: TRACE_ID, Segments: [{}] }] }),
  step(
    'GetTimeSeriesServiceStatistics',
    { ...WINDOW, Period: 300 },
    {
      TimeSeriesServiceStatistics: [
        { EdgeSummaryStatistics: { TotalCount: 1 }, ResponseTimeHistogram: [{ Value: 0.1, Count: 1 }] },
        { EdgeSummaryStatistics: { TotalCount: 0 }, ResponseTimeHistogram: [] },
        { EdgeSummaryStatistics: { TotalCount: 0 } },
      ],
      ContainsOldGroupVersions: false,
    },
  ),
  step(
    'CreateGroup',
    { GroupName: 'slow', FilterExpression: 'responsetime > 1', Tags: [{ Key: 'team', Value: 'a' }] },
    { Group: { GroupName: 'slow', GroupARN: GROUP_ARN, FilterExpression: 'responsetime > 1' } },
  ),
  step(
    'UpdateGroup',
    { GroupName: 'slow', InsightsConfiguration: { InsightsEnabled: true } },
    { Group: { FilterExpression: 'responsetime > 1', InsightsConfiguration: { InsightsEnabled: true } } },
  ),
  step('GetGroup', { GroupName: 'slow' }, { Group: { GroupARN: GROUP_ARN } }),
  step('GetGroups', {}, { Groups: [{ GroupName: 'Default' }, { GroupName: 'slow' }] }),
  step('DeleteGroup', { GroupName: 'slow' }, {}),
  step('CreateSamplingRule', { SamplingRule: RULE }, { SamplingRuleRecord: CHECKOUT }),
  step(
    'UpdateSamplingRule',
    { SamplingRuleUpdate: { RuleName: 'checkout', FixedRate: 0.5, Attributes: {} } },
    { SamplingRuleRecord: { ...CHECKOUT, ModifiedAt: expect.any(Date) } },
  ),
  step(
    'GetSamplingRules',
    {},
    {
      SamplingRuleRecords: [CHECKOUT, { SamplingRule: { RuleName: 'Default', FixedRate: 0.05 } }],
    },
  ),
  step(
    'GetSamplingTargets',
    () => ({
      SamplingStatisticsDocuments: [
        {
          RuleName: 'checkout',
          ClientID: CLIENT_ID,
          Timestamp: new Date(),
          RequestCount: 9,
          SampledCount: 4,
        },
      ],
    }),
    {
      SamplingTargetDocuments: [{ RuleName: 'checkout', FixedRate: 0.5, ReservoirQuota: 10, Interval: 10 }],
      LastRuleModification: expect.any(Date),
      UnprocessedStatistics: [],
    },
  ),
  step(
    'GetSamplingStatisticSummaries',
    {},
    {
      SamplingStatisticSummaries: [
        { RuleName: 'checkout', RequestCount: 9, SampledCount: 4, BorrowCount: 0 },
      ],
    },
  ),
  step('TagResource', { ResourceARN: RULE_ARN, Tags: [{ Key: 'team', Value: 'a' }] }, {}),
  step('ListTagsForResource', { ResourceARN: RULE_ARN }, { Tags: [{ Key: 'team', Value: 'a' }] }),
  step('UntagResource', { ResourceARN: RULE_ARN, TagKeys: ['team'] }, {}),
  step('DeleteSamplingRule', { RuleName: 'checkout' }, { SamplingRuleRecord: CHECKOUT }),
  step(
    'PutEncryptionConfig',
    { Type: 'KMS', KeyId: 'alias/traces' },
    {
      EncryptionConfig: { Type: 'KMS', KeyId: 'alias/traces', Status: 'UPDATING' },
    },
  ),
  step('GetEncryptionConfig', {}, { EncryptionConfig: { Type: 'KMS', Status: 'ACTIVE' } }),
  step('GetInsightSummaries', WINDOW, { InsightSummaries: [] }),
  step('GetInsightEvents', { InsightId: INSIGHT_ID }, { InsightEvents: [] }),
  step(
    'GetInsightImpactGraph',
    { InsightId: INSIGHT_ID, ...NOW_WINDOW },
    {
      InsightId: INSIGHT_ID,
      ...NOW_WINDOW,
      Services: [],
    },
  ),
  step(
    'PutResourcePolicy',
    { PolicyName: 'all', PolicyDocument: POLICY },
    {
      ResourcePolicy: { PolicyName: 'all', PolicyDocument: POLICY, PolicyRevisionId: '1' },
    },
  ),
  step(
    'ListResourcePolicies',
    {},
    { ResourcePolicies: [{ PolicyName: 'all', LastUpdatedTime: expect.any(Date) }] },
  ),
  step('DeleteResourcePolicy', { PolicyName: 'all', PolicyRevisionId: '1' }, {}),
  step(
    'UpdateIndexingRule',
    { Name: 'Default', Rule: { Probabilistic: { DesiredSamplingPercentage: 20 } } },
    { IndexingRule: { Name: 'Default', Rule: { Probabilistic: { DesiredSamplingPercentage: 20 } } } },
  ),
  step('GetIndexingRules', {}, { IndexingRules: [{ Name: 'Default', ModifiedAt: expect.any(Date) }] }),
  step(
    'UpdateTraceSegmentDestination',
    { Destination: 'CloudWatchLogs' },
    {
      Destination: 'CloudWatchLogs',
      Status: 'PENDING',
    },
  ),
  step('GetTraceSegmentDestination', {}, { Destination: 'CloudWatchLogs', Status: 'ACTIVE' }),
  step('StartTraceRetrieval', { TraceIds: [TRACE_ID], ...WINDOW }, { RetrievalToken: expect.any(String) }),
  step('ListRetrievedTraces', ({ token }: Known) => ({ RetrievalToken: token, TraceFormat: 'OTEL' }), {
    RetrievalStatus: 'COMPLETE',
    TraceFormat: 'OTEL',
    Traces: [{ Id: TRACE_ID, Spans: [{ Id: aSegment(1).id }] }],
  }),
  step('GetRetrievedTracesGraph', ({ token }: Known) => ({ RetrievalToken: token }), {
    RetrievalStatus: 'COMPLETE',
    Services: SERVICES.map((Service) => ({ Service, Links: [] })),
  }),
  step('CancelTraceRetrieval', ({ token }: Known) => ({ RetrievalToken: token }), {}),
];

/** Answered with an error even to the best of requests. */
const REFUSED = ['GetInsight'];

type AnyCommand = new (input: object) => sdk.GetGroupsCommand;

function commandOf(operation: string): AnyCommand {
  return (sdk as unknown as Record<string, AnyCommand>)[`${operation}Command`]!;
}

const operationsOfTheSdk = Object.keys(sdk)
  .filter((name) => /^[A-Z].*[a-z]Command$/.test(name) && name !== '$Command')
  .map((name) => name.replace(/Command$/, ''));

describe('the operations of the X-Ray API', () => {
  let xray: XrayForTest;
  const known: Known = { token: '' };

  beforeAll(async () => {
    xray = await startForTest();
  });
  afterAll(async () => {
    await xray.stop();
  });

  it('are all those of the SDK, and each is called here', () => {
    const called = [...STEPS.map(({ operation }) => operation), ...REFUSED];

    expect(operationsOfTheSdk).toHaveLength(38);
    expect(called.toSorted()).toEqual(operationsOfTheSdk.toSorted());
    expect(Object.values(OPERATION_NAMES).toSorted()).toEqual(operationsOfTheSdk.toSorted());
    expect(Object.keys(OPERATIONS).toSorted()).toEqual(operationsOfTheSdk.toSorted());
  });

  it.each(STEPS.map((one) => [one.operation, one] as const))('%s answers the SDK', async (operation, one) => {
    const { $metadata, ...output } = await xray.client.send(new (commandOf(operation))(one.input(known)));

    expect($metadata.httpStatusCode).toBe(200);
    expect(output).toMatchObject(one.output as object);
    if ('RetrievalToken' in output) known.token = String(output.RetrievalToken);
  });

  it('GetInsight knows no insight', async () => {
    const call = xray.client.send(new sdk.GetInsightCommand({ InsightId: INSIGHT_ID }));

    await expect(call).rejects.toMatchObject({
      name: 'InvalidRequestException',
      message: `InsightId: there is no insight ${INSIGHT_ID}`,
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('take no unknown token, those that are answered in pages', async () => {
    const paginated = Object.keys(sdk).flatMap((name) => /^paginate(\w+)$/.exec(name)?.[1] ?? []);
    expect(paginated.length).toBeGreaterThan(10);
    const tokenless = paginated.filter((operation) => !STEPS.some((one) => one.operation === operation));
    expect(tokenless).toEqual([]);

    for (const operation of paginated.filter((name) => !/Retrieved|Tags/.test(name))) {
      const input = {
        ...STEPS.find((one) => one.operation === operation)!.input(known),
        NextToken: 'nonsense',
      };
      await expect(xray.client.send(new (commandOf(operation))(input))).rejects.toThrow(
        'NextToken is not a token of this query',
      );
    }
  });
});
