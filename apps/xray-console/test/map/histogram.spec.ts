import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { binDurations, countBetween, percentile, slowestFrom } from '../../src/histogram/bin-durations.js';
import { binAt, isBinSelected, rangeOfBins, tickIndexes } from '../../src/histogram/brush.js';
import { filterForEdge, filterForNode } from '../../src/map/filter-for.js';
import { buildMapGraph } from '../../src/map/map-graph.js';
import { parseFilterExpression } from '#xray-model';
import { aService, labServices } from './a-graph.js';

const entries = fc.array(
  fc.record({
    Value: fc.integer({ min: 0, max: 200_000 }).map((ms) => ms / 1000),
    Count: fc.integer({ min: 1, max: 50 }),
  }),
  { minLength: 1, maxLength: 60 },
);

describe('binDurations', () => {
  it('counts every sample once, in bins that follow one another, with nothing empty at the ends', () => {
    fc.assert(
      fc.property(entries, (histogram) => {
        const bins = binDurations(histogram);
        const total = histogram.reduce((sum, { Count }) => sum + Count, 0);

        expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(total);
        expect(bins.slice(1).every((bin, index) => bin.fromSec === bins[index]!.toSec)).toBe(true);
        expect(bins[0]!.count).toBeGreaterThan(0);
        expect(bins.at(-1)!.count).toBeGreaterThan(0);
      }),
    );
  });

  it('makes bins as fine as the times are short', () => {
    const bins = binDurations([
      { Value: 0.01, Count: 3 },
      { Value: 0.011, Count: 1 },
      { Value: 0.3, Count: 1 },
    ]);

    expect(bins[0]).toEqual({ fromSec: 0.01, toSec: 0.012, count: 4 });
    expect(bins.at(-1)).toEqual({ fromSec: 0.3, toSec: 0.4, count: 1 });
  });

  it('has none for no samples, and one for what took no time', () => {
    expect(binDurations([])).toEqual([]);
    expect(binDurations([{ Value: 0, Count: 2 }])).toEqual([{ fromSec: 0, toSec: 0.001, count: 2 }]);
  });
});

describe('the figures of a histogram', () => {
  const histogram = [
    { Value: 0.2, Count: 1 },
    { Value: 0.01, Count: 8 },
    { Value: 0.1, Count: 1 },
  ];

  it('tell within what time a share of the samples was', () => {
    expect([0.5, 0.9, 1].map((share) => percentile(histogram, share))).toEqual([0.01, 0.1, 0.2]);
    expect(percentile([], 0.5)).toBeUndefined();
  });

  it('tell from where on the slowest are', () => {
    expect([1, 2, 5].map((count) => slowestFrom(histogram, count))).toEqual([0.2, 0.1, 0.01]);
    expect(slowestFrom([], 5)).toBeUndefined();
  });

  it('count a range with both its ends', () => {
    expect(countBetween(histogram, 0.1, 0.2)).toBe(2);
  });
});

describe('the brush', () => {
  const bins = binDurations([
    { Value: 0.001, Count: 1 },
    { Value: 0.004, Count: 1 },
  ]);

  it('selects from bin to bin, whichever way it is dragged', () => {
    expect(rangeOfBins(bins, 0, 2)).toEqual({ fromSec: 0.001, toSec: 0.004 });
    expect(rangeOfBins(bins, 2, 0)).toEqual({ fromSec: 0.001, toSec: 0.004 });
    expect(bins.map((bin) => isBinSelected(bin, { fromSec: 0.001, toSec: 0.004 }))).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it('stays in the picture', () => {
    expect([-5, 0, 99, 500].map((x) => binAt(x, 100, 4))).toEqual([0, 0, 3, 3]);
  });

  it('tells no more times than there is room for', () => {
    expect(tickIndexes(10, 4)).toEqual([0, 4, 8]);
    expect(tickIndexes(2, 10)).toEqual([0, 1, 2]);
  });
});

describe('the filter of a selection', () => {
  const { nodes, edges } = buildMapGraph(labServices(), 5);
  const api = nodes.find(({ type, name }) => type === 'AWS::ECS::Fargate' && name === 'signup-api')!;
  const call = edges.find(({ from, to }) => from === api && to.name === 'notifier')!;

  it('names a node as X-Ray does', () => {
    expect(filterForNode(api)).toBe('service(id(name: "signup-api", type: "AWS::ECS::Fargate"))');
    expect(filterForNode(api, { fromSec: 0.1, toSec: 0.25 })).toBe(
      'service(id(name: "signup-api", type: "AWS::ECS::Fargate")) { responsetime >= 0.1 AND responsetime <= 0.25 }',
    );
  });

  it('names the two ends of an edge', () => {
    expect(filterForEdge(call, { outcomes: ['fault', 'error'], fromSec: 1 })).toBe(
      'edge(id(name: "signup-api", type: "AWS::ECS::Fargate"), id(name: "notifier", type: "AWS::ECS::Fargate")) { (fault OR error) AND responsetime >= 1 }',
    );
  });

  it('is always one that X-Ray Local understands', () => {
    const odd = buildMapGraph([aService(0, 'a "quoted" \\ name')], 5).nodes[0]!;
    const filters = [
      ...nodes.map((node) => filterForNode(node, { outcomes: ['ok'], toSec: 0.0004 })),
      ...edges.map((edge) => filterForEdge(edge, { outcomes: ['throttle'] })),
      filterForNode(odd),
    ];

    for (const filter of filters) expect(() => parseFilterExpression(filter)).not.toThrow();
  });
});
