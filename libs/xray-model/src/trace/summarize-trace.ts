import type { AnnotationValue, SegmentDocument } from '../segment/segment-document.js';
import { nodeKeyText } from './node-key.js';
import { findFailureRootCauses, findResponseTimeRootCauses } from './root-causes.js';
import { toMs } from './rounding.js';
import { toServiceId } from './service-id.js';
import type { ServiceId, SummaryAnnotation, SummaryHttp, TraceSummary } from './trace-summary.js';
import type { NodeKey, Trace, TraceEntity, TraceSegment } from './trace.js';

/**
 * Tells what `GetTraceSummaries` tells about a trace. The root is the first of {@link Trace.roots}; without one the
 * trace has no entry point and no failure of its own.
 *
 * @param revision - how often the trace has been put together, which only its keeper knows
 * @see https://docs.aws.amazon.com/xray/latest/api/API_TraceSummary.html
 */
export function summarizeTrace(trace: Trace, revision = 1): TraceSummary {
  const entities = [...trace.entities.values()];
  const root = trace.roots[0];
  const startTimeSec = root?.startTimeSec ?? trace.startTimeSec;
  return {
    Id: trace.id,
    StartTime: trace.startTimeSec,
    Duration: toMs(Math.max(0, trace.endTimeSec - startTimeSec)),
    ...(root?.responseTimeSec === undefined ? {} : { ResponseTime: toMs(root.responseTimeSec) }),
    HasFault: root?.document.fault === true,
    HasError: root?.document.error === true,
    HasThrottle: entities.some(({ document }) => document.throttle === true),
    IsPartial: trace.isPartial,
    Http: httpOf(root?.document),
    Annotations: annotationsOf(entities),
    Users: usersOf(entities),
    ServiceIds: distinctServiceIds([...trace.calls.map(({ from }) => from), ...trace.segments.map(nodeOf)]),
    ...(root === undefined ? {} : { EntryPoint: toServiceId(root.node) }),
    ...resourcesOf(trace.segments),
    FaultRootCauses: findFailureRootCauses(entities, isFault),
    ErrorRootCauses: findFailureRootCauses(entities, isError),
    ResponseTimeRootCauses: findResponseTimeRootCauses(root),
    Revision: revision,
  };
}

function nodeOf({ node }: TraceSegment): NodeKey {
  return node;
}

function isFault({ outcome }: TraceEntity): boolean {
  return outcome === 'fault';
}

function isError({ outcome }: TraceEntity): boolean {
  return outcome === 'error' || outcome === 'throttle';
}

function httpOf(root: SegmentDocument | undefined): SummaryHttp {
  const { url, method, user_agent: userAgent, client_ip: clientIp } = root?.http?.request ?? {};
  const status = root?.http?.response?.status;
  const http: SummaryHttp = {};
  if (url !== undefined) http.HttpURL = url;
  if (status !== undefined) http.HttpStatus = status;
  if (method !== undefined) http.HttpMethod = method;
  if (userAgent !== undefined) http.UserAgent = userAgent;
  if (clientIp !== undefined) http.ClientIp = clientIp;
  return http;
}

function annotationsOf(entities: readonly TraceEntity[]): Record<string, SummaryAnnotation[]> {
  const keys = new Map<string, Map<AnnotationValue, NodeKey[]>>();
  for (const entity of entities) {
    for (const [key, value] of Object.entries(entity.document.annotations ?? {})) {
      const values = keys.get(key) ?? new Map<AnnotationValue, NodeKey[]>();
      keys.set(key, values.set(value, [...(values.get(value) ?? []), ...ownNodeOf(entity)]));
    }
  }
  return Object.fromEntries([...keys].map(([key, values]) => [key, [...values].map(toSummaryAnnotation)]));
}

function toSummaryAnnotation([value, nodes]: [AnnotationValue, NodeKey[]]): SummaryAnnotation {
  return { AnnotationValue: toAnnotationValue(value), ServiceIds: distinctServiceIds(nodes) };
}

function toAnnotationValue(value: AnnotationValue): SummaryAnnotation['AnnotationValue'] {
  if (typeof value === 'string') return { StringValue: value };
  return typeof value === 'number' ? { NumberValue: value } : { BooleanValue: value };
}

function usersOf(entities: readonly TraceEntity[]): TraceSummary['Users'] {
  const users = new Map<string, NodeKey[]>();
  for (const entity of entities) {
    const { user } = entity.document;
    if (user !== undefined) users.set(user, [...(users.get(user) ?? []), ...ownNodeOf(entity)]);
  }
  return [...users].map(([user, nodes]) => ({ UserName: user, ServiceIds: distinctServiceIds(nodes) }));
}

/** The node of the segment that the entity is or belongs to. */
function ownNodeOf(entity: TraceEntity): NodeKey[] {
  const segment = entity.kind === 'segment' ? entity : entity.owner;
  return segment === undefined ? [] : [segment.node];
}

function distinctServiceIds(nodes: readonly NodeKey[]): ServiceId[] {
  const distinct = new Map<string, NodeKey>();
  for (const node of nodes) distinct.set(nodeKeyText(node), node);
  return [...distinct.values()].map(toServiceId);
}

type Resources = Pick<TraceSummary, 'ResourceARNs' | 'InstanceIds' | 'AvailabilityZones'>;

function resourcesOf(segments: readonly TraceSegment[]): Resources {
  const arns = new Set<string>();
  const instances = new Set<string>();
  const zones = new Set<string>();
  for (const { document, isInferred } of segments) {
    // What an inferred segment says about machines is the caller's.
    if (isInferred) continue;
    const { resource_arn: arn, aws } = document;
    addText(arns, arn);
    addText(instances, aws?.ec2?.['instance_id']);
    addText(zones, aws?.ec2?.['availability_zone']);
    addText(zones, aws?.ecs?.['availability_zone']);
  }
  return {
    ResourceARNs: [...arns].map((ARN) => ({ ARN })),
    InstanceIds: [...instances].map((Id) => ({ Id })),
    AvailabilityZones: [...zones].map((Name) => ({ Name })),
  };
}

function addText(texts: Set<string>, value: unknown): void {
  if (typeof value === 'string' && value !== '') texts.add(value);
}
