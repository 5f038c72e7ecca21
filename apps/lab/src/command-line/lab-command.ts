import type { Terminal } from '../terminal/terminal.js';
import type { CommandInput, OptionSpec, PositionalSpec } from './command-input.js';

/** What a command may use of the outside, so that tests can put their own in. */
export interface LabIo {
  env: Readonly<Record<string, string | undefined>>;
  out: Terminal;
  err: Terminal;
  stdin: AsyncIterable<Uint8Array | string>;
  nowMs(): number;
  /** Gives a signal that the first Ctrl-C aborts, instead of ending the process. */
  catchInterrupt(): AbortSignal;
}

/** One command of the lab, as its help describes it and the program runs it. */
export interface LabCommand {
  name: string;
  /** One line for the list of commands. */
  summary: string;
  /** Paragraphs for the command's own help. */
  description: string[];
  positionals: PositionalSpec[];
  options: Record<string, OptionSpec>;
  /** Command lines after `npm run lab -- `, with what they do. */
  examples: { line: string; does: string; isPiped?: boolean }[];
  /**
   * Does the work and answers with the exit code.
   *
   * @throws {UsageError} for a value the command cannot take
   * @throws {LabError} for anything the person can mend
   */
  run(input: CommandInput, io: LabIo): Promise<number>;
}
