import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { FilterCompletion, FilterSuggestion } from './complete-filter.js';
import { completeFilter, insertSuggestion } from './complete-filter.js';
import type { KnownValues } from './known-values.js';

const NOTHING: FilterCompletion = { from: 0, to: 0, suggestions: [] };

interface Completion {
  suggestions: readonly FilterSuggestion[];
  chosen: number;
  /** For a text that has just changed, or where the caret has been put. */
  suggest(text: string, caret: number): void;
  accept(suggestion: FilterSuggestion): void;
  close(): void;
  /** Arrow keys choose, Enter and Tab accept what is chosen, Escape closes. */
  handleKey(event: KeyboardEvent): void;
}

/**
 * Suggestions under a text field.
 *
 * @param listId of the list; its options are numbered
 */
export function useCompletion(
  input: RefObject<HTMLInputElement | null>,
  listId: string,
  known: KnownValues,
  [text, setText]: readonly [string, (text: string) => void],
): Completion {
  const [completion, setCompletion] = useState(NOTHING);
  const [chosen, setChosen] = useState(-1);
  const caretWanted = useRef<number>(undefined);
  const { suggestions } = completion;
  useLayoutEffect(() => {
    if (caretWanted.current === undefined) return;
    input.current?.setSelectionRange(caretWanted.current, caretWanted.current);
    caretWanted.current = undefined;
  });
  useLayoutEffect(() => {
    if (chosen !== -1) document.getElementById(`${listId}-${chosen}`)?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);

  const show = (next: FilterCompletion): void => {
    setCompletion(next);
    setChosen(-1);
  };
  const suggest = (newText: string, caret: number): void => show(completeFilter(newText, caret, known));
  const accept = (suggestion: FilterSuggestion): void => {
    const inserted = insertSuggestion(text, completion, suggestion);
    caretWanted.current = inserted.caret;
    setText(inserted.text);
    suggest(inserted.text, inserted.caret);
  };
  const choose = (step: 1 | -1): void => {
    if (suggestions.length === 0) return suggest(text, input.current?.selectionStart ?? text.length);
    const from = chosen === -1 && step === -1 ? 0 : chosen;
    setChosen((from + step + suggestions.length) % suggestions.length);
  };
  const handleKey = (event: KeyboardEvent): void => {
    const picked = suggestions[chosen];
    if (event.key === 'ArrowDown') choose(1);
    else if (event.key === 'ArrowUp') choose(-1);
    else if (event.key === 'Escape' && suggestions.length > 0) show(NOTHING);
    else if ((event.key === 'Enter' || event.key === 'Tab') && picked !== undefined) accept(picked);
    else return;
    event.preventDefault();
  };
  return { suggestions, chosen, suggest, accept, close: () => show(NOTHING), handleKey };
}
