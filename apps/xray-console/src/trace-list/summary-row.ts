import type { TraceSummary } from '#xray-model';
import { annotationsOf } from './known-values.js';

/** How a trace ended for its client, as the list shows it. */
export type SummaryOutcome = 'ok' | 'error' | 'throttle' | 'fault' | 'pending';

/** A trace as the list and the scatter plot show it. */
export interface SummaryRow {
  id: string;
  startTimeSec: number;
  method: string;
  url: string;
  /** Path and query of `url`; the whole of what is no URL; the entry service where there is no request. */
  target: string;
  status?: number;
  responseTimeSec?: number;
  durationSec: number;
  /** `key = value`, joined. */
  annotations: string;
  outcome: SummaryOutcome;
  isPartial: boolean;
}

export function toSummaryRow(summary: TraceSummary): SummaryRow {
  const { Http: http, ResponseTime: responseTimeSec } = summary;
  const url = http.HttpURL ?? '';
  return {
    id: summary.Id,
    startTimeSec: summary.StartTime,
    method: http.HttpMethod ?? '',
    url,
    target: url === '' ? (summary.EntryPoint?.Name ?? '') : pathOf(url),
    ...(http.HttpStatus === undefined ? {} : { status: http.HttpStatus }),
    ...(responseTimeSec === undefined ? {} : { responseTimeSec }),
    durationSec: summary.Duration,
    annotations: annotationsOf(summary)
      .map(({ key, value }) => `${key} = ${String(value)}`)
      .join(', '),
    outcome: outcomeOf(summary),
    isPartial: summary.IsPartial,
  };
}

function outcomeOf({
  HasFault,
  HasThrottle,
  HasError,
  ResponseTime,
  IsPartial,
}: TraceSummary): SummaryOutcome {
  if (HasFault) return 'fault';
  if (HasError) return HasThrottle ? 'throttle' : 'error';
  return ResponseTime === undefined && IsPartial ? 'pending' : 'ok';
}

function pathOf(url: string): string {
  if (!URL.canParse(url)) return url;
  const { pathname, search } = new URL(url);
  return `${pathname}${search}`;
}
