import type { PlannedSignup } from './plan-traffic.js';

/** What came of one sign-up: the status of the answer, or that there was none in time. */
export type SignupResult = { status: number; durationMs: number } | { status: 'no answer'; reason: string };

export const OUTCOMES = ['201', '409', '500', 'other', 'no answer'] as const;
export type TrafficOutcome = (typeof OUTCOMES)[number];
export type TrafficCounts = Record<TrafficOutcome, number>;

/** What a run was to bring and what it brought so far. */
export interface TrafficTally {
  planned: number;
  sent: number;
  /** Of those sent. */
  expected: TrafficCounts;
  observed: TrafficCounts;
  /** How often each status under `other` came, and each reason under `no answer`. */
  details: Map<string, number>;
  /** Of the answers. */
  totalDurationMs: number;
  maxDurationMs: number;
}

export function createTally(planned: number): TrafficTally {
  return {
    planned,
    sent: 0,
    expected: noCounts(),
    observed: noCounts(),
    details: new Map(),
    totalDurationMs: 0,
    maxDurationMs: 0,
  };
}

export function countSent(tally: TrafficTally, signup: PlannedSignup): void {
  tally.sent += 1;
  tally.expected[signup.expectedStatus === 409 ? '409' : '201'] += 1;
}

export function countResult(tally: TrafficTally, result: SignupResult): void {
  if (result.status === 'no answer') {
    tally.observed['no answer'] += 1;
    countDetail(tally, result.reason);
    return;
  }
  const status = String(result.status);
  const outcome = OUTCOMES.find((candidate) => candidate === status) ?? 'other';
  tally.observed[outcome] += 1;
  if (outcome === 'other') countDetail(tally, status);
  tally.totalDurationMs += result.durationMs;
  tally.maxDurationMs = Math.max(tally.maxDurationMs, result.durationMs);
}

/** Answered or given up. */
export function countFinished({ observed }: TrafficTally): number {
  return OUTCOMES.reduce((sum, outcome) => sum + observed[outcome], 0);
}

/** Whether everything that was sent came out as expected. */
export function isAsExpected({ expected, observed }: TrafficTally): boolean {
  return OUTCOMES.every((outcome) => expected[outcome] === observed[outcome]);
}

function countDetail(tally: TrafficTally, detail: string): void {
  tally.details.set(detail, (tally.details.get(detail) ?? 0) + 1);
}

function noCounts(): TrafficCounts {
  return { '201': 0, '409': 0, '500': 0, other: 0, 'no answer': 0 };
}
