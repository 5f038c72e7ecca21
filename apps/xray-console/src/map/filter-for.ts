import type { MapEdge, MapNode } from './map-graph.js';
import type { RingClass } from './ring-shares.js';

/** What of a node or an edge to look at. */
export interface Selection {
  /** Seconds; either end may be open. */
  fromSec?: number | undefined;
  toSec?: number | undefined;
  /** None is every class. */
  outcomes?: readonly RingClass[];
}

const CONDITIONS: Readonly<Record<RingClass, string>> = {
  ok: 'ok',
  error: 'error',
  fault: 'fault',
  throttle: 'throttle',
};

/**
 * The filter expression of the traces that went through a node, `service(id(name: "…", type: "…")) { … }`. A client's
 * are those that its callee took from it.
 */
export function filterForNode(node: MapNode, selection: Selection = {}): string {
  return `service(${selectorOf(node)})${toBlock(selection)}`;
}

/** The same for calls: `edge(id(…), id(…)) { … }`. */
export function filterForEdge({ from, to, isLink }: MapEdge, selection: Selection = {}): string {
  // A link joins two traces; what it led to is in the second.
  if (isLink) return filterForNode(to, selection);
  return `edge(${selectorOf(from)}, ${selectorOf(to)})${toBlock(selection)}`;
}

function selectorOf({ service }: MapNode): string {
  const { Name, Type } = service;
  if (Type === undefined) return quote(Name);
  return `id(name: ${quote(Name)}, type: ${quote(Type)})`;
}

function toBlock({ fromSec, toSec, outcomes = [] }: Selection): string {
  const classes = outcomes.map((outcome) => CONDITIONS[outcome]).join(' OR ');
  const conditions = [
    ...(classes === '' ? [] : [outcomes.length > 1 ? `(${classes})` : classes]),
    ...(fromSec === undefined ? [] : [`responsetime >= ${toNumber(fromSec)}`]),
    ...(toSec === undefined ? [] : [`responsetime <= ${toNumber(toSec)}`]),
  ];
  return conditions.length === 0 ? '' : ` { ${conditions.join(' AND ')} }`;
}

/** Milliseconds are as fine as the histogram is. */
function toNumber(seconds: number): string {
  return String(Math.round(seconds * 1000) / 1000);
}

function quote(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}
