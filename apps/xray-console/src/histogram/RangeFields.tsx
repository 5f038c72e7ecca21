import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { SelectedRange } from '../route/selected-range.js';

interface RangeFieldsProps {
  selected: SelectedRange | undefined;
  onSelect: (range: SelectedRange | undefined) => void;
}

/** A range of response times to type, in milliseconds. */
export function RangeFields({ selected, onSelect }: RangeFieldsProps): JSX.Element {
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  useEffect(() => {
    setFrom(toMsText(selected?.fromSec));
    setTo(toMsText(selected?.toSec));
  }, [selected?.fromSec, selected?.toSec]);

  const isBackwards = from !== '' && to !== '' && Number(from) > Number(to);
  const apply = (event: Event): void => {
    event.preventDefault();
    const range = { fromSec: toSeconds(from), toSec: toSeconds(to) };
    const isNone = range.fromSec === undefined && range.toSec === undefined;
    if (!isBackwards) onSelect(isNone ? undefined : range);
  };
  return (
    <form class="range-fields" onSubmit={apply}>
      <label>
        From{' '}
        <input
          type="number"
          min="0"
          step="any"
          value={from}
          onInput={(event) => setFrom(event.currentTarget.value)}
        />{' '}
        ms
      </label>
      <label>
        to{' '}
        <input
          type="number"
          min="0"
          step="any"
          value={to}
          aria-invalid={isBackwards}
          onInput={(event) => setTo(event.currentTarget.value)}
        />{' '}
        ms
      </label>
      <button class="button quiet small">Select</button>
      {selected !== undefined && (
        <button type="button" class="button quiet small" onClick={() => onSelect(undefined)}>
          Clear
        </button>
      )}
      {isBackwards && (
        <p class="field-error" role="alert">
          The second time must not be shorter than the first.
        </p>
      )}
    </form>
  );
}

function toMsText(seconds: number | undefined): string {
  return seconds === undefined ? '' : String(Math.round(seconds * 1e6) / 1000);
}

function toSeconds(ms: string): number | undefined {
  return ms.trim() === '' ? undefined : Number(ms) / 1000;
}
