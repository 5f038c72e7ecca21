import type { SegmentDocument } from '../segment/segment-document.js';
import { serviceNode } from './node-key.js';
import type { Outcome, TraceEntity, TraceSubsegment } from './trace.js';

/** A segment or subsegment before it is known where it hangs. */
interface Part {
  document: SegmentDocument;
  isSubsegment: boolean;
  isNested: boolean;
  parentId: string | undefined;
}

/**
 * The segments and subsegments of the documents by their ids, the earliest first, joined to their parents. What hangs
 * together in a circle is cut open above its earliest member.
 */
export function collectEntities(documents: Iterable<SegmentDocument>): Map<string, TraceEntity> {
  const parts = [...flatten(currentDocuments(documents)).values()].sort((a, b) =>
    byStart(a.document, b.document),
  );
  const entities = new Map<string, TraceEntity>();
  for (const part of parts) entities.set(part.document.id, toEntity(part));
  for (const { document, parentId } of parts) {
    const entity = entities.get(document.id);
    const parent = parentId === undefined ? undefined : entities.get(parentId);
    if (entity !== undefined && parent !== undefined) entity.parent = parent;
  }
  cutCircles(entities);
  for (const entity of entities.values()) {
    if (entity.kind === 'segment') entity.parent?.callees.push(entity);
    else entity.parent?.subsegments.push(entity);
  }
  return entities;
}

/** Whether the caller says that what it called sends a segment of its own. */
export function isTraced({ document }: TraceSubsegment): boolean {
  return document.traced === true || document.http?.request?.traced === true;
}

function currentDocuments(documents: Iterable<SegmentDocument>): SegmentDocument[] {
  const current = new Map<string, SegmentDocument>();
  for (const document of documents) {
    if (document.inferred === true) continue;
    const earlier = current.get(document.id);
    if (earlier === undefined || !isBetter(earlier, document)) current.set(document.id, document);
  }
  // In one order, whatever order they arrived in: flattening lets the first of two equal claims to an id win.
  return [...current.values()].sort(byStart);
}

function isBetter(a: SegmentDocument, b: SegmentDocument): boolean {
  return a.in_progress !== true && b.in_progress === true;
}

function flatten(documents: readonly SegmentDocument[]): Map<string, Part> {
  const parts = new Map<string, Part>();
  const waiting: Part[] = documents.map(toPart);
  for (let index = 0; index < waiting.length; index += 1) {
    const part = waiting[index] as Part;
    const { document } = part;
    const earlier = parts.get(document.id);
    if (earlier === undefined || isBetter(document, earlier.document)) parts.set(document.id, part);
    for (const nested of document.subsegments ?? []) {
      waiting.push({ document: nested, isSubsegment: true, isNested: true, parentId: document.id });
    }
  }
  return parts;
}

function toPart(document: SegmentDocument): Part {
  const isSubsegment = document.type === 'subsegment';
  return { document, isSubsegment, isNested: false, parentId: document.parent_id };
}

function byStart(a: SegmentDocument, b: SegmentDocument): number {
  if (a.start_time !== b.start_time) return a.start_time - b.start_time;
  return a.id < b.id ? -1 : Number(a.id !== b.id);
}

function toEntity({ document, isSubsegment }: Part): TraceEntity {
  const fields = {
    id: document.id,
    document,
    subsegments: [],
    callees: [],
    depth: 0,
    startTimeSec: document.start_time,
    outcome: outcomeOf(document),
  };
  const entity: TraceEntity = isSubsegment
    ? { ...fields, kind: 'subsegment', isOrphan: false }
    : { ...fields, kind: 'segment', node: serviceNode(document), isInferred: false, isRoot: false };
  const { end_time: endTime } = document;
  if (endTime === undefined) return entity;
  entity.endTimeSec = endTime;
  entity.responseTimeSec = Math.max(0, endTime - document.start_time);
  if (entity.kind === 'segment') entity.durationSec = entity.responseTimeSec;
  return entity;
}

function outcomeOf({ end_time: endTime, fault, throttle, error }: SegmentDocument): Outcome {
  if (endTime === undefined) return 'pending';
  if (fault === true) return 'fault';
  if (throttle === true) return 'throttle';
  return error === true ? 'error' : 'ok';
}

function cutCircles(entities: ReadonlyMap<string, TraceEntity>): void {
  const checked = new Set<TraceEntity>();
  for (const start of entities.values()) {
    // Somewhere in a circle a parent does not come before its child, so that the usual trace needs no walk at all.
    if (start.parent === undefined || byStart(start.parent.document, start.document) < 0) continue;
    const path: TraceEntity[] = [];
    const onPath = new Set<TraceEntity>();
    let entity: TraceEntity | undefined = start;
    while (entity !== undefined && !checked.has(entity) && !onPath.has(entity)) {
      path.push(entity);
      onPath.add(entity);
      entity = entity.parent;
    }
    if (entity !== undefined && onPath.has(entity))
      delete earliestOf(path.slice(path.indexOf(entity))).parent;
    for (const member of path) checked.add(member);
  }
}

function earliestOf(circle: readonly TraceEntity[]): TraceEntity {
  return circle.reduce((earliest, entity) =>
    byStart(entity.document, earliest.document) < 0 ? entity : earliest,
  );
}
