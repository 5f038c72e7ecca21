import type { SegmentAws, SegmentDocument } from '../segment/segment-document.js';
import { nodeKey } from './node-key.js';
import type { NodeKey } from './trace.js';

/** The type of a node that is known only from calls to it, and is no AWS resource. */
export const REMOTE_NODE_TYPE = 'remote';

/** Whether a subsegment describes a call to something else, rather than a part of its own segment's work. */
export function describesCall({ namespace, sql }: SegmentDocument): boolean {
  return namespace === 'aws' || namespace === 'remote' || sql !== undefined;
}

interface InferredCallee {
  node: NodeKey;
  origin?: string;
}

/**
 * The segment X-Ray makes for a call that nobody answered with a segment: the caller's view of the callee, under an
 * id that is the same every time.
 *
 * @param subsegment - one that {@link describesCall}
 * @see https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html#api-segmentdocuments-inferred
 */
export function inferSegment(
  traceId: string,
  subsegment: SegmentDocument,
): { document: SegmentDocument; node: NodeKey } {
  const { node, origin } = inferCallee(subsegment);
  const document: SegmentDocument = {
    id: inferredId(traceId, subsegment.id),
    name: subsegment.name,
    start_time: subsegment.start_time,
    trace_id: traceId,
    parent_id: subsegment.id,
    inferred: true,
  };
  const {
    end_time: endTime,
    in_progress: inProgress,
    http,
    aws,
    sql,
    fault,
    error,
    throttle,
    cause,
  } = subsegment;
  if (endTime !== undefined) document.end_time = endTime;
  if (inProgress !== undefined) document.in_progress = inProgress;
  if (http !== undefined) document.http = http;
  if (aws !== undefined) document.aws = aws;
  if (sql !== undefined) document.sql = sql;
  if (fault !== undefined) document.fault = fault;
  if (error !== undefined) document.error = error;
  if (throttle !== undefined) document.throttle = throttle;
  if (cause !== undefined) document.cause = cause;
  if (origin !== undefined) document.origin = origin;
  return { document, node };
}

function inferCallee(subsegment: SegmentDocument): InferredCallee {
  const { name, namespace, aws, sql } = subsegment;
  if (namespace === 'aws') return inferAwsCallee(name, aws);
  if (sql !== undefined) return { node: { name, type: 'Database::SQL' }, origin: 'Database::SQL' };
  return { node: { name, type: REMOTE_NODE_TYPE } };
}

/**
 * Where the call names its resource, the node is the resource: also under a subsegment that is called like the table,
 * as older instrumentations do. `aws.account_id` is the owner's here, which on a remote call it could not be.
 */
function inferAwsCallee(name: string, aws: SegmentAws | undefined): InferredCallee {
  const [resource, type] = awsResource(name, aws) ?? [name, `AWS::${name}`];
  return { node: nodeKey(resource, type, aws?.account_id), origin: type };
}

function awsResource(name: string, aws: SegmentAws | undefined): [name: string, type: string] | undefined {
  const {
    table_name: table,
    queue_url: queue,
    bucket_name: bucket,
    function_name: lambdaFunction,
  } = aws ?? {};
  if (isNamed(table)) return [table, 'AWS::DynamoDB::Table'];
  if (isNamed(queue)) return [queue, 'AWS::SQS::Queue'];
  if (name === 'S3' && isNamed(bucket)) return [bucket, 'AWS::S3::Bucket'];
  if (name === 'Lambda' && isNamed(lambdaFunction)) return [lambdaFunction, 'AWS::Lambda'];
  return undefined;
}

function isNamed(resource: unknown): resource is string {
  return typeof resource === 'string' && resource !== '';
}

/** 64 bits of two independent 32-bit mixes: the model must not need a platform's hash functions. */
function inferredId(traceId: string, subsegmentId: string): string {
  const text = `${traceId}/${subsegmentId}`;
  return mix(text, 0xdeadbeef, 0x9e3779b1) + mix(text, 0x41c6ce57, 0x5f356495);
}

function mix(text: string, seed: number, factor: number): string {
  let hash = seed;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), factor);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0).toString(16).padStart(8, '0');
}
