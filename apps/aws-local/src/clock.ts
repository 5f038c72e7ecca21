/** Milliseconds since the epoch; `Date.now` in the program, a movable clock in tests. */
export type NowMs = () => number;
