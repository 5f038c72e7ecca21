import type { SegmentDocument } from '../segment/segment-document.js';
import { toMs } from '../trace/rounding.js';
import type { FailedEntity, RootCauseService, SlowEntity } from '../trace/trace-summary.js';
import type { NodeKey, Trace, TraceCall, TraceEntity, TraceSegment } from '../trace/trace.js';
import type { BooleanKeyword, NumberKeyword, StringKeyword } from './filter-expression.js';

/** What the simple keywords of an expression speak about, and what they read from it. */
export interface FilterSubject {
  is(keyword: BooleanKeyword): boolean;
  /** Undefined where there is no such number; no comparison holds for it. */
  numberOf(keyword: NumberKeyword): number | undefined;
  /** All values, for keywords that may have several. */
  textsOf(keyword: StringKeyword): readonly string[];
}

/** Outside braces: the request that the root answered, and what any segment says about users and machines. */
export function traceSubject(trace: Trace): FilterSubject {
  const root = trace.roots[0];
  const request = root === undefined ? undefined : entitySubject(root, root);
  return {
    is: (keyword) => {
      if (keyword === 'partial') return trace.isPartial;
      if (keyword === 'inferred') return trace.segments.some(({ isInferred }) => isInferred);
      return request?.is(keyword) ?? false;
    },
    numberOf: (keyword) => {
      // As the summary of the trace tells it.
      if (keyword === 'duration') return toMs(trace.endTimeSec - (root?.startTimeSec ?? trace.startTimeSec));
      return request?.numberOf(keyword);
    },
    textsOf: (keyword) => {
      if (keyword === 'user') return [...trace.entities.values()].flatMap(({ document }) => user(document));
      if (keyword === 'availabilityzone' || keyword === 'instance.id' || keyword === 'resource.arn') {
        return trace.segments.flatMap((segment) => machineTexts(segment, keyword));
      }
      return request?.textsOf(keyword) ?? [];
    },
  };
}

/** In the braces of `service()`: one segment of the node. */
export function segmentSubject(segment: TraceSegment): FilterSubject {
  return entitySubject(segment, segment);
}

/** In the braces of `edge()`: one call, as its caller saw it. */
export function callSubject(call: TraceCall): FilterSubject {
  return entitySubject(call.view, call.callee);
}

/** In the braces of `rootcause.….service`. */
export function serviceElement(
  service: RootCauseService<FailedEntity | SlowEntity>,
  place: ListPlace,
): FilterSubject {
  return elementSubject(place, {
    is: (keyword) => keyword === 'inferred' && service.Inferred,
    textsOf: (keyword) =>
      present(keyword === 'name' ? service.Name : keyword === 'type' ? service.Type : undefined),
  });
}

/** In the braces of `rootcause.….entity`. */
export function entityElement(entity: FailedEntity | SlowEntity, place: ListPlace): FilterSubject {
  return elementSubject(place, {
    is: (keyword) => keyword === 'remote' && entity.Remote,
    numberOf: (keyword) => (keyword === 'coverage' && 'Coverage' in entity ? entity.Coverage : undefined),
    textsOf: (keyword) => present(keyword === 'name' ? entity.Name : undefined),
  });
}

/** In the braces of `rootcause.….exception`. */
export function exceptionElement(
  exception: FailedEntity['Exceptions'][number],
  place: ListPlace,
): FilterSubject {
  return elementSubject(place, {
    textsOf: (keyword) => {
      return present(
        keyword === 'name' ? exception.Name : keyword === 'message' ? exception.Message : undefined,
      );
    },
  });
}

/** Where in its list an element of a root cause stands. */
export interface ListPlace {
  /** From 0. */
  index: number;
  length: number;
}

function elementSubject(place: ListPlace, own: Partial<FilterSubject>): FilterSubject {
  return {
    is: (keyword) => {
      if (keyword === 'first') return place.index === 0;
      if (keyword === 'last') return place.index === place.length - 1;
      return own.is?.(keyword) ?? false;
    },
    numberOf: (keyword) => (keyword === 'index' ? place.index : own.numberOf?.(keyword)),
    textsOf: (keyword) => own.textsOf?.(keyword) ?? [],
  };
}

/** `view` has the outcome, times and request; `segment` is the segment it is, or that answered it. */
function entitySubject(view: TraceEntity, segment: TraceSegment): FilterSubject {
  const { document } = view;
  return {
    is: (keyword) => {
      switch (keyword) {
        case 'ok':
          return document.error !== true && document.throttle !== true && document.fault !== true;
        case 'error':
        case 'throttle':
        case 'fault':
          return document[keyword] === true;
        case 'partial':
          return view.endTimeSec === undefined;
        case 'inferred':
          return segment.isInferred;
        case 'root':
          return segment.isRoot;
        default:
          return false;
      }
    },
    numberOf: (keyword) => {
      if (keyword === 'http.status') return document.http?.response?.status;
      if (keyword === 'responsetime') return rounded(view.responseTimeSec);
      if (keyword !== 'duration') return undefined;
      return rounded(view.kind === 'segment' ? view.durationSec : view.responseTimeSec);
    },
    textsOf: (keyword) => entityTexts(document, segment, keyword),
  };
}

function entityTexts(document: SegmentDocument, segment: TraceSegment, keyword: StringKeyword): string[] {
  const request = document.http?.request;
  switch (keyword) {
    case 'http.url':
      return present(request?.url);
    case 'http.method':
      return present(request?.method);
    case 'http.useragent':
      return present(request?.user_agent);
    case 'http.clientip':
      return present(request?.client_ip);
    case 'user':
      return user(document);
    case 'name':
    case 'type':
      return nodeText(segment.node, keyword);
    case 'availabilityzone':
    case 'instance.id':
    case 'resource.arn':
      return machineTexts(segment, keyword);
    case 'message':
      return [];
  }
}

type MachineKeyword = 'availabilityzone' | 'instance.id' | 'resource.arn';

function machineTexts({ document, isInferred }: TraceSegment, keyword: MachineKeyword): string[] {
  // What an inferred segment says about machines is the caller's.
  if (isInferred) return [];
  const { ec2, ecs } = document.aws ?? {};
  if (keyword === 'resource.arn') return present(document.resource_arn);
  if (keyword === 'instance.id') return present(ec2?.['instance_id']);
  return [...present(ec2?.['availability_zone']), ...present(ecs?.['availability_zone'])];
}

function nodeText(node: NodeKey, field: 'name' | 'type'): string[] {
  return present(node[field]);
}

function user(document: SegmentDocument): string[] {
  return present(document.user);
}

function present(value: unknown): string[] {
  return typeof value === 'string' ? [value] : [];
}

/** Comparisons see what histograms and summaries show, or a range picked there would miss its own samples. */
function rounded(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : toMs(seconds);
}
