// @ts-check
import { hostileText } from './hostile-values.mjs';
import { aSegment, aTraceId } from './traces.mjs';

/** @typedef {import('./random.mjs').Random} Random */

const FILTER_PARTS = [
  'service("signup-api")',
  'service(id(name: "SNS", type: "AWS::SNS"))',
  'edge("signup-api", "notifier")',
  'edge(',
  'id(',
  '{',
  '}',
  '(',
  ')',
  '!',
  'AND',
  'OR',
  'and',
  '=',
  '!=',
  '<',
  '>=',
  'CONTAINS',
  'BEGINSWITH',
  'ok',
  'fault',
  'error',
  'throttle',
  'responsetime > 1',
  'duration >= 0.5',
  'http.status = 500',
  'http.url CONTAINS "a"',
  'annotation.tenant = "a"',
  'annotation[a.b] BEGINSWITH "x"',
  'annotation[',
  'group.name = "Default"',
  'rootcause.fault.service { error }',
  'rootcause.fault.exception { message = "no" }',
  'rootcause.json = #[{"Services":[]}]',
  'rootcause.json = #[',
  'json',
  'partial',
  'user',
  'instance.id',
  '"',
  '\\"',
  '1e999',
  '-',
  '𝕏',
  '\u0000',
  '#',
  ':',
  ',',
  '#[[[[[[[[',
  'name = "SNS"',
];

/** @param {Random} random */
export function aFilter(random) {
  const kind = random.int(20);
  if (kind === 0) return random.pick(['(', '!', 'service(){', '!(']).repeat(random.pick([10, 60, 900, 2500]));
  if (kind === 1) return hostileText(random);
  if (kind === 2) return `rootcause.json = #${'['.repeat(random.int(300))}`;
  return random
    .list(kind === 3 ? 120 : 8, () => random.pick(FILTER_PARTS))
    .join(random.pick([' ', ' AND ', '']));
}

/**
 * What a client might send to each operation; the cases damage it.
 *
 * @type {Record<string, (random: Random) => Record<string, unknown>>}
 */
