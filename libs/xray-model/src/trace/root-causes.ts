import type { SegmentException } from '../segment/segment-document.js';
import { describesCall } from './inferred-segment.js';
import { toMs } from './rounding.js';
import { toServiceId } from './service-id.js';
import type { FailedEntity, RootCause, RootCauseService, SlowEntity } from './trace-summary.js';
import type { TraceEntity, TraceSegment } from './trace.js';

/**
 * One cause for each entity that failed and below which nothing failed. Causes that read the same, as those of a
 * retried call do, are told once. What belongs to no service yet is left out.
 */
export function findFailureRootCauses(
  entities: readonly TraceEntity[],
  hasFailed: (entity: TraceEntity) => boolean,
): RootCause<FailedEntity>[] {
  const failed = entities.filter(hasFailed);
  if (failed.length === 0) return [];
  const blamingOthers = ancestorsOf(failed);
  const exceptions = new ExceptionLookup(entities);
  const causes = new Map<string, RootCause<FailedEntity>>();
  for (const entity of failed) {
    const isOrphaned = entity.kind === 'subsegment' && entity.owner === undefined;
    if (isOrphaned || blamingOthers.has(entity)) continue;
    const cause = failureCause(entity, exceptions);
    causes.set(JSON.stringify(cause), cause);
  }
  return [...causes.values()];
}

function failureCause(entity: TraceEntity, exceptions: ExceptionLookup): RootCause<FailedEntity> {
  const path = pathTo(entity);
  const services = toServices(path, (part) => ({
    Name: part.document.name,
    Exceptions: exceptions.of(part).map(toExceptionName),
    Remote: isRemote(part),
  }));
  return { Services: services, ClientImpacting: path.every(isHandingOn) };
}

/** Subsegments between may have swallowed what went wrong or not said it; the segments' answers are what counts. */
function isHandingOn({ kind, outcome }: TraceEntity): boolean {
  return kind === 'subsegment' || outcome !== 'ok';
}

/**
 * The way down from the root along whatever took at least half of the time above it: where it ends, the time was
 * spent. Empty when the root spent it itself.
 */
export function findResponseTimeRootCauses(root: TraceSegment | undefined): RootCause<SlowEntity>[] {
  const rootTimeSec = root?.responseTimeSec ?? 0;
  if (root === undefined || rootTimeSec === 0) return [];
  const path: TraceEntity[] = [];
  for (let part: TraceEntity | undefined = root; part !== undefined; part = dominantBelow(part))
    path.push(part);
  if (path.length === 1) return [];
  const services = toServices(path, (part) => ({
    Name: part.document.name,
    Coverage: toMs(Math.min(1, timeOf(part) / rootTimeSec)),
    Remote: isRemote(part),
  }));
  return [{ Services: services, ClientImpacting: true }];
}

function dominantBelow(entity: TraceEntity): TraceEntity | undefined {
  let slowest: TraceEntity | undefined;
  for (const below of [...entity.callees, ...entity.subsegments]) {
    if (slowest === undefined || timeOf(below) > timeOf(slowest)) slowest = below;
  }
  return slowest !== undefined && timeOf(slowest) * 2 >= timeOf(entity) ? slowest : undefined;
}

function timeOf({ responseTimeSec = 0 }: TraceEntity): number {
  return responseTimeSec;
}

function isRemote({ kind, document }: TraceEntity): boolean {
  return kind === 'subsegment' && describesCall(document);
}

function ancestorsOf(entities: readonly TraceEntity[]): Set<TraceEntity> {
  const ancestors = new Set<TraceEntity>();
  for (const entity of entities) {
    let above = parentOf(entity);
    while (above !== undefined && !ancestors.has(above)) {
      ancestors.add(above);
      above = parentOf(above);
    }
  }
  return ancestors;
}

/** From the entry service down to the entity. */
function pathTo(entity: TraceEntity): TraceEntity[] {
  const path: TraceEntity[] = [];
  for (let part: TraceEntity | undefined = entity; part !== undefined; part = parentOf(part)) path.push(part);
  return path.reverse();
}

/** A root may hang below an orphan, which is not the entry service. */
function parentOf(entity: TraceEntity): TraceEntity | undefined {
  return entity.kind === 'segment' && entity.isRoot ? undefined : entity.parent;
}

function toServices<Entity>(
  path: readonly TraceEntity[],
  describe: (part: TraceEntity) => Entity,
): RootCauseService<Entity>[] {
  const services: RootCauseService<Entity>[] = [];
  for (const part of path) {
    if (part.kind === 'segment') {
      services.push({ ...toServiceId(part.node), Inferred: part.isInferred, EntityPath: [] });
    }
    services.at(-1)?.EntityPath.push(describe(part));
  }
  return services;
}

/** Finds the exceptions of an entity, which may only name one that another entity of the trace describes. */
class ExceptionLookup {
  private byId: Map<string, SegmentException> | undefined;

  constructor(private readonly entities: readonly TraceEntity[]) {}

  of({ document: { cause } }: TraceEntity): SegmentException[] {
    if (cause === undefined) return [];
    if (typeof cause !== 'string') return cause.exceptions ?? [];
    this.byId ??= new Map(
      this.entities.flatMap(describedExceptions).map((exception) => [exception.id, exception]),
    );
    const exception = this.byId.get(cause);
    return exception === undefined ? [] : [exception];
  }
}

function describedExceptions({ document: { cause } }: TraceEntity): SegmentException[] {
  return typeof cause === 'object' ? (cause.exceptions ?? []) : [];
}

function toExceptionName({ type, message }: SegmentException): FailedEntity['Exceptions'][number] {
  return {
    ...(type === undefined ? {} : { Name: type }),
    ...(message === undefined ? {} : { Message: message }),
  };
}
