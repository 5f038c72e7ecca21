import { describe, expect, it } from '@jest/globals';
import { buildServiceGraph } from '../../src/graph/build-service-graph.js';
import { ServiceGraphBuilder } from '../../src/graph/service-graph-builder.js';
import type { GraphWindow } from '../../src/graph/service-graph-builder.js';
import { contributionsOf } from '../../src/graph/trace-contribution.js';
import type { Service } from '../../src/graph/service-graph.js';
import type { SegmentDocument } from '../../src/segment/segment-document.js';
import { assembleTrace } from '../../src/trace/assemble-trace.js';
import {
  START,
  TRACE_ID,
  id,
  nested,
  segment,
  signupDocuments,
  subsegment,
} from '../trace/trace-documents.js';

function graphOf(traces: SegmentDocument[][], window?: GraphWindow): Service[] {
  const assembled = traces.map((documents, index) =>
    assembleTrace(`${TRACE_ID.slice(0, -1)}${index}`, documents),
  );
  return buildServiceGraph(assembled, window);
}

function serviceOf(services: Service[], name: string, type?: string): Service {
  return services.find((service) => service.Name === name && service.Type === type)!;
}

/** `from -> to` by name and type. */
function arrowsOf(services: Service[]): string[] {
  const labelOf = ({ Name, Type }: Service) => `${Name} (${Type})`;
  return services.flatMap((from) =>
    from.Edges.map(({ ReferenceId }) => `${labelOf(from)} -> ${labelOf(services[ReferenceId]!)}`),
  );
}

function statistics(okCount: number, otherErrors: number, totalResponseTime: number) {
  return {
    OkCount: okCount,
    ErrorStatistics: { ThrottleCount: 0, OtherCount: otherErrors, TotalCount: otherErrors },
    FaultStatistics: { OtherCount: 0, TotalCount: 0 },
    TotalCount: okCount + otherErrors,
    TotalResponseTime: totalResponseTime,
  };
}

function histogram(...values: number[]) {
  return values.map((Value) => ({ Value, Count: 1 }));
}

describe('the graph of the original sample, as X-Ray’s guide prints it', () => {
  const name = 'xray-sample.elasticbeanstalk.com';
  const table = 'awseb-e-dixzws4s9p-stack-StartupSignupsTable-4IMSMHAYX2BA';
  const request = (tookMs: number, fields: Partial<SegmentDocument> = {}) =>
    segment([0, tookMs], { id: id('1'), name, origin: 'AWS::EC2::Instance', ...fields });
  const calls = (putMs: number, publishMs: number) => [
    nested([1, 1 + putMs], { id: id('2'), name: 'DynamoDB', namespace: 'aws', aws: { table_name: table } }),
    nested([2, 2 + publishMs], { id: id('3'), name: 'SNS', namespace: 'aws' }),
  ];
  const services = graphOf([
    [request(5, { error: true })],
    [request(15)],
    [request(157, { subsegments: calls(76, 49) })],
    [request(96, { subsegments: calls(44, 76) })],
  ]);

  it('has the client, the service, the table and SNS, and nothing else', () => {
    expect(
      services.map(({ Name, Names, Type, State, Root }) => ({ Name, Names, Type, State, Root })),
    ).toEqual([
      { Name: name, Names: [name], Type: 'client', State: 'unknown', Root: undefined },
      { Name: name, Names: [name], Type: 'AWS::EC2::Instance', State: 'active', Root: true },
      { Name: table, Names: [table], Type: 'AWS::DynamoDB::Table', State: 'unknown', Root: undefined },
      { Name: 'SNS', Names: ['SNS'], Type: 'AWS::SNS', State: 'unknown', Root: undefined },
    ]);
    expect(arrowsOf(services)).toEqual([
      `${name} (client) -> ${name} (AWS::EC2::Instance)`,
      `${name} (AWS::EC2::Instance) -> ${table} (AWS::DynamoDB::Table)`,
      `${name} (AWS::EC2::Instance) -> SNS (AWS::SNS)`,
    ]);
  });

  it('has the guide’s statistics and histograms on the nodes', () => {
    const times = histogram(0.005, 0.015, 0.096, 0.157);
    expect(services[1]).toMatchObject({
      SummaryStatistics: statistics(3, 1, 0.273),
      DurationHistogram: times,
      ResponseTimeHistogram: times,
    });
    expect(services[2]).toMatchObject({
      SummaryStatistics: statistics(2, 0, 0.12),
      DurationHistogram: histogram(0.044, 0.076),
      ResponseTimeHistogram: histogram(0.044, 0.076),
      Edges: [],
    });
    expect(services[3]).toMatchObject({ SummaryStatistics: statistics(2, 0, 0.125), Edges: [] });
    for (const field of ['SummaryStatistics', 'DurationHistogram', 'ResponseTimeHistogram']) {
      expect(services[0]).not.toHaveProperty(field);
    }
  });

  it('has the guide’s statistics on the edges', () => {
    expect(services[0]!.Edges).toEqual([
      {
        ReferenceId: 1,
        StartTime: START,
        EndTime: START + 0.157,
        SummaryStatistics: statistics(3, 1, 0.273),
        ResponseTimeHistogram: histogram(0.005, 0.015, 0.096, 0.157),
        Aliases: [],
      },
    ]);
    expect(services[1]!.Edges).toMatchObject([
      { ReferenceId: 2, SummaryStatistics: statistics(2, 0, 0.12) },
      { ReferenceId: 3, SummaryStatistics: statistics(2, 0, 0.125) },
    ]);
  });
});

