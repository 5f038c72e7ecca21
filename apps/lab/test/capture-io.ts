import type { LabIo } from '../src/command-line/lab-command.js';
import type { Terminal } from '../src/terminal/terminal.js';

export interface CapturedIo extends LabIo {
  outText(): string;
  errText(): string;
  /** As Ctrl-C would. */
  interrupt(): void;
}

/** A command's outside that keeps what is written: pipes without colour, 120 cells wide, unless told otherwise. */
export function captureIo(fields: Partial<LabIo> = {}, terminal: Partial<Terminal> = {}): CapturedIo {
  const texts = { out: '', err: '' };
  const controller = new AbortController();
  const capture = (name: 'out' | 'err'): Terminal => ({
    write: (text) => void (texts[name] += text),
    drained: () => Promise.resolve(),
    isTty: false,
    hasColour: false,
    columns: 120,
    ...terminal,
  });
  return {
    env: {},
    out: capture('out'),
    err: capture('err'),
    stdin: emptyInput(),
    nowMs: () => Date.parse('2026-11-22T10:00:00Z'),
    catchInterrupt: () => controller.signal,
    ...fields,
    outText: () => texts.out,
    errText: () => texts.err,
    interrupt: () => controller.abort(),
  };
}

async function* emptyInput(): AsyncGenerator<string> {
  // Nothing to read.
}
