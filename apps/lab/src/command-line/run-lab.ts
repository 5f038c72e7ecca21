import { CommandInput } from './command-input.js';
import type { LabCommand, LabIo } from './lab-command.js';
import { LabError, UsageError } from './lab-errors.js';
import { findNearest } from './nearest.js';
import type { CommandSummary } from './render-help.js';
import { renderCommandHelp, renderProgramHelp } from './render-help.js';

/** A command by name, loaded only when it runs, so that none waits for what another needs. */
export interface CommandEntry extends CommandSummary {
  load(): Promise<LabCommand>;
}

const HELP_FLAGS = ['--help', '-h'];

/**
 * Finds the command and runs it. Exit codes: what the command answers; 1 for what the person can mend outside; 2
 * for a command line that cannot be understood.
 */
export async function runLab(
  args: readonly string[],
  entries: readonly CommandEntry[],
  io: LabIo,
): Promise<number> {
  const [name, ...rest] = args[0] === 'help' ? [...args.slice(1), '--help'] : args;
  if (name === undefined || HELP_FLAGS.includes(name)) {
    io.out.write(renderProgramHelp(entries));
    return 0;
  }
  const entry = entries.find((candidate) => candidate.name === name);
  if (entry === undefined) return reportUnknownCommand(name, entries, io);
  const command = await entry.load();
  if (rest.some((arg) => HELP_FLAGS.includes(arg))) {
    io.out.write(renderCommandHelp(command));
    return 0;
  }
  try {
    return await command.run(CommandInput.parse(rest, command), io);
  } catch (error) {
    return reportFailure(error, name, io);
  }
}

function reportUnknownCommand(name: string, entries: readonly CommandEntry[], io: LabIo): number {
  const names = entries.map((entry) => entry.name);
  const nearest = findNearest(name, names);
  const hint = nearest === undefined ? `the commands are ${names.join(', ')}` : `did you mean ${nearest}?`;
  io.err.write(`lab: unknown ${name.startsWith('-') ? 'option' : 'command'} ${name}; ${hint}\n`);
  return 2;
}

/** Anything else is a mistake in the lab itself, and goes on to the stack trace it deserves. */
function reportFailure(error: unknown, name: string, io: LabIo): number {
  if (error instanceof UsageError) {
    io.err.write(`lab ${name}: ${error.message}\nnpm run lab -- ${name} --help says more.\n`);
    return 2;
  }
  if (error instanceof LabError) {
    io.err.write(`lab ${name}: ${error.message}\n`);
    return 1;
  }
  throw error;
}
