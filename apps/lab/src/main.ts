import type { LabIo } from './command-line/lab-command.js';
import { runLab } from './command-line/run-lab.js';
import { commands } from './commands.js';
import { createTerminal } from './terminal/terminal.js';

const io: LabIo = {
  env: process.env,
  out: createTerminal(process.stdout, process.env),
  err: createTerminal(process.stderr, process.env),
  stdin: process.stdin,
  nowMs: () => Date.now(),
  catchInterrupt: () => {
    const controller = new AbortController();
    // The second Ctrl-C finds no listener and ends the process, as a person out of patience expects.
    process.once('SIGINT', () => controller.abort());
    return controller.signal;
  },
};

// `lab traces | head` closes the pipe early; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await runLab(process.argv.slice(2), commands, io);
