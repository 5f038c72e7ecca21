/** Statistics as the API answers them: any number may be missing. */
export interface AnsweredStatistics {
  OkCount?: number | undefined;
  ErrorStatistics?: { ThrottleCount?: number | undefined; OtherCount?: number | undefined } | undefined;
  FaultStatistics?: { TotalCount?: number | undefined } | undefined;
  TotalCount?: number | undefined;
  TotalResponseTime?: number | undefined;
}

/** A histogram as the API answers it. */
export type AnsweredHistogram = readonly { Value?: number | undefined; Count?: number | undefined }[];

/** What people read of a node or an edge, in the terminal and in the console. */
export interface Figures {
  totalCount: number;
  averageSec: number;
  perMinute: number;
  okCount: number;
  /** 4xx but 429. */
  errorCount: number;
  faultCount: number;
  throttleCount: number;
}

/** How many messages came over a link, and how old they were on average. */
export interface LinkFigures {
  count: number;
  /** Undefined where none has come. */
  averageAgeSec: number | undefined;
}

/**
 * Works out the figures of a node or an edge over so many minutes.
 *
 * @returns undefined where nothing was counted: a client has no figures of its own, and a link has none of a call
 */
export function figuresOf(statistics: AnsweredStatistics | undefined, minutes: number): Figures | undefined {
  const totalCount = statistics?.TotalCount ?? 0;
  if (statistics === undefined || totalCount === 0) return undefined;
  return {
    totalCount,
    averageSec: (statistics.TotalResponseTime ?? 0) / totalCount,
    perMinute: totalCount / minutes,
    okCount: statistics.OkCount ?? 0,
    errorCount: statistics.ErrorStatistics?.OtherCount ?? 0,
    faultCount: statistics.FaultStatistics?.TotalCount ?? 0,
    throttleCount: statistics.ErrorStatistics?.ThrottleCount ?? 0,
  };
}

/** Works out the figures of a link from its `ReceivedEventAgeHistogram`. */
export function linkFiguresOf(ages: AnsweredHistogram = []): LinkFigures {
  let count = 0;
  let totalSec = 0;
  for (const { Value = 0, Count = 0 } of ages) {
    count += Count;
    totalSec += Value * Count;
  }
  return { count, averageAgeSec: count === 0 ? undefined : totalSec / count };
}
