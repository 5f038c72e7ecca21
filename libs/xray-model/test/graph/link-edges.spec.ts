import { describe, expect, it } from '@jest/globals';
import { buildServiceGraph } from '../../src/graph/build-service-graph.js';
import type { HistogramEntry, Service } from '../../src/graph/service-graph.js';
import { ServiceGraphBuilder } from '../../src/graph/service-graph-builder.js';
import { contributionsOf } from '../../src/graph/trace-contribution.js';
import type { SegmentDocument, SegmentLink } from '../../src/segment/segment-document.js';
import { assembleTrace } from '../../src/trace/assemble-trace.js';
import {
  CONSUMER_TRACE_ID,
  START,
  TRACE_ID,
  consumerDocuments,
  id,
  nested,
  segment,
  signupDocuments,
} from '../trace/trace-documents.js';

function linksOf(services: Service[]): [from: string, to: string][] {
  return services.flatMap((from) =>
    from.Edges.filter(({ EdgeType }) => EdgeType === 'link').map(({ ReferenceId }): [string, string] => [
      from.Name,
      services[ReferenceId]!.Name,
    ]),
  );
}

/** The ages of the messages on the one link there is. */
function agesOf(services: Service[]): HistogramEntry[] | undefined {
  return services.flatMap(({ Edges }) => Edges).find(({ EdgeType }) => EdgeType === 'link')
    ?.ReceivedEventAgeHistogram;
}

/** The graph of a publisher and of a consumer that links to the entity. */
function graphOf(publisher: SegmentDocument[], entityId: string): Service[] {
  const links: SegmentLink[] = [{ trace_id: TRACE_ID, id: entityId }];
  const consumer = segment([100, 110], {
    id: id('c1'),
    trace_id: CONSUMER_TRACE_ID,
    name: 'consumer',
    links,
  });
  return buildServiceGraph([
    assembleTrace(CONSUMER_TRACE_ID, [consumer]),
    assembleTrace(TRACE_ID, publisher),
  ]);
}

describe('a link to another trace', () => {
  const signup = assembleTrace(TRACE_ID, signupDocuments());
  const consumer = assembleTrace(CONSUMER_TRACE_ID, consumerDocuments());

  it('leads from what was called in the linked trace to the consumer, which has no client', () => {
    const services = buildServiceGraph([signup, consumer]);
    expect(linksOf(services)).toEqual([['SNS', 'notifier']]);
    expect(services.filter(({ Type }) => Type === 'client').map(({ Name }) => Name)).toEqual(['signup-api']);
    expect(services.find(({ Name }) => Name === 'notifier')).not.toHaveProperty('Root');
  });

  it('counts nothing but the age of the messages', () => {
    const services = buildServiceGraph([consumer, signup]);
    const sns = services.find(({ Name }) => Name === 'SNS')!;
    expect(sns.Edges).toEqual([
      {
        ReferenceId: services.findIndex(({ Name }) => Name === 'notifier'),
        StartTime: START + 0.5,
        EndTime: START + 0.56,
        SummaryStatistics: {},
        ResponseTimeHistogram: [],
        Aliases: [],
        EdgeType: 'link',
        ReceivedEventAgeHistogram: [{ Value: 0.395, Count: 1 }],
      },
    ]);
  });

  it('is no edge while the linked trace is not there, and one as soon as it is', () => {
    const builder = new ServiceGraphBuilder();
    builder.add(contributionsOf(consumer));
    expect(linksOf(builder.build())).toEqual([]);
    builder.add(contributionsOf(signup));
    expect(linksOf(builder.build())).toEqual([['SNS', 'notifier']]);
    expect(agesOf(builder.build())).toEqual([{ Value: 0.395, Count: 1 }]);
  });

  it('is no edge when the linked entity is unknown or its node has nothing in the window', () => {
    expect(linksOf(graphOf(signupDocuments(), id('ff')))).toEqual([]);
    expect(linksOf(buildServiceGraph([signup, consumer], { startTimeSec: START + 0.2 }))).toEqual([]);
    expect(linksOf(buildServiceGraph([signup, consumer], { endTimeSec: START + 0.2 }))).toEqual([]);
  });

  it.each<[string, string, string]>([
    ['a segment leads from that segment’s node', id('1'), 'publisher'],
    ['local work leads from the service that did it', id('2'), 'publisher'],
    ['a call leads from what was called', id('3'), 'SNS'],
    ['an answered call leads from the service that answered', id('4'), 'queue-service'],
  ])('to %s', (_case, entityId, from) => {
    const publisher = [
      segment([0, 50], {
        id: id('1'),
        name: 'publisher',
        subsegments: [
          nested([1, 2], { id: id('2') }),
          nested([3, 4], { id: id('3'), name: 'SNS', namespace: 'aws' }),
          nested([5, 9], { id: id('4'), name: 'queue-service', namespace: 'remote' }),
        ],
      }),
      segment([6, 8], { id: id('5'), parent_id: id('4'), name: 'queue-service' }),
    ];
    expect(linksOf(graphOf(publisher, entityId))).toEqual([[from, 'consumer']]);
  });

  it('leads nowhere from an orphan', () => {
    const orphan = {
      ...nested([1, 2], { id: id('2') }),
      trace_id: TRACE_ID,
      type: 'subsegment' as const,
      parent_id: id('f'),
    };
    expect(linksOf(graphOf([orphan], id('2')))).toEqual([]);
  });

  it('counts the age of a message from the end of its sending, from the start while that is in progress, never below zero', () => {
    const sendingFor = (toMs?: number) => {
      const times: [number, number?] = toMs === undefined ? [0] : [0, toMs];
      return [segment(times, { id: id('1'), name: 'publisher' })];
    };
    expect(agesOf(graphOf(sendingFor(500), id('1')))).toEqual([{ Value: 0, Count: 1 }]);
    expect(agesOf(graphOf(sendingFor(), id('1')))).toEqual([{ Value: 0.1, Count: 1 }]);
  });

  it('stands beside the edge of a call between the same nodes', () => {
    const publisher = [
      segment([0, 50], {
        id: id('1'),
        name: 'publisher',
        subsegments: [nested([1, 9], { id: id('2'), name: 'consumer', namespace: 'remote' })],
      }),
      segment([2, 8], { id: id('3'), parent_id: id('2'), name: 'consumer' }),
    ];
    const services = graphOf(publisher, id('1'));
    const edges = services.find(({ Name, Type }) => Name === 'publisher' && Type === undefined)!.Edges;
    expect(edges.map(({ EdgeType }) => EdgeType)).toEqual([undefined, 'link']);
  });
});
