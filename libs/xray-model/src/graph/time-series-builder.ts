import type { NodeSelector } from '../filter/filter-expression.js';
import { selects } from '../filter/matches-filter.js';
import { CLIENT_NODE_TYPE } from '../trace/node-key.js';
import type { GraphWindow } from './service-graph-builder.js';
import type { HistogramEntry, SummaryStatistics } from './service-graph.js';
import { Histogram, StatisticsSum } from './statistics.js';
import { EDGE_SAMPLE_TIMES, NODE_SAMPLE_TIMES, readSample, SAMPLE_LENGTH } from './trace-contribution.js';
import type { Sample, TraceContribution } from './trace-contribution.js';

/** What a series is of: the samples of some nodes, or of the calls over some edges. */
export type SeriesSelector =
  | { kind: 'service'; selector: NodeSelector }
  | { kind: 'edge'; source: NodeSelector; destination: NodeSelector };

/** What started in one period. */
export interface SeriesPeriod {
  statistics: SummaryStatistics;
  histogram: HistogramEntry[];
}

/** The calls of clients: what came in from outside. */
const INCOMING: SeriesSelector = { kind: 'edge', source: { type: CLIENT_NODE_TYPE }, destination: {} };

/**
 * Adds the contributions of traces up by period. Each trace may be added once; what is in progress does not count.
 *
 * @see https://docs.aws.amazon.com/xray/latest/api/API_GetTimeSeriesServiceStatistics.html
 */
export class TimeSeriesBuilder {
  private readonly totals = new Map<number, { sum: StatisticsSum; histogram: Histogram }>();
  private readonly selector: SeriesSelector;

  constructor(
    private readonly options: { periodSec: number; window: Required<GraphWindow>; selector?: SeriesSelector },
  ) {
    this.selector = options.selector ?? INCOMING;
  }

  /** Adds what the selector takes of a trace. */
  add({ nodes, nodeSamples, edgeSamples }: TraceContribution): void {
    const { selector } = this;
    if (selector.kind === 'service') {
      const isWanted = nodes.map(({ node }) => selects(selector.selector, node));
      for (let at = 0; at < nodeSamples.length; at += SAMPLE_LENGTH) {
        if (isWanted[nodeSamples[at] ?? -1] === true)
          this.addSample(readSample(nodeSamples, at + NODE_SAMPLE_TIMES));
      }
      return;
    }
    const isSource = nodes.map(({ node }) => selects(selector.source, node));
    const isDestination = nodes.map(({ node }) => selects(selector.destination, node));
    for (let at = 0; at < edgeSamples.length; at += SAMPLE_LENGTH) {
      const [from = -1, to = -1] = [edgeSamples[at], edgeSamples[at + 1]];
      if (isSource[from] === true && isDestination[to] === true) {
        this.addSample(readSample(edgeSamples, at + EDGE_SAMPLE_TIMES));
      }
    }
  }

  /** When the period of a moment starts; periods are counted from the epoch. */
  periodStartSec(timeSec: number): number {
    return Math.floor(timeSec / this.options.periodSec) * this.options.periodSec;
  }

  /** What is known of the period that starts then. */
  period(startSec: number): SeriesPeriod {
    const { sum = new StatisticsSum(), histogram = new Histogram() } = this.totals.get(startSec) ?? {};
    return { statistics: sum.toSummaryStatistics(), histogram: histogram.toEntries() };
  }

  private addSample({ startTimeSec, outcome, responseTimeUs }: Sample): void {
    const { window } = this.options;
    if (outcome === 'pending' || startTimeSec < window.startTimeSec || startTimeSec >= window.endTimeSec)
      return;
    const key = this.periodStartSec(startTimeSec);
    const totals = this.totals.get(key) ?? { sum: new StatisticsSum(), histogram: new Histogram() };
    this.totals.set(key, totals);
    totals.sum.add(outcome, responseTimeUs);
    totals.histogram.add(responseTimeUs);
  }
}
