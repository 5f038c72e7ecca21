import { batchGetTraces } from './batch-get-traces.js';
import { cancelTraceRetrieval } from './cancel-trace-retrieval.js';
import { createGroup } from './create-group.js';
import { createSamplingRule } from './create-sampling-rule.js';
import { deleteGroup } from './delete-group.js';
import { deleteResourcePolicy } from './delete-resource-policy.js';
import { deleteSamplingRule } from './delete-sampling-rule.js';
import { getEncryptionConfig } from './get-encryption-config.js';
import { getGroup } from './get-group.js';
import { getGroups } from './get-groups.js';
import { getIndexingRules } from './get-indexing-rules.js';
import { getInsightEvents } from './get-insight-events.js';
import { getInsightImpactGraph } from './get-insight-impact-graph.js';
import { getInsightSummaries } from './get-insight-summaries.js';
import { getInsight } from './get-insight.js';
import { getRetrievedTracesGraph } from './get-retrieved-traces-graph.js';
import { getSamplingRules } from './get-sampling-rules.js';
import { getSamplingStatisticSummaries } from './get-sampling-statistic-summaries.js';
import { getSamplingTargets } from './get-sampling-targets.js';
import { getServiceGraph } from './get-service-graph.js';
import { getTimeSeriesServiceStatistics } from './get-time-series-service-statistics.js';
import { getTraceGraph } from './get-trace-graph.js';
import { getTraceSegmentDestination } from './get-trace-segment-destination.js';
import { getTraceSummaries } from './get-trace-summaries.js';
import { listResourcePolicies } from './list-resource-policies.js';
import { listRetrievedTraces } from './list-retrieved-traces.js';
import { listTagsForResource } from './list-tags-for-resource.js';
import type { Operation } from './operation.js';
import { putEncryptionConfig } from './put-encryption-config.js';
import { putResourcePolicy } from './put-resource-policy.js';
import { putTelemetryRecords } from './put-telemetry-records.js';
import { putTraceSegments } from './put-trace-segments.js';
import { startTraceRetrieval } from './start-trace-retrieval.js';
import { tagResource } from './tag-resource.js';
import { untagResource } from './untag-resource.js';
import { updateGroup } from './update-group.js';
import { updateIndexingRule } from './update-indexing-rule.js';
import { updateSamplingRule } from './update-sampling-rule.js';
import { updateTraceSegmentDestination } from './update-trace-segment-destination.js';

/** Path to name of every operation of the X-Ray API; each is a `POST`. */
export const OPERATION_NAMES = {
  '/TraceSegments': 'PutTraceSegments',
  '/TelemetryRecords': 'PutTelemetryRecords',
  '/ServiceGraph': 'GetServiceGraph',
  '/TraceGraph': 'GetTraceGraph',
  '/TraceSummaries': 'GetTraceSummaries',
  '/Traces': 'BatchGetTraces',
  '/TimeSeriesServiceStatistics': 'GetTimeSeriesServiceStatistics',
  '/GetSamplingRules': 'GetSamplingRules',
  '/SamplingTargets': 'GetSamplingTargets',
  '/SamplingStatisticSummaries': 'GetSamplingStatisticSummaries',
  '/CreateSamplingRule': 'CreateSamplingRule',
  '/UpdateSamplingRule': 'UpdateSamplingRule',
  '/DeleteSamplingRule': 'DeleteSamplingRule',
  '/Groups': 'GetGroups',
  '/GetGroup': 'GetGroup',
  '/CreateGroup': 'CreateGroup',
  '/UpdateGroup': 'UpdateGroup',
  '/DeleteGroup': 'DeleteGroup',
  '/EncryptionConfig': 'GetEncryptionConfig',
  '/PutEncryptionConfig': 'PutEncryptionConfig',
  '/Insight': 'GetInsight',
  '/InsightEvents': 'GetInsightEvents',
  '/InsightSummaries': 'GetInsightSummaries',
  '/InsightImpactGraph': 'GetInsightImpactGraph',
  '/ListResourcePolicies': 'ListResourcePolicies',
  '/PutResourcePolicy': 'PutResourcePolicy',
  '/DeleteResourcePolicy': 'DeleteResourcePolicy',
  '/ListTagsForResource': 'ListTagsForResource',
  '/TagResource': 'TagResource',
  '/UntagResource': 'UntagResource',
  '/GetIndexingRules': 'GetIndexingRules',
  '/UpdateIndexingRule': 'UpdateIndexingRule',
  '/GetTraceSegmentDestination': 'GetTraceSegmentDestination',
  '/UpdateTraceSegmentDestination': 'UpdateTraceSegmentDestination',
  '/StartTraceRetrieval': 'StartTraceRetrieval',
  '/ListRetrievedTraces': 'ListRetrievedTraces',
  '/GetRetrievedTracesGraph': 'GetRetrievedTracesGraph',
  '/CancelTraceRetrieval': 'CancelTraceRetrieval',
} as const;

export type OperationName = (typeof OPERATION_NAMES)[keyof typeof OPERATION_NAMES];

/** What each operation does. */
export const OPERATIONS: Readonly<Record<OperationName, Operation>> = {
  PutTraceSegments: putTraceSegments,
  PutTelemetryRecords: putTelemetryRecords,
  GetServiceGraph: getServiceGraph,
  GetTraceGraph: getTraceGraph,
  GetTraceSummaries: getTraceSummaries,
  BatchGetTraces: batchGetTraces,
  GetTimeSeriesServiceStatistics: getTimeSeriesServiceStatistics,
  GetSamplingRules: getSamplingRules,
  GetSamplingTargets: getSamplingTargets,
  GetSamplingStatisticSummaries: getSamplingStatisticSummaries,
  CreateSamplingRule: createSamplingRule,
  UpdateSamplingRule: updateSamplingRule,
  DeleteSamplingRule: deleteSamplingRule,
  GetGroups: getGroups,
  GetGroup: getGroup,
  CreateGroup: createGroup,
  UpdateGroup: updateGroup,
  DeleteGroup: deleteGroup,
  GetEncryptionConfig: getEncryptionConfig,
  PutEncryptionConfig: putEncryptionConfig,
  GetInsight: getInsight,
  GetInsightEvents: getInsightEvents,
  GetInsightSummaries: getInsightSummaries,
  GetInsightImpactGraph: getInsightImpactGraph,
  ListResourcePolicies: listResourcePolicies,
  PutResourcePolicy: putResourcePolicy,
  DeleteResourcePolicy: deleteResourcePolicy,
  ListTagsForResource: listTagsForResource,
  TagResource: tagResource,
  UntagResource: untagResource,
  GetIndexingRules: getIndexingRules,
  UpdateIndexingRule: updateIndexingRule,
  GetTraceSegmentDestination: getTraceSegmentDestination,
  UpdateTraceSegmentDestination: updateTraceSegmentDestination,
  StartTraceRetrieval: startTraceRetrieval,
  ListRetrievedTraces: listRetrievedTraces,
  GetRetrievedTracesGraph: getRetrievedTracesGraph,
  CancelTraceRetrieval: cancelTraceRetrieval,
};