describe('buildServiceGraph', () => {
  it('draws the sign-up across both services', () => {
    const services = graphOf([signupDocuments()]);
    expect(arrowsOf(services)).toEqual([
      'signup-api (client) -> signup-api (AWS::ECS::Fargate)',
      'signup-api (AWS::ECS::Fargate) -> signups (AWS::DynamoDB::Table)',
      'signup-api (AWS::ECS::Fargate) -> notifier (AWS::ECS::Fargate)',
      'notifier (AWS::ECS::Fargate) -> ecs-credentials-endpoint (remote)',
      'notifier (AWS::ECS::Fargate) -> SNS (AWS::SNS)',
    ]);
    expect(services.map(({ ReferenceId }) => ReferenceId)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(services[0]).toMatchObject({ StartTime: START, EndTime: START + 0.14 });
  });

  it('shows the server’s view on a node and the callers’ view on the edge to it', () => {
    const services = graphOf([signupDocuments()]);
    const notifier = serviceOf(services, 'notifier', 'AWS::ECS::Fargate');
    const [, edge] = serviceOf(services, 'signup-api', 'AWS::ECS::Fargate').Edges;
    expect(notifier.ResponseTimeHistogram).toEqual(histogram(0.08));
    expect(edge!.ResponseTimeHistogram).toEqual(histogram(0.09));
    expect(notifier).not.toHaveProperty('Root');
  });

  it('merges the samples of many traces, rounding each to the millisecond', () => {
    const root = (tookMs: number) => [segment([0, tookMs], { id: id('1') })];
    const services = graphOf([root(2.4), root(2.3), root(0.2), root(13)]);
    expect(services[1]!.ResponseTimeHistogram).toEqual([
      { Value: 0, Count: 1 },
      { Value: 0.002, Count: 2 },
      { Value: 0.013, Count: 1 },
    ]);
    expect(services[1]!.SummaryStatistics).toMatchObject({ TotalCount: 4, TotalResponseTime: 0.018 });
  });

  it('counts each sample in one class: fault before throttle before error', () => {
    const flags = [
      {},
      { error: true },
      { error: true, throttle: true },
      { error: true, throttle: true, fault: true },
      { error: true, http: { response: { status: 409 } } },
    ];
    const services = graphOf(flags.map((fields) => [segment([0, 10], { id: id('1'), ...fields })]));
    expect(services[1]!.SummaryStatistics).toMatchObject({
      OkCount: 1,
      ErrorStatistics: { ThrottleCount: 1, OtherCount: 2, TotalCount: 3 },
      FaultStatistics: { OtherCount: 1, TotalCount: 1 },
      TotalCount: 5,
    });
  });

  it('shows what is in progress without counting it', () => {
    const call = nested([1], { id: id('2'), name: 'SNS', namespace: 'aws' });
    const services = graphOf([[segment([0], { id: id('1'), subsegments: [call] })]]);
    expect(arrowsOf(services)).toEqual([
      'signup-api (client) -> signup-api (undefined)',
      'signup-api (undefined) -> SNS (AWS::SNS)',
    ]);
    expect(services[2]).toMatchObject({ SummaryStatistics: { TotalCount: 0 }, ResponseTimeHistogram: [] });
    expect(services[0]!.Edges[0]).toMatchObject({ SummaryStatistics: { TotalCount: 0 }, EndTime: START });
  });

  it('tells the duration until the last subsegment apart from the response time', () => {
    const late = nested([5, 242], { id: id('2') });
    const services = graphOf([[segment([0, 13], { id: id('1'), subsegments: [late] })]]);
    expect(services[1]).toMatchObject({
      DurationHistogram: histogram(0.242),
      ResponseTimeHistogram: histogram(0.013),
    });
  });

  it('gives no type to a service that does not say where it runs, and keeps it apart from a remote node', () => {
    const call = nested([1, 9], { id: id('2'), name: 'notifier', namespace: 'remote' });
    const services = graphOf([
      [segment([0, 10], { id: id('1'), subsegments: [call] })],
      [segment([0, 10], { id: id('1'), name: 'notifier' })],
    ]);
    const nodes = services.filter(({ Name, Type }) => Name === 'notifier' && Type !== 'client');
    expect(nodes.map(({ Type, State }) => [Type, State])).toEqual([
      [undefined, 'active'],
      ['remote', 'unknown'],
    ]);
    expect(nodes[0]).not.toHaveProperty('Type');
  });

  it('takes an empty origin or account for none', () => {
    const services = graphOf([[segment([0, 10], { id: id('1'), origin: '', aws: { account_id: '' } })]]);
    expect(serviceOf(services, 'signup-api')).not.toHaveProperty('AccountId');
  });

  it('keeps the nodes of two accounts apart', () => {
    const root = (account: string) => [segment([0, 10], { id: id('1'), aws: { account_id: account } })];
    const services = graphOf([root('1'), root('2')]);
    expect(services.filter(({ State }) => State === 'active').map(({ AccountId }) => AccountId)).toEqual([
      '1',
      '2',
    ]);
    expect(services.filter(({ Type }) => Type === 'client')).toHaveLength(2);
  });

  it('has one client for each service that traces come in at', () => {
    const services = graphOf([
      [segment([0, 10], { id: id('1') })],
      [segment([0, 10], { id: id('1') })],
      [segment([0, 10], { id: id('1'), name: 'notifier' })],
    ]);
    expect(services.filter(({ Type }) => Type === 'client').map(({ Name }) => Name)).toEqual([
      'notifier',
      'signup-api',
    ]);
  });

  it('draws an edge from a service that calls itself to itself', () => {
    const services = graphOf([
      [
        segment([0, 10], {
          id: id('1'),
          subsegments: [nested([1, 9], { id: id('2'), namespace: 'remote' })],
        }),
        segment([2, 8], { id: id('3'), parent_id: id('2') }),
      ],
    ]);
    expect(services[1]!.Edges).toMatchObject([{ ReferenceId: 1, SummaryStatistics: { TotalCount: 1 } }]);
    expect(services[1]!.SummaryStatistics).toMatchObject({ TotalCount: 2 });
  });

  it('takes a node for a service as soon as one of its samples sent its own segment', () => {
    const sns = { name: 'SNS', origin: 'AWS::SNS' };
    const call = nested([1, 9], { id: id('2'), name: 'SNS', namespace: 'aws' });
    const services = graphOf([
      [segment([0, 10], { id: id('1'), subsegments: [call] })],
      [
        segment([0, 10], { id: id('1'), subsegments: [call] }),
        segment([2, 8], { id: id('3'), parent_id: id('2'), ...sns }),
        segment([3, 8], { id: id('4'), parent_id: id('1'), ...sns, subsegments: [{ ...call, id: id('5') }] }),
      ],
    ]);
    expect(serviceOf(services, 'SNS', 'AWS::SNS')).toMatchObject({
      State: 'active',
      SummaryStatistics: { TotalCount: 4 },
    });
  });

  it('draws nothing for subsegments whose segment has not arrived', () => {
    expect(graphOf([signupDocuments().slice(1, 2)])).toEqual([]);
  });
});

describe('buildServiceGraph, in a window', () => {
  const documents = [
    segment([0, 3000], {
      id: id('1'),
      subsegments: [nested([1000, 2000], { id: id('2'), name: 'SNS', namespace: 'aws' })],
    }),
  ];

  it('counts the samples that start in it, its end not included', () => {
    const inside = graphOf([documents], { startTimeSec: START, endTimeSec: START + 1 });
    expect(arrowsOf(inside)).toEqual(['signup-api (client) -> signup-api (undefined)']);
    expect(graphOf([documents], { startTimeSec: START + 1.5 })).toEqual([]);
  });

  it('shows the caller of a call in it also when the caller started before', () => {
    const services = graphOf([documents], { startTimeSec: START + 1 });
    expect(arrowsOf(services)).toEqual(['signup-api (undefined) -> SNS (AWS::SNS)']);
    expect(serviceOf(services, 'signup-api')).toMatchObject({ SummaryStatistics: { TotalCount: 0 } });
  });
});

describe('ServiceGraphBuilder', () => {
  it('tells when a node was called that started outside of it', () => {
    const documents = [
      segment([0, 200], { id: id('1') }),
      subsegment([90, 190], { id: id('2'), parent_id: id('1'), namespace: 'remote', name: 'worker' }),
      segment([110, 180], { id: id('3'), parent_id: id('2'), name: 'worker' }),
    ];
    const worker = serviceOf(
      graphOf([documents], { startTimeSec: START, endTimeSec: START + 0.1 }),
      'worker',
    );
    expect(worker).toMatchObject({
      StartTime: START + 0.09,
      EndTime: START + 0.19,
      SummaryStatistics: { TotalCount: 0 },
    });
  });

  it('goes on after a graph has been built', () => {
    const builder = new ServiceGraphBuilder();
    const contribution = contributionsOf(assembleTrace(TRACE_ID, signupDocuments()));
    builder.add(contribution);
    builder.build();
    builder.add({ ...contribution, traceId: 'another' });
    expect(builder.build()[1]!.SummaryStatistics).toMatchObject({ TotalCount: 2 });
  });

  it('takes contributions that went through JSON', () => {
    const contribution = contributionsOf(assembleTrace(TRACE_ID, signupDocuments()));
    const builder = new ServiceGraphBuilder();
    builder.add(JSON.parse(JSON.stringify(contribution)) as typeof contribution);
    expect(builder.build()).toEqual(graphOf([signupDocuments()]));
  });
});
