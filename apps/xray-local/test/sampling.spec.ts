import { beforeEach, describe, expect, it } from '@jest/globals';
import { createSamplingRule } from '../src/api/create-sampling-rule.js';
import { deleteSamplingRule } from '../src/api/delete-sampling-rule.js';
import { getSamplingRules } from '../src/api/get-sampling-rules.js';
import { getSamplingStatisticSummaries } from '../src/api/get-sampling-statistic-summaries.js';
import { getSamplingTargets } from '../src/api/get-sampling-targets.js';
import type { Operation, OperationContext } from '../src/api/operation.js';
import { createOperationContext } from '../src/api/operation-context.js';
import type { OperationParts } from '../src/api/operation-context.js';
import { updateSamplingRule } from '../src/api/update-sampling-rule.js';
import { MemorySettingsStore } from '../src/settings/settings.store.js';
import { BASE_SEC } from './segment-documents.js';

const RULE = {
  RuleName: 'checkout',
  ResourceARN: '*',
  Priority: 100,
  FixedRate: 0.5,
  ReservoirSize: 10,
  ServiceName: '*',
  ServiceType: '*',
  Host: '*',
  HTTPMethod: '*',
  URLPath: '*',
  Version: 1,
};

describe('sampling', () => {
  let nowSec: number;
  let settings: MemorySettingsStore;
  let context: OperationContext;

  const newContext = (): OperationContext => {
    // No operation of sampling asks for traces.
    const parts = { settings, now: () => nowSec * 1000 } as unknown as OperationParts;
    return createOperationContext(parts);
  };
  const run = <T>(operation: Operation, input: object = {}): T => operation({ ...input }, context) as T;
  const create = (change: object = {}): unknown =>
    run(createSamplingRule, { SamplingRule: { ...RULE, ...change } });

  const client = (number: number): string => number.toString(16).padStart(24, '0');
  const report = (clientNumber: number, counts: object = {}): Targets =>
    run(getSamplingTargets, {
      SamplingStatisticsDocuments: [
        {
          RuleName: 'checkout',
          ClientID: client(clientNumber),
          Timestamp: nowSec,
          RequestCount: 0,
          SampledCount: 0,
          ...counts,
        },
      ],
    });
  const quotaOf = (clientNumber: number): number | undefined =>
    report(clientNumber).SamplingTargetDocuments[0]?.ReservoirQuota;

  interface Targets {
    SamplingTargetDocuments: { RuleName: string; ReservoirQuota: number; ReservoirQuotaTTL: number }[];
    LastRuleModification: number;
    UnprocessedStatistics: { RuleName: string; ErrorCode: string; Message: string }[];
  }
  interface Rules {
    SamplingRuleRecords: { SamplingRule: { RuleName: string }; ModifiedAt: number }[];
  }
  interface Summaries {
    SamplingStatisticSummaries: object[];
  }

  beforeEach(() => {
    nowSec = BASE_SEC;
    settings = new MemorySettingsStore();
    context = newContext();
  });

  it('begins with AWS’s default rule', () => {
    expect(run<Rules>(getSamplingRules).SamplingRuleRecords).toEqual([
      {
        CreatedAt: 0,
        ModifiedAt: 0,
        SamplingRule: {
          RuleName: 'Default',
          RuleARN: 'arn:aws:xray:us-east-1:000000000000:sampling-rule/Default',
          ResourceARN: '*',
          Priority: 10_000,
          FixedRate: 0.05,
          ReservoirSize: 1,
          ServiceName: '*',
          ServiceType: '*',
          Host: '*',
          HTTPMethod: '*',
          URLPath: '*',
          Version: 1,
          Attributes: {},
        },
      },
    ]);
  });

  it('lists rules in the order in which they are tried: by priority, then by name', () => {
    create({ RuleName: 'b', Priority: 5 });
    create({ RuleName: 'c', Priority: 1 });
    create({ RuleName: 'a', Priority: 5 });

    const names = run<Rules>(getSamplingRules).SamplingRuleRecords.map(
      ({ SamplingRule }) => SamplingRule.RuleName,
    );

    expect(names).toEqual(['c', 'a', 'b', 'Default']);
  });

  it('takes changes of the default rule’s rate and reservoir, and tells when', () => {
    nowSec += 60;
    run(updateSamplingRule, { SamplingRuleUpdate: { RuleName: 'Default', FixedRate: 1, ReservoirSize: 5 } });

    expect(run<Rules>(getSamplingRules).SamplingRuleRecords[0]).toMatchObject({
      SamplingRule: { FixedRate: 1, ReservoirSize: 5, Priority: 10_000 },
      ModifiedAt: BASE_SEC + 60,
    });
  });

  it('has room for 25 rules besides the default one', () => {
    for (let number = 1; number <= 25; number += 1) create({ RuleName: `r${number}` });

    expect(() => create()).toThrow(
      expect.objectContaining({ code: 'RuleLimitExceededException', status: 400 }),
    );
  });

  it('tells clients when any rule was last made, changed or deleted', () => {
    const modification = (): number => report(1).LastRuleModification;
    expect(modification()).toBe(BASE_SEC);
    nowSec += 5.5;
    create();
    expect(modification()).toBe(BASE_SEC + 5.5);
    nowSec += 1;
    run(updateSamplingRule, { SamplingRuleUpdate: { RuleName: 'checkout', FixedRate: 0 } });
    expect(modification()).toBe(BASE_SEC + 6.5);
    nowSec += 1;
    run(deleteSamplingRule, { RuleName: 'checkout' });
    expect(modification()).toBe(BASE_SEC + 7.5);
  });

  it('gives one client the whole reservoir for five minutes', () => {
    create();

    expect(report(1).SamplingTargetDocuments).toEqual([
      {
        RuleName: 'checkout',
        FixedRate: 0.5,
        ReservoirQuota: 10,
        ReservoirQuotaTTL: BASE_SEC + 300,
        Interval: 10,
      },
    ]);
  });

  it('shares the reservoir among the clients of the last half minute, the rest to those who came first', () => {
    create();
    for (const number of [1, 2, 3]) report(number);

    expect([1, 2, 3].map(quotaOf)).toEqual([4, 3, 3]);
    nowSec += 20;
    expect([1, 2].map(quotaOf)).toEqual([4, 3]);
    nowSec += 11;
    expect([1, 2].map(quotaOf)).toEqual([5, 5]);
  });

  it('gives nothing of a reservoir smaller than the clients are many to the last of them', () => {
    create({ ReservoirSize: 1 });
    report(1);

    expect(quotaOf(2)).toBe(0);
    expect(quotaOf(1)).toBe(1);
  });

  it('names statistics of deleted rules and of long ago, in codes that clients read as statuses', () => {
    create();

    expect(report(1, { RuleName: 'gone' })).toMatchObject({
      SamplingTargetDocuments: [],
      UnprocessedStatistics: [
        { RuleName: 'gone', ErrorCode: '404', Message: 'there is no sampling rule gone' },
      ],
    });
    expect(report(1, { Timestamp: BASE_SEC - 301 }).UnprocessedStatistics).toEqual([
      { RuleName: 'checkout', ErrorCode: '400', Message: 'Timestamp is more than 300 s ago' },
    ]);
    expect(run<Summaries>(getSamplingStatisticSummaries).SamplingStatisticSummaries).toEqual([]);
  });

  it('adds up what clients counted, by rule and window, for an hour', () => {
    create();
    report(1, { RequestCount: 10, SampledCount: 5, BorrowCount: 1 });
    report(2, { RequestCount: 1, SampledCount: 1 });
    nowSec += 12;
    report(1, { RequestCount: 3 });
    const first = {
      RuleName: 'checkout',
      Timestamp: BASE_SEC,
      RequestCount: 11,
      SampledCount: 6,
      BorrowCount: 1,
    };

    const summaries = run<Summaries>(getSamplingStatisticSummaries).SamplingStatisticSummaries;

    expect(summaries).toEqual([
      { RuleName: 'checkout', Timestamp: BASE_SEC + 10, RequestCount: 3, SampledCount: 0, BorrowCount: 0 },
      first,
    ]);
    nowSec += 3590;
    expect(run<Summaries>(getSamplingStatisticSummaries).SamplingStatisticSummaries).toHaveLength(1);
  });

  it('keeps rules and tags where settings are kept, and lets clients fetch the rules of a new process', () => {
    create();
    nowSec += 1000;
    context = newContext();

    expect(run<Rules>(getSamplingRules).SamplingRuleRecords).toHaveLength(2);
    expect(report(1).LastRuleModification).toBe(BASE_SEC + 1000);
  });
});
