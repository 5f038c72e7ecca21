import type { JSX } from 'preact';
import { formatSeconds, formatShare } from '../format.js';
import type { DurationBin } from './bin-durations.js';

/** The histogram for whoever does not see it. */
export function HistogramTable({
  bins,
  total,
}: {
  bins: readonly DurationBin[];
  total: number;
}): JSX.Element {
  return (
    <table class="unseen">
      <caption>Response times</caption>
      <thead>
        <tr>
          <th scope="col">From</th>
          <th scope="col">To</th>
          <th scope="col">Count</th>
          <th scope="col">Share</th>
        </tr>
      </thead>
      <tbody>
        {bins
          .filter(({ count }) => count > 0)
          .map(({ fromSec, toSec, count }) => (
            <tr key={fromSec}>
              <th scope="row">{formatSeconds(fromSec)}</th>
              <td>{formatSeconds(toSec)}</td>
              <td>{count}</td>
              <td>{formatShare(count, total)}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}
