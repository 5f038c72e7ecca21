import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { TraceSummary } from '#xray-model';
import type { Facet, Refinement } from './facets.js';
import { FACETS, facetRefinements, outcomeRefinements } from './facets.js';
import { addCondition, hasCondition, removeCondition } from './refine-filter.js';

/** Arbitrary: what is read at a glance. */
const SHOWN_COUNT = 8;

interface RefinersProps {
  summaries: readonly TraceSummary[];
  filter: string;
  onFilter: (filter: string) => void;
}

/** Conditions at a click, each with how many of the loaded traces fit; pressed are those the filter has. */
export function Refiners({ summaries, filter, onFilter }: RefinersProps): JSX.Element {
  const [facet, setFacet] = useState<Facet>('node');
  const [isLong, setLong] = useState(false);
  const outcomes = useMemo(() => outcomeRefinements(summaries), [summaries]);
  const refinements = useMemo(() => facetRefinements(facet, summaries), [facet, summaries]);
  const shown = isLong ? refinements : refinements.slice(0, SHOWN_COUNT);
  const chip = (refinement: Refinement): JSX.Element => (
    <Chip key={refinement.condition} refinement={refinement} filter={filter} onFilter={onFilter} />
  );
  const chooseFacet = (value: string): void => {
    setFacet(FACETS.find((known) => known.facet === value)?.facet ?? 'node');
    setLong(false);
  };
  return (
    <div class="refiners" role="group" aria-label="Refine the filter">
      <ul class="chips" aria-label="By outcome">
        {outcomes.map(chip)}
      </ul>
      <label class="select-label">
        <span class="unseen">Refine by</span>
        <select value={facet} onChange={({ currentTarget }) => chooseFacet(currentTarget.value)}>
          {FACETS.map(({ facet: value, label }) => (
            <option key={value} value={value}>
              By {label}
            </option>
          ))}
        </select>
      </label>
      {shown.length === 0 && <span class="muted">None of the loaded traces has one.</span>}
      {shown.length > 0 && (
        <ul class="chips" aria-label={`By ${facet}`}>
          {shown.map(chip)}
          {refinements.length > SHOWN_COUNT && (
            <li>
              <button type="button" class="chip" aria-expanded={isLong} onClick={() => setLong(!isLong)}>
                {isLong ? 'Fewer' : `${refinements.length - SHOWN_COUNT} more`}
              </button>
            </li>
          )}
        </ul>
      )}
    </div>
  );
}

interface ChipProps {
  refinement: Refinement;
  filter: string;
  onFilter: (filter: string) => void;
}

function Chip({ refinement: { label, condition, count }, filter, onFilter }: ChipProps): JSX.Element {
  const isPressed = hasCondition(filter, condition);
  return (
    <li>
      <button
        type="button"
        class="chip"
        aria-pressed={isPressed}
        title={condition}
        onClick={() =>
          onFilter(isPressed ? removeCondition(filter, condition) : addCondition(filter, condition))
        }
      >
        <span class="chip-label">{label}</span> <span class="chip-count">{count}</span>
      </button>
    </li>
  );
}
