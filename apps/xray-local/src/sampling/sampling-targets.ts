import type { SamplingRule } from './sampling-rule.js';

/** What one client counted of one rule since it last told. */
export interface SamplingStatistics {
  ruleName: string;
  clientId: string;
  /** Epoch seconds. */
  timestampSec: number;
  requestCount: number;
  sampledCount: number;
  borrowCount: number;
}

/** Sums of all clients over a window; names are the API's. */
export interface SamplingStatisticSummary {
  RuleName: string;
  /** Start of the window, epoch seconds. */
  Timestamp: number;
  RequestCount: number;
  BorrowCount: number;
  SampledCount: number;
}

/** Seconds between two reports of a client. */
export const REPORT_INTERVAL_SEC = 10;
/** A client that has not told for this long takes no part of a reservoir: three reports were missed. */
const CLIENT_LIFE_MS = 30_000;
/** A client that cannot reach X-Ray goes on with what it has for this long. */
const QUOTA_LIFE_SEC = 300;
/** Windows of statistics are kept for an hour. */
const SUMMARY_LIFE_SEC = 3600;
/** So that a program with a new client id in each report cannot fill the memory; it shares with nobody anyway. */
const MAX_CLIENTS_PER_RULE = 1000;

/** Shares the reservoirs of rules among the clients that use them, and adds up what clients tell. */
export class SamplingTargets {
  /** By rule, client id to when it last told; in the order in which clients first came. */
  private readonly clients = new Map<string, Map<string, number>>();
  private summaries: SamplingStatisticSummary[] = [];

  constructor(private readonly now: () => number) {}

  record(statistics: SamplingStatistics): void {
    const nowMs = this.now();
    const clients = this.clients.get(statistics.ruleName) ?? new Map<string, number>();
    this.clients.set(statistics.ruleName, clients);
    for (const [clientId, lastMs] of clients) {
      if (nowMs - lastMs > CLIENT_LIFE_MS) clients.delete(clientId);
    }
    if (clients.size < MAX_CLIENTS_PER_RULE || clients.has(statistics.clientId)) {
      clients.set(statistics.clientId, nowMs);
    }
    this.addToSummary(statistics, nowMs / 1000);
  }

  /** The client's part of the reservoir, in requests per second. The first to come get what does not divide. */
  quotaOf({ RuleName, ReservoirSize }: SamplingRule, clientId: string): number {
    const clientIds = [...(this.clients.get(RuleName)?.keys() ?? [])];
    const place = clientIds.indexOf(clientId);
    if (place === -1) return 0;
    const share = Math.floor(ReservoirSize / clientIds.length);
    return place < ReservoirSize % clientIds.length ? share + 1 : share;
  }

  /** When a quota given now ends, epoch seconds. */
  quotaEndSec(): number {
    return Math.floor(this.now() / 1000) + QUOTA_LIFE_SEC;
  }

  forget(ruleName: string): void {
    this.clients.delete(ruleName);
  }

  /** The latest window first. */
  listSummaries(): SamplingStatisticSummary[] {
    this.dropOldSummaries(this.now() / 1000);
    return this.summaries.toReversed();
  }

  private addToSummary(statistics: SamplingStatistics, nowSec: number): void {
    const windowSec = Math.floor(nowSec / REPORT_INTERVAL_SEC) * REPORT_INTERVAL_SEC;
    const { ruleName } = statistics;
    let summary = this.summaries.findLast(
      ({ RuleName, Timestamp }) => RuleName === ruleName && Timestamp === windowSec,
    );
    if (summary === undefined) {
      this.dropOldSummaries(nowSec);
      summary = {
        RuleName: ruleName,
        Timestamp: windowSec,
        RequestCount: 0,
        BorrowCount: 0,
        SampledCount: 0,
      };
      this.summaries.push(summary);
    }
    summary.RequestCount += statistics.requestCount;
    summary.BorrowCount += statistics.borrowCount;
    summary.SampledCount += statistics.sampledCount;
  }

  private dropOldSummaries(nowSec: number): void {
    this.summaries = this.summaries.filter(({ Timestamp }) => Timestamp > nowSec - SUMMARY_LIFE_SEC);
  }
}
