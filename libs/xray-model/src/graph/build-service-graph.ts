import type { Trace } from '../trace/trace.js';
import { NodePool } from './node-pool.js';
import { ServiceGraphBuilder } from './service-graph-builder.js';
import type { GraphWindow } from './service-graph-builder.js';
import type { Service } from './service-graph.js';
import { contributionsOf } from './trace-contribution.js';

/** The service graph of the traces: of what starts in the window, when there is one. */
export function buildServiceGraph(traces: Iterable<Trace>, window: GraphWindow = {}): Service[] {
  const builder = new ServiceGraphBuilder(window);
  const pool = new NodePool();
  for (const trace of traces) builder.add(contributionsOf(trace, pool));
  return builder.build();
}
