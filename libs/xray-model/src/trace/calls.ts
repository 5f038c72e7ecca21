import { describesCall } from './inferred-segment.js';
import { clientNode, nodeKeyText } from './node-key.js';
import type { TraceCall, TraceSegment } from './trace.js';

/**
 * One call for each segment that something called: the client for a root, unless a message started it. A subsegment
 * that several segments of one node answer is still one call to that node.
 */
export function findCalls(segments: readonly TraceSegment[]): TraceCall[] {
  const calls: TraceCall[] = [];
  for (const callee of segments) {
    const caller = callerOf(callee);
    if (caller !== undefined) calls.push(...serviceCalls(caller, callee));
    else if (!isStartedByMessage(callee)) {
      calls.push({ from: clientNode(callee.node), to: callee.node, callee, view: callee });
    }
  }
  return calls;
}

/** The segment from within which the segment was called, as far as the trace knows it. */
export function callerOf({ parent }: TraceSegment): TraceSegment | undefined {
  return parent?.kind === 'subsegment' ? parent.owner : parent;
}

/** Whether the segment names the message that started it, in place of a caller. What answers a request has one. */
export function isStartedByMessage({ isRoot, document: { links, http } }: TraceSegment): boolean {
  return isRoot && links !== undefined && links.length > 0 && http?.request?.method === undefined;
}

function serviceCalls(caller: TraceSegment, callee: TraceSegment): TraceCall[] {
  const { parent } = callee;
  const call = { from: caller.node, to: callee.node, caller, callee };
  if (parent?.kind !== 'subsegment') return [{ ...call, view: callee }];
  if (!describesCall(parent.document)) return [{ ...call, through: parent, view: callee }];
  return isRepeated(callee, parent.callees) ? [] : [{ ...call, through: parent, view: parent }];
}

function isRepeated(callee: TraceSegment, callees: readonly TraceSegment[]): boolean {
  if (callees.length === 1) return false;
  const key = nodeKeyText(callee.node);
  return callees.find(({ node }) => nodeKeyText(node) === key) !== callee;
}