export const INPUTS = {
  '/TraceSegments': (random) => ({
    TraceSegmentDocuments: random.list(5, () => JSON.stringify(aSegment(random))),
  }),
  '/TelemetryRecords': () => ({
    TelemetryRecords: [
      { Timestamp: 1.7e9, SegmentsReceivedCount: 1, BackendConnectionErrors: { TimeoutCount: 1 } },
    ],
    EC2InstanceId: 'i-1',
    Hostname: 'a',
    ResourceARN: 'arn:aws:ec2:a',
  }),
  '/ServiceGraph': (random) => ({ ...window(random), GroupName: random.pick(['Default', 'a', 'g1']) }),
  '/TraceGraph': traceIds,
  '/TraceSummaries': (random) => ({
    ...window(random),
    TimeRangeType: random.pick(['TraceId', 'Event', 'Service']),
    FilterExpression: aFilter(random),
    Sampling: random.chance(0.5),
    SamplingStrategy: { Name: 'FixedRate', Value: 0.5 },
    NextToken: random.chance(0.2) ? hostileText(random) : undefined,
  }),
  '/Traces': traceIds,
  '/TimeSeriesServiceStatistics': (random) => ({
    ...window(random),
    Period: random.pick([60, 300, 0, 1e9]),
    EntitySelectorExpression: aFilter(random),
    ForecastStatistics: true,
    GroupName: 'Default',
  }),
  '/GetSamplingRules': () => ({ NextToken: 'a' }),
  '/SamplingTargets': (random) => ({
    SamplingStatisticsDocuments: random.list(30, () => ({
      RuleName: random.pick(['Default', 'r1', 'r2', 'unknown']),
      ClientID: random.hex(24),
      Timestamp: Math.floor(Date.now() / 1000),
      RequestCount: 10,
      SampledCount: 2,
      BorrowCount: 1,
    })),
  }),
  '/SamplingStatisticSummaries': () => ({ NextToken: 'a' }),
  '/CreateSamplingRule': (random) => ({ SamplingRule: aRule(random), Tags: tags() }),
  '/UpdateSamplingRule': (random) => ({ SamplingRuleUpdate: aRule(random) }),
  '/DeleteSamplingRule': (random) => ({
    RuleName: random.pick(['r1', 'r2', 'Default']),
    RuleARN: 'arn:aws:xray:a',
  }),
  '/Groups': () => ({ NextToken: 'a' }),
  '/GetGroup': aGroupName,
  '/CreateGroup': (random) => ({
    ...aGroupName(random),
    FilterExpression: aFilter(random),
    InsightsConfiguration: insights(),
    Tags: tags(),
  }),
  '/UpdateGroup': (random) => ({
    ...aGroupName(random),
    FilterExpression: aFilter(random),
    InsightsConfiguration: insights(),
  }),
  '/DeleteGroup': aGroupName,
  '/PutEncryptionConfig': (random) => ({ Type: random.pick(['NONE', 'KMS']), KeyId: 'alias/a' }),
  '/Insight': anInsight,
  '/InsightEvents': anInsight,
  '/InsightSummaries': (random) => ({
    ...window(random),
    States: ['ACTIVE'],
    GroupName: 'Default',
    MaxResults: 10,
  }),
  '/InsightImpactGraph': (random) => ({ ...anInsight(), ...window(random) }),
  '/PutResourcePolicy': (random) => ({
    PolicyName: random.pick(['a', 'b']),
    PolicyRevisionId: '1',
    BypassPolicyLockoutCheck: true,
    PolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: '*', Action: 'xray:*', Resource: '*' }],
    }),
  }),
  '/DeleteResourcePolicy': (random) => ({ PolicyName: random.pick(['a', 'b']), PolicyRevisionId: '1' }),
  '/ListTagsForResource': anArn,
  '/TagResource': (random) => ({ ...anArn(random), Tags: tags() }),
  '/UntagResource': (random) => ({ ...anArn(random), TagKeys: ['a', '__proto__'] }),
  '/UpdateIndexingRule': (random) => ({
    Name: 'Default',
    Rule: { Probabilistic: { DesiredSamplingPercentage: random.int(200) } },
  }),
  '/UpdateTraceSegmentDestination': (random) => ({ Destination: random.pick(['XRay', 'CloudWatchLogs']) }),
  '/StartTraceRetrieval': (random) => ({ ...traceIds(random), ...window(random) }),
  '/ListRetrievedTraces': (random) => ({
    RetrievalToken: hostileText(random),
    TraceFormat: 'XRAY',
    NextToken: 'a',
  }),
  '/GetRetrievedTracesGraph': (random) => ({ RetrievalToken: hostileText(random) }),
  '/CancelTraceRetrieval': (random) => ({ RetrievalToken: hostileText(random) }),
};

/** @param {Random} random */
function window(random) {
  const nowSec = Date.now() / 1000;
  return { StartTime: nowSec - random.pick([10, 300, 21_000, 1e6]), EndTime: nowSec + random.pick([1, 60]) };
}

/** @param {Random} random */
function traceIds(random) {
  return {
    TraceIds: random.list(6, () => aTraceId(random)),
    NextToken: random.chance(0.1) ? 'a' : undefined,
  };
}

/** @param {Random} random */
function aRule(random) {
  return {
    RuleName: random.pick(['r1', 'r2', `r${random.int(1000)}`, 'Default']),
    ResourceARN: '*',
    Priority: random.int(10_000),
    FixedRate: random.next(),
    ReservoirSize: random.int(10),
    ServiceName: '*',
    ServiceType: '*',
    Host: '*'.repeat(random.int(40)),
    HTTPMethod: 'GET',
    URLPath: '/a*b?c*',
    Version: 1,
    Attributes: { a: 'b' },
  };
}

/** @param {Random} random */
function aGroupName(random) {
  return { GroupName: random.pick(['g1', 'g2', 'Default', `g${random.int(1000)}`]) };
}

/** @param {Random} random */
function anArn(random) {
  return {
    ResourceARN: random.pick([
      'arn:aws:xray:us-east-1:000000000000:group/g1/x',
      'arn:aws:xray:us-east-1:000000000000:sampling-rule/Default',
      hostileText(random),
    ]),
  };
}

function anInsight() {
  return { InsightId: '12345678-1234-1234-1234-123456789012', MaxResults: 5, NextToken: 'a' };
}

function insights() {
  return { InsightsEnabled: true, NotificationsEnabled: false };
}

function tags() {
  return [
    { Key: 'a', Value: 'b' },
    { Key: '__proto__', Value: 'c' },
  ];
}
