import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { callApi } from './api-caller.js';
import { startForTest } from './start-for-test.js';
import type { XrayForTest } from './start-for-test.js';

const RULE = {
  RuleName: 'checkout',
  ResourceARN: '*',
  Priority: 100,
  FixedRate: 0.5,
  ReservoirSize: 10,
  ServiceName: '*',
  ServiceType: '*',
  Host: '*',
  HTTPMethod: '*',
  URLPath: '*',
  Version: 1,
};
const rule = (change: object): object => ({ SamplingRule: { ...RULE, ...change } });
const update = (change: object): object => ({ SamplingRuleUpdate: { RuleName: 'kept', ...change } });
const STATISTICS = {
  RuleName: 'Default',
  ClientID: '0'.repeat(24),
  Timestamp: 1_700_000_000,
  RequestCount: 1,
  SampledCount: 1,
};
const statistics = (change: object): object => ({
  SamplingStatisticsDocuments: [{ ...STATISTICS, ...change }],
});
const WINDOW = { StartTime: 1_700_000_000, EndTime: 1_700_000_600 };
const ID = '11111111-2222-3333-4444-555555555555';
const indexing = (percentage: unknown): object => ({
  Name: 'Default',
  Rule: { Probabilistic: { DesiredSamplingPercentage: percentage } },
});
const DEFAULT_RULE_ARN = 'arn:aws:xray:us-east-1:000000000000:sampling-rule/Default';
const manyTags = Array.from({ length: 51 }, (_, index) => ({ Key: `k${index}`, Value: '' }));

