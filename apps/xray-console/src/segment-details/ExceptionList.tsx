import type { JSX } from 'preact';
import type { ExceptionFact } from './describe-entity.js';

/** Exceptions with their stacks, the innermost frame first as the sender gave them. */
export function ExceptionList({ exceptions }: { exceptions: readonly ExceptionFact[] }): JSX.Element {
  if (exceptions.length === 0) return <p class="muted">No exception was recorded here.</p>;
  return (
    <ul class="exceptions">
      {exceptions.map((exception) => (
        <li key={exception.id}>
          <ExceptionItem exception={exception} />
        </li>
      ))}
    </ul>
  );
}

function ExceptionItem({ exception }: { exception: ExceptionFact }): JSX.Element {
  const { type, message, isRemote, frames, note, causedBy } = exception;
  return (
    <>
      <h3 class="exception-type">{type}</h3>
      <p class="exception-message">{message === '' ? 'It came without a message.' : message}</p>
      {isRemote && <p class="muted">It happened on the other side of the call.</p>}
      {frames.length > 0 && (
        <ol class="stack-frames" aria-label={`Stack of ${type}`}>
          {frames.map(({ label, place }, index) => (
            <li key={index}>
              <span class="stack-label">{label}</span>
              {place !== '' && <span class="stack-place"> {place}</span>}
            </li>
          ))}
        </ol>
      )}
      {note !== undefined && <p class="muted">{note}</p>}
      {causedBy !== undefined && <p class="muted">Caused by {causedBy}</p>}
    </>
  );
}
