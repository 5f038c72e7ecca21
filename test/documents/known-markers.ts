import type { Fence } from './markdown.js';

const SHELL = new Set(['sh', 'bash', 'shell', 'console', 'zsh']);
/** Pictures and answers; nobody runs them. */
const PLAIN = new Set(['', 'text', 'mermaid', 'http']);
const SHELL_MARKERS = new Set(['run: embedded', 'run: compose', 'run: fresh', 'check: aws', 'check: exists']);

/** Says what is wrong with the marker of a fenced block: what is executed or taken over must say by whom. */
export function checkMarker({ language, marker }: Fence): string | undefined {
  const text = marker === undefined ? 'none' : `${marker.kind}: ${marker.value}`;
  if (SHELL.has(language)) {
    return SHELL_MARKERS.has(text) ? undefined : `marker ${text}; one of ${[...SHELL_MARKERS].join(', ')}`;
  }
  if (PLAIN.has(language)) return undefined;
  return marker?.kind === 'from' || marker?.kind === 'made'
    ? undefined
    : `marker ${text}; a block of ${language} is taken from a tested file (from: FILE) or made by a script (made: COMMAND)`;
}

export function isShell({ language }: Fence): boolean {
  return SHELL.has(language);
}

/**
 * A part of a file between `#region NAME` and `#endregion`, without their lines and with its indentation taken off.
 *
 * @throws {Error} there is no such region
 */
export function cutRegion(text: string, name: string): string {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.trim().endsWith(`#region ${name}`));
  if (start === -1) throw new Error(`there is no #region ${name}`);
  const end = lines.findIndex((line, index) => index > start && line.trim().endsWith('#endregion'));
  const inside = lines.slice(start + 1, end);
  const indents = inside.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const indent = Math.min(...indents);
  return `${inside.map((line) => line.slice(indent)).join('\n')}\n`;
}