/** Path, input and the message, which names the field and the reason. */
const INVALID: readonly [path: string, input: object, message: string][] = [
  ['/CreateGroup', {}, 'GroupName is required'],
  ['/CreateGroup', { GroupName: '' }, 'GroupName must not be empty'],
  ['/CreateGroup', { GroupName: 'a'.repeat(33) }, 'GroupName must have at most 32 characters'],
  ['/CreateGroup', { GroupName: 'a b' }, 'GroupName must have letters, digits and dashes alone'],
  ['/CreateGroup', { GroupName: 'Default' }, 'GroupName: Default is reserved'],
  ['/CreateGroup', { GroupName: 'kept' }, 'GroupName: there is a group kept'],
  ['/CreateGroup', { GroupName: 'x', FilterExpression: 'fault AND' }, 'FilterExpression, column 10: '],
  ['/CreateGroup', { GroupName: 'x', FilterExpression: '  fault AND' }, 'FilterExpression, column 12: '],
  [
    '/CreateGroup',
    { GroupName: 'x', FilterExpression: 'fault OR !group.name = "none"' },
    'FilterExpression: there is no group none',
  ],
  [
    '/CreateGroup',
    { GroupName: 'x', InsightsConfiguration: { NotificationsEnabled: true } },
    'InsightsConfiguration.NotificationsEnabled needs InsightsConfiguration.InsightsEnabled',
  ],
  [
    '/CreateGroup',
    { GroupName: 'x', InsightsConfiguration: { InsightsEnabled: 1 } },
    'InsightsConfiguration.InsightsEnabled must be true or false',
  ],
  [
    '/CreateGroup',
    { GroupName: 'x', Tags: [{ Key: 'aws:x', Value: '' }] },
    'Tags[0].Key must not start with aws:',
  ],
  ['/CreateGroup', { GroupName: 'x', Tags: [{ Key: 'a' }] }, 'Tags[0].Value is required'],
  ['/CreateGroup', { GroupName: 'x', Tags: 'a' }, 'Tags must be a list of objects'],
  ['/CreateGroup', { GroupName: 'x', Tags: [null] }, 'Tags[0] is required'],
  ['/GetGroup', {}, 'GroupName or GroupARN is required'],
  ['/GetGroup', { GroupName: 'none' }, 'GroupName: there is no group none'],
  ['/GetGroup', { GroupARN: 'arn:x' }, 'GroupARN: there is no group arn:x'],
  ['/UpdateGroup', { GroupName: 'none' }, 'GroupName: there is no group none'],
  [
    '/UpdateGroup',
    { GroupName: 'Default', FilterExpression: 'fault' },
    'FilterExpression: the default group takes every trace',
  ],
  ['/DeleteGroup', { GroupName: 'Default' }, 'GroupName: the default group cannot be deleted'],
  ['/ServiceGraph', { ...WINDOW, GroupName: 'none' }, 'GroupName: there is no group none'],
  [
    '/TraceSummaries',
    { ...WINDOW, FilterExpression: 'group.name = "none"' },
    'FilterExpression: there is no group none',
  ],

  ['/CreateSamplingRule', {}, 'SamplingRule is required'],
  ['/CreateSamplingRule', { SamplingRule: [] }, 'SamplingRule must be an object'],
  ['/CreateSamplingRule', rule({ RuleName: undefined }), 'SamplingRule.RuleName is required'],
  [
    '/CreateSamplingRule',
    rule({ RuleName: 'a'.repeat(33) }),
    'SamplingRule.RuleName must have at most 32 characters',
  ],
  [
    '/CreateSamplingRule',
    rule({ RuleARN: 'arn:x' }),
    'SamplingRule.RuleARN must not be given: a new rule gets its own',
  ],
  ['/CreateSamplingRule', rule({ RuleName: 'kept' }), 'SamplingRule.RuleName: there is a sampling rule kept'],
  [
    '/CreateSamplingRule',
    rule({ RuleName: 'Default' }),
    'SamplingRule.RuleName: there is a sampling rule Default',
  ],
  ...[
    'Priority',
    'FixedRate',
    'ReservoirSize',
    'ServiceName',
    'ServiceType',
    'Host',
    'HTTPMethod',
    'URLPath',
    'ResourceARN',
    'Version',
  ].map((name): [string, object, string] => [
    '/CreateSamplingRule',
    rule({ [name]: null }),
    `SamplingRule.${name} is required`,
  ]),
  [
    '/CreateSamplingRule',
    rule({ Priority: 10_000 }),
    'SamplingRule.Priority must be a whole number from 1 to 9999',
  ],
  [
    '/CreateSamplingRule',
    rule({ Priority: 1.5 }),
    'SamplingRule.Priority must be a whole number from 1 to 9999',
  ],
  ['/CreateSamplingRule', rule({ FixedRate: 1.1 }), 'SamplingRule.FixedRate must be a number from 0 to 1'],
  ['/CreateSamplingRule', rule({ FixedRate: '1' }), 'SamplingRule.FixedRate must be a number from 0 to 1'],
  [
    '/CreateSamplingRule',
    rule({ ReservoirSize: -1 }),
    'SamplingRule.ReservoirSize must be a whole number of at least 0',
  ],
  ['/CreateSamplingRule', rule({ Version: 2 }), 'SamplingRule.Version must be 1'],
  [
    '/CreateSamplingRule',
    rule({ Host: 'a'.repeat(65) }),
    'SamplingRule.Host must have at most 64 characters',
  ],
  [
    '/CreateSamplingRule',
    rule({ HTTPMethod: 'a'.repeat(11) }),
    'SamplingRule.HTTPMethod must have at most 10 characters',
  ],
  [
    '/CreateSamplingRule',
    rule({ URLPath: 'a'.repeat(129) }),
    'SamplingRule.URLPath must have at most 128 characters',
  ],
  [
    '/CreateSamplingRule',
    rule({ Attributes: { a: '', b: '1' } }),
    'SamplingRule.Attributes: keys and values must have 1 to 32 characters',
  ],
  [
    '/CreateSamplingRule',
    rule({ Attributes: { a: '1', b: '1', c: '1', d: '1', e: '1', f: '1' } }),
    'SamplingRule.Attributes must have at most 5 members, not 6',
  ],
  [
    '/UpdateSamplingRule',
    { SamplingRuleUpdate: {} },
    'SamplingRuleUpdate.RuleName or SamplingRuleUpdate.RuleARN is required, and not both',
  ],
  [
    '/UpdateSamplingRule',
    update({ RuleARN: DEFAULT_RULE_ARN }),
    'SamplingRuleUpdate.RuleName or SamplingRuleUpdate.RuleARN is required, and not both',
  ],
  [
    '/UpdateSamplingRule',
    update({ RuleName: 'none' }),
    'SamplingRuleUpdate.RuleName: there is no sampling rule none',
  ],
  [
    '/UpdateSamplingRule',
    update({ FixedRate: -0.1 }),
    'SamplingRuleUpdate.FixedRate must be a number from 0 to 1',
  ],
  [
    '/UpdateSamplingRule',
    update({ RuleName: 'Default', URLPath: '/x' }),
    'SamplingRuleUpdate.URLPath: of the default rule, FixedRate and ReservoirSize alone can be changed',
  ],
  ['/DeleteSamplingRule', {}, 'RuleName or RuleARN is required, and not both'],
  ['/DeleteSamplingRule', { RuleARN: 'arn:x' }, 'RuleARN: there is no sampling rule arn:x'],
  ['/DeleteSamplingRule', { RuleName: 'Default' }, 'RuleName: the default rule cannot be deleted'],
  ['/SamplingTargets', {}, 'SamplingStatisticsDocuments is required'],
  ['/SamplingTargets', { SamplingStatisticsDocuments: [] }, 'SamplingStatisticsDocuments must not be empty'],
  [
    '/SamplingTargets',
    statistics({ ClientID: 'short' }),
    'SamplingStatisticsDocuments[0].ClientID must have 24 characters',
  ],
  [
    '/SamplingTargets',
    statistics({ RequestCount: -1 }),
    'SamplingStatisticsDocuments[0].RequestCount must be a whole number of at least 0',
  ],
  [
    '/SamplingTargets',
    statistics({ Timestamp: 'now' }),
    'SamplingStatisticsDocuments[0].Timestamp must be a number of seconds since the epoch',
  ],
  [
    '/SamplingTargets',
    { SamplingStatisticsDocuments: Array.from({ length: 26 }, () => STATISTICS) },
    'SamplingStatisticsDocuments must have at most 25 members, not 26',
  ],

  ['/TimeSeriesServiceStatistics', { ...WINDOW, Period: 30 }, 'Period must be 60 or 300 seconds'],
  [
    '/TimeSeriesServiceStatistics',
    { ...WINDOW, Period: 'x' },
    'Period must be a whole number from 1 to 86400',
  ],
  [
    '/TimeSeriesServiceStatistics',
    { ...WINDOW, ForecastStatistics: true },
    'ForecastStatistics needs EntitySelectorExpression',
  ],
  [
    '/TimeSeriesServiceStatistics',
    { StartTime: 0, EndTime: 4e9 },
    'EndTime must be at most 44640 periods after StartTime',
  ],
  [
    '/TimeSeriesServiceStatistics',
    { ...WINDOW, EntitySelectorExpression: 'service(' },
    'EntitySelectorExpression, column ',
  ],
  [
    '/TimeSeriesServiceStatistics',
    { ...WINDOW, EntitySelectorExpression: '' },
    'EntitySelectorExpression, column 1: ',
  ],
  [
    '/TimeSeriesServiceStatistics',
    { ...WINDOW, EntitySelectorExpression: 'fault' },
    'EntitySelectorExpression must be one of id(…), service(…) and edge(…, …), without braces',
  ],
  [
    '/TimeSeriesServiceStatistics',
    { ...WINDOW, EntitySelectorExpression: 'service("a") { fault }' },
    'EntitySelectorExpression must be one of id(…), service(…) and edge(…, …), without braces',
  ],

  ['/PutEncryptionConfig', {}, 'Type is required'],
  ['/PutEncryptionConfig', { Type: 'AES' }, 'Type must be one of NONE, KMS'],
  ['/PutEncryptionConfig', { Type: 'KMS' }, 'KeyId is required'],
  ['/PutEncryptionConfig', { Type: 'NONE', KeyId: 'k' }, 'KeyId must be left out when Type is NONE'],
  ['/UpdateIndexingRule', { Name: 'Default' }, 'Rule is required'],
  ['/UpdateIndexingRule', { Name: 'Default', Rule: {} }, 'Rule.Probabilistic is required'],
  [
    '/UpdateIndexingRule',
    indexing(101),
    'Rule.Probabilistic.DesiredSamplingPercentage must be a number from 0 to 100',
  ],
  [
    '/UpdateTraceSegmentDestination',
    { Destination: 'S3' },
    'Destination must be one of XRay, CloudWatchLogs',
  ],
  [
    '/PutResourcePolicy',
    { PolicyName: 'a b', PolicyDocument: '{}' },
    'PolicyName must have letters, digits and _+=,.@- alone',
  ],
  ['/PutResourcePolicy', { PolicyName: 'a' }, 'PolicyDocument is required'],
  ['/DeleteResourcePolicy', { PolicyName: 'none' }, 'PolicyName: there is no resource policy none'],
  ['/TagResource', { ResourceARN: DEFAULT_RULE_ARN }, 'Tags is required, and must not be empty'],
  ['/TagResource', { Tags: [] }, 'ResourceARN is required'],
  ['/UntagResource', { ResourceARN: DEFAULT_RULE_ARN, TagKeys: [] }, 'TagKeys must not be empty'],
  ['/UntagResource', { ResourceARN: DEFAULT_RULE_ARN, TagKeys: ['a', ''] }, 'TagKeys[1] must not be empty'],
  ['/TelemetryRecords', {}, 'TelemetryRecords is required'],
  ['/TelemetryRecords', { TelemetryRecords: [] }, 'TelemetryRecords must not be empty'],
  ['/TelemetryRecords', { TelemetryRecords: [{}] }, 'TelemetryRecords[0].Timestamp is required'],
  [
    '/TelemetryRecords',
    { TelemetryRecords: [{ Timestamp: 1, BackendConnectionErrors: { OtherCount: 'x' } }] },
    'TelemetryRecords[0].BackendConnectionErrors.OtherCount must be a whole number of at least 0',
  ],
  ['/Insight', { InsightId: 'x' }, 'InsightId must be a UUID'],
  ['/InsightEvents', { InsightId: ID, MaxResults: 51 }, 'MaxResults must be a whole number from 1 to 50'],
  ['/InsightSummaries', { ...WINDOW, States: ['OPEN'] }, 'States must have ACTIVE or CLOSED alone'],
  [
    '/InsightSummaries',
    { ...WINDOW, States: ['ACTIVE', 'CLOSED'] },
    'States must have at most 1 members, not 2',
  ],
  ['/InsightSummaries', { ...WINDOW, GroupName: 'none' }, 'GroupName: there is no group none'],
  [
    '/InsightImpactGraph',
    { InsightId: ID, StartTime: 1, EndTime: 1e5 },
    'EndTime must be at most six hours after StartTime',
  ],
  [
    '/InsightImpactGraph',
    { InsightId: ID, StartTime: 1, EndTime: 2 },
    'StartTime must be at most 30 days ago',
  ],
  ['/StartTraceRetrieval', WINDOW, 'TraceIds is required'],
  ['/StartTraceRetrieval', { ...WINDOW, TraceIds: [''] }, 'TraceIds[0] must not be empty'],
  ['/Traces', { TraceIds: [''] }, 'TraceIds[0] must not be empty'],
  ['/StartTraceRetrieval', { TraceIds: ['a'] }, 'StartTime is required'],
  ['/ListRetrievedTraces', {}, 'RetrievalToken is required'],
];

