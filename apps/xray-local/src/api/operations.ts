import { InvalidRequestError } from './api-error.js';
import { batchGetTraces } from './batch-get-traces.js';
import { getServiceGraph } from './get-service-graph.js';
import { getTraceGraph } from './get-trace-graph.js';
import { getTraceSummaries } from './get-trace-summaries.js';
import type { Operation } from './operation.js';
import { putTraceSegments } from './put-trace-segments.js';

/** Path to name of every operation of the X-Ray API; each is a `POST`. */
export const OPERATION_NAMES: Readonly<Record<string, string>> = {
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
};

const IMPLEMENTED: Readonly<Record<string, Operation>> = {
  PutTraceSegments: putTraceSegments,
  GetServiceGraph: getServiceGraph,
  GetTraceGraph: getTraceGraph,
  GetTraceSummaries: getTraceSummaries,
  BatchGetTraces: batchGetTraces,
};

/** The operation of that name; one that X-Ray Local does not have refuses every input. */
export function operationByName(name: string): Operation {
  return IMPLEMENTED[name] ?? refuseUnsupported(name);
}

function refuseUnsupported(name: string): Operation {
  return () => {
    const supported = Object.keys(IMPLEMENTED).join(', ');
    throw new InvalidRequestError(`X-Ray Local does not support ${name}; it supports ${supported}`);
  };
}
