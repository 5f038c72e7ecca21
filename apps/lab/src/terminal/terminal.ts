/** Where a command writes: standard output or standard error, and what that end can show. */
export interface Terminal {
  write(text: string): void;
  /** Waits until a slow reader has taken what was written, so that long output does not pile up in memory. */
  drained(): Promise<void>;
  /** A person watches: progress may redraw its line. */
  isTty: boolean;
  hasColour: boolean;
  /** Cells in a line; on a pipe, `PIPE_COLUMNS`. */
  columns: number;
}

/** A pipe has no width: wide enough that nothing is cut in a log, and still readable. */
export const PIPE_COLUMNS = 200;

interface TerminalStream {
  write(text: string): boolean;
  isTTY?: boolean;
  columns?: number;
  writableNeedDrain: boolean;
  once(event: 'drain', listener: () => void): unknown;
}

/** @see https://no-color.org: any value but the empty string turns colour off. */
export function createTerminal(
  stream: TerminalStream,
  env: Readonly<Record<string, string | undefined>>,
): Terminal {
  const isTty = stream.isTTY === true;
  const isColourRefused = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  return {
    write: (text) => void stream.write(text),
    drained: () => {
      if (!stream.writableNeedDrain) return Promise.resolve();
      return new Promise((resolve) => void stream.once('drain', resolve));
    },
    isTty,
    hasColour: isTty && !isColourRefused,
    columns: isTty ? (stream.columns ?? 80) : PIPE_COLUMNS,
  };
}