const OTHER: readonly [path: string, input: object, status: number, errorType: string, members: object][] = [
  [
    '/TagResource',
    { ResourceARN: 'arn:x', Tags: [] },
    404,
    'ResourceNotFoundException',
    { ResourceName: 'arn:x' },
  ],
  [
    '/ListTagsForResource',
    { ResourceARN: 'arn:x' },
    404,
    'ResourceNotFoundException',
    { ResourceName: 'arn:x' },
  ],
  [
    '/TagResource',
    { ResourceARN: DEFAULT_RULE_ARN, Tags: manyTags },
    400,
    'TooManyTagsException',
    { ResourceName: DEFAULT_RULE_ARN },
  ],
  [
    '/ListRetrievedTraces',
    { RetrievalToken: 'none' },
    404,
    'ResourceNotFoundException',
    { ResourceName: 'none' },
  ],
  [
    '/CancelTraceRetrieval',
    { RetrievalToken: 'none' },
    404,
    'ResourceNotFoundException',
    { ResourceName: 'none' },
  ],
  [
    '/UpdateIndexingRule',
    { ...indexing(5), Name: 'Other' },
    404,
    'ResourceNotFoundException',
    { ResourceName: 'Other' },
  ],
];

describe('the X-Ray API refuses', () => {
  let xray: XrayForTest;

  beforeAll(async () => {
    xray = await startForTest();
    await callApi(xray, '/CreateGroup', { GroupName: 'kept' });
    await callApi(xray, '/CreateSamplingRule', rule({ RuleName: 'kept' }));
  });
  afterAll(async () => {
    await xray.stop();
  });

  it.each(INVALID)('%s with %j', async (path, input, message) => {
    const answer = await callApi(xray, path, input);

    expect(answer).toMatchObject({ status: 400, errorType: 'InvalidRequestException' });
    expect(answer.body.Message).toContain(message);
    expect(answer.body['__type']).toBe('InvalidRequestException');
  });

  it.each(OTHER)('%s with %j by %d %s', async (path, input, status, errorType, members) => {
    const answer = await callApi(xray, path, input);

    expect(answer).toMatchObject({ status, errorType, body: { __type: errorType, ...members } });
  });

  it('leaves everything as it was', async () => {
    const groups = await callApi(xray, '/Groups');
    const rules = await callApi(xray, '/GetSamplingRules');

    expect(groups.body['Groups']).toHaveLength(2);
    expect(rules.body['SamplingRuleRecords']).toHaveLength(2);
  });
});
