import type { Figures } from '#xray-model';
import type { JSX } from 'preact';
import { formatPerMinute, formatShare } from '../format.js';
import { countOf, LISTED_CLASSES } from '../map/ring-shares.js';
import type { RingClass } from '../map/ring-shares.js';
import { StatusBadge } from '../ui/StatusBadge.js';
import { readSelectedOutcomes, selectOutcomes } from './map-selection.js';

/** Counts and rates by class; ticking one narrows the traces to it. */
export function OutcomeRows({ figures }: { figures: Figures }): JSX.Element {
  const selected = readSelectedOutcomes();
  const perMinuteOf = (count: number): number => (figures.perMinute * count) / figures.totalCount;
  const toggle = (outcome: RingClass): void => {
    const isSelected = selected.includes(outcome);
    selectOutcomes(isSelected ? selected.filter((other) => other !== outcome) : [...selected, outcome]);
  };
  return (
    <table class="outcomes">
      <caption class="unseen">Requests by class</caption>
      <thead>
        <tr>
          <th scope="col">Class</th>
          <th scope="col" class="number">
            Count
          </th>
          <th scope="col" class="number">
            Share
          </th>
          <th scope="col" class="number">
            Per minute
          </th>
        </tr>
      </thead>
      <tbody>
        {LISTED_CLASSES.map((outcome) => {
          const count = countOf(figures, outcome);
          return (
            <tr key={outcome}>
              <th scope="row">
                <label class="tick">
                  <input
                    type="checkbox"
                    checked={selected.includes(outcome)}
                    onChange={() => toggle(outcome)}
                  />
                  <StatusBadge outcome={outcome} />
                </label>
              </th>
              <td class="number">{count}</td>
              <td class="number">{formatShare(count, figures.totalCount)}</td>
              <td class="number">{formatPerMinute(perMinuteOf(count))}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
