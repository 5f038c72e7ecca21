import { describe, expect, it } from '@jest/globals';
import { formatCount, formatPerMinute, formatSeconds } from './format-figures.js';
import { figuresOf, linkFiguresOf } from './node-figures.js';
import { nameNodes, orderFromClients } from './node-order.js';

describe('figuresOf', () => {
  it('works out the average, the rate and the count of each class', () => {
    const statistics = {
      OkCount: 6,
      ErrorStatistics: { ThrottleCount: 1, OtherCount: 2, TotalCount: 3 },
      FaultStatistics: { OtherCount: 1, TotalCount: 1 },
      TotalCount: 10,
      TotalResponseTime: 0.5,
    };

    expect(figuresOf(statistics, 5)).toEqual({
      totalCount: 10,
      averageSec: 0.05,
      perMinute: 2,
      okCount: 6,
      errorCount: 2,
      faultCount: 1,
      throttleCount: 1,
    });
  });

  it('has none where nothing was counted', () => {
    expect(figuresOf(undefined, 5)).toBeUndefined();
    expect(figuresOf({ TotalCount: 0 }, 5)).toBeUndefined();
  });
});

describe('linkFiguresOf', () => {
  it('counts the messages and averages their age', () => {
    const ages = [
      { Value: 0.01, Count: 3 },
      { Value: 0.05, Count: 1 },
    ];

    expect(linkFiguresOf(ages)).toEqual({ count: 4, averageAgeSec: 0.02 });
    expect(linkFiguresOf()).toEqual({ count: 0, averageAgeSec: undefined });
  });
});

describe('the order and names of nodes', () => {
  const table = { ReferenceId: 0, Name: 'signups', Edges: [] };
  const api = { ReferenceId: 1, Names: ['api'], Root: true, Edges: [{ ReferenceId: 0 }] };
  const client = { ReferenceId: 2, Name: 'api', Type: 'client', Edges: [{ ReferenceId: 1 }] };

  it('starts at the clients', () => {
    expect(orderFromClients([table, api, client])).toEqual([client, api, table]);
  });

  it('tells several clients apart by whom they call', () => {
    expect([...nameNodes([table, api, client]).values()]).toEqual(['signups', 'api', 'client']);
    expect(nameNodes([client, { ...client, ReferenceId: 3, Name: 'other' }]).get(3)).toBe('client of other');
  });
});

describe('the formats of figures', () => {
  it('give times three digits at most', () => {
    const times = [0.0008, 0.0352, 0.9994, 1.2, 75.04, 120].map(formatSeconds);

    expect(times).toEqual(['0.8 ms', '35 ms', '999 ms', '1.20 s', '75.0 s', '120 s']);
  });

  it('show a dash for what there is not', () => {
    expect([formatSeconds(undefined), formatCount(undefined), formatPerMinute(undefined)]).toEqual([
      '–',
      '–',
      '–',
    ]);
    expect([formatCount(0), formatPerMinute(2)]).toEqual(['0', '2.0']);
  });

  it('do not show few as none', () => {
    expect([0, 0.04, 0.05, 12.34, 120.4].map(formatPerMinute)).toEqual(['0.0', '<0.1', '0.1', '12.3', '120']);
  });
});
