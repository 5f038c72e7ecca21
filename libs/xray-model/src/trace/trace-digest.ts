import { filterFactsOf, ListPool, shareLists } from '../filter/filter-facts.js';
import type { FilterFacts } from '../filter/filter-facts.js';
import { NodePool } from '../graph/node-pool.js';
import { contributionsOf } from '../graph/trace-contribution.js';
import type { TraceContribution } from '../graph/trace-contribution.js';
import type { Trace } from './trace.js';

/**
 * All that the service graph and most filters need of a trace, in a tenth of the memory of its documents: a store
 * keeps it at hand while the documents lie elsewhere.
 */
export interface TraceDigest {
  contribution: TraceContribution;
  facts: FilterFacts;
}

/** Keeps one object for what the digests of many traces have in common. */
export class DigestPool {
  readonly nodes = new NodePool();
  readonly lists = new ListPool();
}

/** Works a trace's digest out. Does not keep the trace. */
export function digestTrace(trace: Trace, pool: DigestPool): TraceDigest {
  return { contribution: contributionsOf(trace, pool.nodes), facts: filterFactsOf(trace, pool.lists) };
}

/** Writes a digest as text for {@link parseTraceDigest}. */
export function serializeTraceDigest(digest: TraceDigest): string {
  return JSON.stringify(digest);
}

/**
 * Reads a digest back, with the pool's objects for what many digests have in common.
 *
 * @param text what {@link serializeTraceDigest} wrote, in this or an earlier run of the same version
 */
export function parseTraceDigest(text: string, pool: DigestPool): TraceDigest {
  const { contribution, facts } = JSON.parse(text) as TraceDigest;
  const nodes = contribution.nodes.map((node) => pool.nodes.shared(node));
  return {
    contribution: { ...contribution, nodes: pool.nodes.list(nodes) },
    facts: shareLists(facts, pool.lists),
  };
}
