import type { JSX } from 'preact';
import type { FilterSuggestion } from './complete-filter.js';

interface SuggestionsProps {
  id: string;
  suggestions: readonly FilterSuggestion[];
  /** Index of the one that the arrow keys have come to; -1 for none. */
  chosen: number;
  onAccept: (suggestion: FilterSuggestion) => void;
}

/** The list under the filter; the focus stays in the field. */
export function Suggestions({ id, suggestions, chosen, onAccept }: SuggestionsProps): JSX.Element {
  return (
    <ul id={id} class="suggestions" role="listbox" aria-label="Suggestions" hidden={suggestions.length === 0}>
      {suggestions.map((suggestion, index) => (
        <li
          key={suggestion.insert}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === chosen}
          onPointerDown={(event) => {
            event.preventDefault();
            onAccept(suggestion);
          }}
        >
          <code>{suggestion.label}</code> <span class="muted">{suggestion.hint}</span>
        </li>
      ))}
    </ul>
  );
}
