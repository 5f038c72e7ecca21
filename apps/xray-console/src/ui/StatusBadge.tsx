import type { JSX } from 'preact';

/** How a request ended, as X-Ray classes it. */
export type Outcome = 'ok' | 'error' | 'fault' | 'throttle' | 'pending';

/** What tells the classes apart without colour. */
export const OUTCOME_SIGNS: Readonly<Record<Outcome, string>> = {
  ok: '✓',
  error: '▲',
  fault: '✕',
  throttle: '◆',
  pending: '…',
};

export const OUTCOME_LABELS: Readonly<Record<Outcome, string>> = {
  ok: 'OK',
  error: 'Error',
  fault: 'Fault',
  throttle: 'Throttle',
  pending: 'Pending',
};

/** A sign and a word, or a text of the caller's own instead of the word, in the colour of the class. */
export function StatusBadge({ outcome, text }: { outcome: Outcome; text?: string }): JSX.Element {
  return (
    <span class={`badge of-${outcome}`}>
      <span aria-hidden="true">{OUTCOME_SIGNS[outcome]}</span> {text ?? OUTCOME_LABELS[outcome]}
    </span>
  );
}
