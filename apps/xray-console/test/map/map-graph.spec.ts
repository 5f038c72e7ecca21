import { describe, expect, it } from '@jest/globals';
import { findChanged, trafficOf } from '../../src/map/changed-ids.js';
import { findMatches } from '../../src/map/find-matches.js';
import { buildMapGraph, totalsOf } from '../../src/map/map-graph.js';
import { edgeAccessibleName, labelLines, nodeAccessibleName, typeLabel } from '../../src/map/node-label.js';
import { ringShares } from '../../src/map/ring-shares.js';
import { MAX_DRAWN_NODES, selectVisible } from '../../src/map/visible-graph.js';
import { aService, labServices, statistics } from './a-graph.js';

const graph = buildMapGraph(labServices(), 5);
const nodeOf = (name: string) => graph.nodes.find((node) => node.plainName === name)!;

describe('buildMapGraph', () => {
  it('names nodes as the terminal does, from the client on', () => {
    expect(graph.nodes.map(({ plainName }) => plainName)).toEqual([
      'client',
      'signup-api',
      'signups (DynamoDB table)',
      'notifier',
      'SNS',
      'signups (SQS queue)',
    ]);
  });

  it('gives the same ids and the same order whatever order the answer has', () => {
    const services = labServices().map((service) => ({ ...service, Edges: service.Edges.toReversed() }));
    const reversed = buildMapGraph(services.toReversed(), 5);

    expect(reversed.nodes.map(({ id }) => id)).toEqual(graph.nodes.map(({ id }) => id));
    expect(reversed.edges.map(({ id }) => id)).toEqual(graph.edges.map(({ id }) => id));
  });

  it('tells links from calls, and leaves out what leads to a node that is not in the answer', () => {
    const links = graph.edges.filter(({ isLink }) => isLink);

    expect(links).toMatchObject([{ from: { name: 'SNS' }, to: { name: 'notifier' }, link: { count: 4 } }]);
    expect(buildMapGraph(labServices().slice(0, 2), 5).edges).toHaveLength(1);
  });

  it('keeps two nodes apart that differ in their account alone', () => {
    const twins = [aService(0, 'api', { AccountId: '1' }), aService(1, 'api', { AccountId: '2' })];

    expect(new Set(buildMapGraph(twins, 5).nodes.map(({ id }) => id)).size).toBe(2);
  });

  it('counts the requests that came from clients', () => {
    expect(totalsOf(graph)).toEqual({ nodeCount: 6, edgeCount: 6, requestCount: 10 });
  });
});

describe('ringShares', () => {
  it('are exactly the shares of the counts, one after the other', () => {
    expect(ringShares(nodeOf('signup-api').figures)).toEqual([
      { outcome: 'fault', count: 1, startPercent: 0, percent: 10 },
      { outcome: 'error', count: 2, startPercent: 10, percent: 20 },
      { outcome: 'throttle', count: 1, startPercent: 30, percent: 10 },
      { outcome: 'ok', count: 6, startPercent: 40, percent: 60 },
    ]);
  });

  it('are none for a client', () => {
    expect(ringShares(nodeOf('client').figures)).toEqual([]);
  });
});

describe('the words of a node', () => {
  it('start with what is written there, and then tell what the ring does', () => {
    expect(nodeAccessibleName(nodeOf('signup-api'))).toBe(
      'signup-api ECS Fargate 20 ms 2.0 t/min 10 % faults, 20 % errors, 10 % throttled, 60 % ok, 10 requests',
    );
  });

  it('have a queue’s URL behind its last part', () => {
    expect(nodeAccessibleName(nodeOf('signups (SQS queue)'))).toBe(
      'signups SQS queue 20 ms 2.0 t/min 100 % ok, 10 requests, http://127.0.0.1:4566/000000000000/signups',
    );
  });

  it('do not repeat a type that says what the name says', () => {
    expect(typeLabel(nodeOf('SNS'))).toBeUndefined();
    expect(nodeAccessibleName(nodeOf('client'))).toBe('client');
  });

  it.each([
    ['signup-api', ['signup-api']],
    ['ecs-credentials-endpoint', ['ecs-credentials-', 'endpoint']],
    ['averyveryverylongnamewithoutjoints', ['averyveryverylon', '…mewithoutjoints']],
    ['a-service-with-a-name-that-does-not-end', ['a-service-with-', '…at-does-not-end']],
  ])('break %s into %j', (name, lines) => {
    expect(labelLines(name)).toEqual(lines);
  });

  it('tell of an edge who calls whom, how often and how fast', () => {
    const names = graph.edges.map(edgeAccessibleName);

    expect(names).toContain('signup-api to notifier, 10 calls, 20 ms on average');
    expect(names).toContain('SNS to notifier, linked by messages, 4 messages, received after 20 ms');
  });
});

describe('selectVisible', () => {
  it('shows the neighbourhood of the node in focus and counts the rest', () => {
    const { graph: near, hiddenCount } = selectVisible(graph, nodeOf('SNS').id);

    expect(near.nodes.map(({ name }) => name)).toEqual(['notifier', 'SNS']);
    expect(near.edges).toHaveLength(2);
    expect(hiddenCount).toBe(4);
  });

  it('shows everything for a focus on what is not there', () => {
    expect(selectVisible(graph, 'nobody')).toEqual({ graph, hiddenCount: 0 });
  });

  it('keeps the busiest of too many', () => {
    const services = Array.from({ length: MAX_DRAWN_NODES + 5 }, (_, index) =>
      aService(index, `service-${index}`, { SummaryStatistics: statistics(index + 1) }),
    );
    const { graph: drawn, hiddenCount } = selectVisible(buildMapGraph(services, 5), undefined);

    expect(hiddenCount).toBe(5);
    expect(Math.min(...drawn.nodes.map(({ figures }) => figures?.totalCount ?? 0))).toBe(6);
  });
});

describe('findMatches', () => {
  it('finds by name and by type, every word', () => {
    const namesOf = (search: string) => [...(findMatches(graph, search) ?? [])];

    expect(namesOf('sign dynamo')).toEqual(['AWS::DynamoDB::Table|signups']);
    expect(namesOf('nothing of it')).toEqual([]);
    expect(findMatches(graph, '  ')).toBeUndefined();
  });
});

describe('findChanged', () => {
  it('points out what is new or has more, and not what only left the time range', () => {
    const before = new Map([
      ['same', 1],
      ['more', 1],
      ['less', 5],
    ]);
    const after = new Map([
      ['same', 1],
      ['more', 2],
      ['less', 4],
      ['new', 0],
    ]);

    expect([...findChanged(before, after)]).toEqual(['more', 'new']);
    expect(findChanged(trafficOf(graph), trafficOf(graph)).size).toBe(0);
  });
});
