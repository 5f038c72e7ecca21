import { layoutGraph } from './layout-graph.js';
import type { MapLayout, Topology } from './topology.js';

export interface LayoutQuestion {
  key: string;
  topology: Topology;
}

export interface LayoutAnswer {
  key: string;
  layout: MapLayout;
}

// In a worker, so that a large map never holds up typing and scrolling.
addEventListener('message', ({ data }: MessageEvent<LayoutQuestion>) => {
  const answer: LayoutAnswer = { key: data.key, layout: layoutGraph(data.topology) };
  postMessage(answer);
});
