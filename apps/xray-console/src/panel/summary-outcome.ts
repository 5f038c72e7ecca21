import type { TraceSummary } from '#xray-model';
import type { Outcome } from '../ui/StatusBadge.js';

/** The one class of a trace that is told first. */
export function outcomeOfSummary(summary: TraceSummary): Outcome {
  if (summary.HasFault) return 'fault';
  if (summary.HasThrottle) return 'throttle';
  if (summary.HasError) return 'error';
  return summary.ResponseTime === undefined ? 'pending' : 'ok';
}
