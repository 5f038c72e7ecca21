import type { Edge, Service, ServiceStatistics } from '@aws-sdk/client-xray';
import { describe, expect, it } from '@jest/globals';
import { createStyle } from '../terminal/style.js';
import { renderServiceMap } from './render-service-map.js';

function statistics(ok: number, error = 0, fault = 0, throttle = 0): ServiceStatistics {
  const total = ok + error + fault + throttle;
  return {
    OkCount: ok,
    ErrorStatistics: { OtherCount: error, ThrottleCount: throttle, TotalCount: error + throttle },
    FaultStatistics: { OtherCount: fault, TotalCount: fault },
    TotalCount: total,
    TotalResponseTime: total * 0.02,
  };
}

function edgeTo(ReferenceId: number, fields: Partial<Edge> = { SummaryStatistics: statistics(1) }): Edge {
  return { ReferenceId, ...fields };
}

const client: Service = { ReferenceId: 3, Name: 'signup-api', Type: 'client', Edges: [edgeTo(1)] };
const api: Service = {
  ReferenceId: 1,
  Name: 'signup-api',
  Root: true,
  Type: 'AWS::ECS::Fargate',
  SummaryStatistics: statistics(6, 2, 1, 1),
  Edges: [edgeTo(0)],
};
const table: Service = {
  ReferenceId: 0,
  Name: 'signups',
  Type: 'AWS::DynamoDB::Table',
  SummaryStatistics: statistics(10),
  Edges: [],
};

function render(services: Service[], hasColour = false): string[] {
  return renderServiceMap(services, { minutes: 5, columns: 120, style: createStyle(hasColour) });
}

describe('renderServiceMap', () => {
  it('lists nodes from the client on, with averages, rates and outcomes, and then the calls', () => {
    expect(render([table, api, client])).toEqual([
      'NODE        TYPE                  AVERAGE  PER MIN  OK  ERROR  FAULT  THROTTLE',
      'client      client                      –        –   –      –      –         –',
      'signup-api  AWS::ECS::Fargate       20 ms      2.0   6      2      1         1',
      'signups     AWS::DynamoDB::Table    20 ms      2.0  10      0      0         0',
      '',
      'CALLS                 AVERAGE  PER MIN  OK  ERROR  FAULT  THROTTLE',
      'client → signup-api     20 ms      0.2   1      0      0         0',
      'signup-api → signups    20 ms      0.2   1      0      0         0',
    ]);
  });

  it('tells several clients apart by whom they call', () => {
    const other = { ...client, ReferenceId: 4, Name: 'notifier' };
    const lines = render([client, other, api]);

    expect(lines[1]).toMatch(/^client of signup-api /);
    expect(lines.some((line) => line.startsWith('client of notifier '))).toBe(true);
  });

  it('draws a link with another arrow, and how old the messages were', () => {
    const histogram = [
      { Value: 0.01, Count: 3 },
      { Value: 0.05, Count: 1 },
    ];
    const queue: Service = {
      ReferenceId: 5,
      Name: 'SNS',
      Type: 'AWS::SNS',
      Edges: [edgeTo(1, { EdgeType: 'link', ReceivedEventAgeHistogram: histogram })],
    };

    const unread: Service = { ...queue, Edges: [edgeTo(1, { EdgeType: 'link' })] };
    const linkOf = (service: Service): string | undefined => {
      return render([service, api]).find((line) => line.startsWith('SNS ⇢ signup-api '));
    };

    expect(linkOf(queue)).toMatch(/ {2}link, 4 received after 20 ms on average$/);
    expect(linkOf(unread)).toMatch(/ {2}link$/);
  });

  it('shows a service without a type as remote, a target that is not in the answer as ?, and a circle once', () => {
    const a: Service = { ReferenceId: 0, Name: 'a', Edges: [edgeTo(1), edgeTo(9)] };
    const b: Service = { ReferenceId: 1, Names: ['b'], Edges: [edgeTo(0), edgeTo(1)] };
    const lines = render([a, b]);

    expect(lines.slice(1, 3).map((line) => line.slice(0, 9))).toEqual(['a     rem', 'b     rem']);
    expect(lines.slice(5).map((line) => line.slice(0, 5))).toEqual(['a → b', 'a → ?', 'b → a', 'b → b']);
  });

  it('shows nodes alone when nobody called anybody', () => {
    expect(render([table])).toHaveLength(2);
  });

  it('paints only outcomes that happened', () => {
    const line = render([api], true)[1];

    expect(line).toContain('\u001B[33m2\u001B[0m');
    expect(line).toContain('\u001B[31m1\u001B[0m');
    expect(line).toContain('\u001B[35m1\u001B[0m');
    expect(render([table], true)[1]).not.toContain('\u001B[31m');
  });
});
