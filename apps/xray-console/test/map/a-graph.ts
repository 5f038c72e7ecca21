import type { Service, SummaryStatistics } from '#xray-model';

/** Statistics of so many samples of 20 ms each. */
export function statistics(ok: number, error = 0, fault = 0, throttle = 0): SummaryStatistics {
  const total = ok + error + fault + throttle;
  return {
    OkCount: ok,
    ErrorStatistics: { OtherCount: error, ThrottleCount: throttle, TotalCount: error + throttle },
    FaultStatistics: { OtherCount: fault, TotalCount: fault },
    TotalCount: total,
    TotalResponseTime: total * 0.02,
  };
}

/** A node that calls the nodes with these references. */
export function aService(ReferenceId: number, Name: string, fields: Partial<Service> = {}): Service {
  const base = {
    ReferenceId,
    Name,
    Names: [Name],
    State: 'active' as const,
    StartTime: 0,
    EndTime: 1,
    Edges: [],
  };
  return { ...base, SummaryStatistics: statistics(10), ResponseTimeHistogram: [], ...fields };
}

export function callsTo(...references: number[]): Service['Edges'] {
  return references.map((ReferenceId) => ({
    ReferenceId,
    StartTime: 0,
    EndTime: 1,
    SummaryStatistics: statistics(10),
    ResponseTimeHistogram: [],
    Aliases: [],
  }));
}

/** The sign-up lab in small: client, API, table, notifier, topic; the topic is linked back to the notifier. */
export function labServices(): Service[] {
  const { SummaryStatistics: _, ...client } = aService(0, 'signup-api', {
    Type: 'client',
    Edges: callsTo(1),
  });
  return [
    client,
    aService(1, 'signup-api', {
      Root: true,
      Type: 'AWS::ECS::Fargate',
      Edges: callsTo(2, 3),
      SummaryStatistics: statistics(6, 2, 1, 1),
    }),
    aService(2, 'signups', { Type: 'AWS::DynamoDB::Table' }),
    aService(3, 'notifier', { Type: 'AWS::ECS::Fargate', Edges: callsTo(4, 5) }),
    aService(4, 'SNS', {
      Type: 'AWS::SNS',
      Edges: [
        {
          ReferenceId: 3,
          StartTime: 0,
          EndTime: 1,
          ResponseTimeHistogram: [],
          Aliases: [],
          SummaryStatistics: statistics(0),
          EdgeType: 'link',
          ReceivedEventAgeHistogram: [{ Value: 0.02, Count: 4 }],
        },
      ],
    }),
    aService(5, 'http://127.0.0.1:4566/000000000000/signups', { Type: 'AWS::SQS::Queue' }),
  ];
}
