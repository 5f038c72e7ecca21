import type { JSX } from 'preact';
import { CopyButton } from './CopyButton.js';

/** A command to copy, and what it does. */
export function CommandLine({ does, command }: { does: string; command: string }): JSX.Element {
  return (
    <div class="command">
      <p>{does}</p>
      <div class="command-line">
        <pre tabIndex={0} aria-label={does}>
          <code>{command}</code>
        </pre>
        <CopyButton text={command} />
      </div>
    </div>
  );
}
