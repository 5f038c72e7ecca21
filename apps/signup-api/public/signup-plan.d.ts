/** An answer's status code, or undefined when no answer came. */
export type Answer = number | undefined;

export interface RunLimits {
  durationMs: number;
  intervalMs: number;
  /** Each one whose number can be divided by this repeats the first address. */
  duplicateEvery: number;
}

export interface PlannedSignup {
  /** From 1. */
  number: number;
  /** After the start of the run. */
  dueMs: number;
  email: string;
  expectedStatus: 201 | 409;
}

export type TallyRow = '201' | '409' | '500' | 'other';
export type Tally = Readonly<Record<TallyRow, Readonly<{ expected: number; observed: number }>>>;

/** @public */
export declare const AUTOMATED_RUN: Readonly<RunLimits>;
/** @public */
export declare const EMPTY_TALLY: Tally;

/**
 * Lays out a whole run: when each sign-up is due, with which address, and what it should be answered with.
 *
 * @public
 */
export declare function planRun(limits: RunLimits, randomToken: () => string): PlannedSignup[];

/**
 * Counts one answered sign-up; the tally it is given stays as it is.
 *
 * @public
 */
export declare function count(tally: Tally, expectedStatus: number, answer: Answer): Tally;

/**
 * Whether every kind of answer came as often as it should have.
 *
 * @public
 */
export declare function isAsExpected(tally: Tally): boolean;

/**
 * The sentence at the end of a run.
 *
 * @public
 */
export declare function summarise(tally: Tally, run: { planned: number; isStopped: boolean }): string;

/**
 * `1:05`; rounded up, so that 0:00 means that it is over.
 *
 * @public
 */
export declare function formatTimeLeft(timeLeftMs: number): string;
