import type { JSX } from 'preact';
import { plural } from '../format.js';
import { setFilter } from '../state/view.js';
import { CommandLine } from '../ui/CommandLine.js';
import { Empty } from '../ui/Empty.js';

/** Why the list is empty, and what to do about it. */
export function NoTraces({
  filter,
  span,
  processedCount,
}: {
  filter: string;
  span: string;
  processedCount: number;
}): JSX.Element {
  if (filter !== '' && processedCount > 0) {
    return (
      <Empty title="No trace matches">
        <p>
          None of the {plural(processedCount, 'trace')} of the last {span} matches this filter.
        </p>
        <p>
          <button type="button" class="button quiet" onClick={() => setFilter('', 'push')}>
            Clear the filter
          </button>
        </p>
      </Empty>
    );
  }
  return (
    <Empty title="No traces yet">
      <p>Nothing has arrived in this range of {span}. The list fills by itself as soon as something does.</p>
      <CommandLine does="Sign-ups for two minutes" command="npm run lab -- traffic" />
      <p>Or take a wider time range, above.</p>
    </Empty>
  );
}
