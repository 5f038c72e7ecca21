import type { TraceSummary } from '#xray-model';

/**
 * The traces that a reader sees, and those that came while they read. Whatever is shown stays where it is until the
 * reader asks for the new ones; what is known of a shown trace is kept up to date in its place.
 */
export interface LiveList {
  shown: readonly TraceSummary[];
  /** Ids of `waiting` are never among those of `shown`. */
  waiting: readonly TraceSummary[];
}

export const EMPTY_LIST: LiveList = { shown: [], waiting: [] };

/** Takes in what was read anew. Into an empty list everything goes at once. What has not changed stays the same array. */
export function receiveSummaries(list: LiveList, fresh: readonly TraceSummary[]): LiveList {
  if (list.shown.length === 0) return { shown: distinct(fresh), waiting: [] };
  const byId = new Map(fresh.map((summary) => [summary.Id, summary]));
  const shownIds = new Set(list.shown.map(({ Id }) => Id));
  const others = [...fresh, ...list.waiting].filter(({ Id }) => !shownIds.has(Id));
  const shown = list.shown.map((summary) => newest(summary, byId.get(summary.Id)));
  return { shown: sameOr(list.shown, shown), waiting: sameOr(list.waiting, distinct(others)) };
}

/** Adds the next page of older traces behind what is shown. */
export function appendSummaries(list: LiveList, older: readonly TraceSummary[]): LiveList {
  const waitingIds = new Set(list.waiting.map(({ Id }) => Id));
  const wanted = older.filter(({ Id }) => !waitingIds.has(Id));
  return { shown: distinct([...list.shown, ...wanted]), waiting: list.waiting };
}

/** Shows what was waiting. */
export function showWaiting({ shown, waiting }: LiveList): LiveList {
  return { shown: [...waiting, ...shown], waiting: [] };
}

/** Takes out what began before the window, so that a page left open does not grow for ever. */
export function dropBefore({ shown, waiting }: LiveList, startSec: number): LiveList {
  const isInWindow = ({ StartTime }: TraceSummary): boolean => StartTime >= startSec;
  return {
    shown: sameOr(shown, shown.filter(isInWindow)),
    waiting: sameOr(waiting, waiting.filter(isInWindow)),
  };
}

/** Whoever derives something from a list need not do so again when the list is the same. */
function sameOr(known: readonly TraceSummary[], next: readonly TraceSummary[]): readonly TraceSummary[] {
  const isSame = known.length === next.length && known.every((summary, index) => summary === next[index]);
  return isSame ? known : next;
}

function newest(known: TraceSummary, fresh: TraceSummary | undefined): TraceSummary {
  return fresh === undefined || fresh.Revision <= known.Revision ? known : fresh;
}

function distinct(summaries: readonly TraceSummary[]): TraceSummary[] {
  const byId = new Map<string, TraceSummary>();
  for (const summary of summaries) if (!byId.has(summary.Id)) byId.set(summary.Id, summary);
  return [...byId.values()];
}
