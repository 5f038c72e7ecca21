import type { JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { FilterProblem } from './check-filter.js';
import { findFilterProblem } from './check-filter.js';
import { FilterProblemText } from './FilterProblemText.js';
import type { KnownValues } from './known-values.js';
import { Suggestions } from './Suggestions.js';
import { useCompletion } from './use-completion.js';

/** Whoever is still typing is not told that the half of it is wrong. */
const COMPLAIN_AFTER_MS = 900;

interface FilterInputProps {
  /** The expression of the address. */
  filter: string;
  known: KnownValues;
  onApply: (filter: string) => void;
}

/** The filter expression, with suggestions while typing, and what is wrong with it at its column. */
export function FilterInput({ filter, known, onApply }: FilterInputProps): JSX.Element {
  const [draft, setDraft] = useState(filter);
  const id = useId();
  const { problem, complainNow } = useProblem(draft, filter);
  useEffect(() => setDraft(filter), [filter]);

  const submit = (event: Event): void => {
    event.preventDefault();
    if (findFilterProblem(draft) === undefined) onApply(draft.trim());
    else complainNow();
  };
  const clear = (): void => {
    setDraft('');
    onApply('');
  };
  return (
    <form class="filter" role="search" onSubmit={submit}>
      <label for={`${id}-input`}>Filter expression</label>
      <div class="filter-line">
        <FilterField
          id={id}
          draft={draft}
          setDraft={setDraft}
          known={known}
          isWrong={problem !== undefined}
        />
        <button type="submit" class="button">
          Filter
        </button>
        {filter !== '' && (
          <button type="button" class="button quiet" onClick={clear}>
            Clear
          </button>
        )}
      </div>
      {problem !== undefined && (
        <FilterProblemText id={`${id}-problem`} expression={draft} problem={problem} />
      )}
    </form>
  );
}

interface FilterFieldProps {
  id: string;
  draft: string;
  setDraft: (draft: string) => void;
  known: KnownValues;
  isWrong: boolean;
}

function FilterField({ id, draft, setDraft, known, isWrong }: FilterFieldProps): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  const listId = `${id}-list`;
  const completion = useCompletion(input, listId, known, [draft, setDraft]);
  const { suggestions, chosen } = completion;
  // What was accepted or sent off needs no suggestions any more.
  const closeOnSubmit = ({ key }: KeyboardEvent): void => {
    if (key === 'Enter' && chosen === -1) completion.close();
  };
  return (
    <div class="filter-field">
      <input
        id={`${id}-input`}
        ref={input}
        type="text"
        class="filter-input"
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={suggestions.length > 0}
        aria-controls={listId}
        aria-activedescendant={chosen === -1 ? undefined : `${listId}-${chosen}`}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? `${id}-problem` : undefined}
        placeholder={'service("signup-api") { fault OR error }'}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        value={draft}
        onInput={({ currentTarget: { value, selectionStart } }) => {
          setDraft(value);
          completion.suggest(value, selectionStart ?? value.length);
        }}
        onClick={({ currentTarget: { selectionStart } }) =>
          completion.suggest(draft, selectionStart ?? draft.length)
        }
        onBlur={completion.close}
        onKeyDown={(event) => {
          closeOnSubmit(event);
          completion.handleKey(event);
        }}
      />
      <Suggestions id={listId} suggestions={suggestions} chosen={chosen} onAccept={completion.accept} />
    </div>
  );
}

/** What is wrong, once the typing rests, at once for what came with the address. */
function useProblem(
  draft: string,
  filter: string,
): { problem: FilterProblem | undefined; complainNow: () => void } {
  const [judged, setJudged] = useState(filter);
  useEffect(() => {
    const timer = setTimeout(() => setJudged(draft), draft === filter ? 0 : COMPLAIN_AFTER_MS);
    return () => clearTimeout(timer);
  }, [draft, filter]);
  return {
    problem: judged === draft ? findFilterProblem(draft) : undefined,
    complainNow: () => setJudged(draft),
  };
}
