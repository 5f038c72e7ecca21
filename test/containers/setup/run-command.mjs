// @ts-check
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';

const DEFAULT_TIMEOUT_MS = 10 * 60_000;

/** A command that did not end well, with the end of what it said. */
export class CommandError extends Error {
  name = 'CommandError';
}

/**
 * Runs a program and gives what it wrote to standard output.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, logFile?: string, timeoutMs?: number }} [options] a log file gets both outputs
 * @returns {Promise<string>}
 */
export function runCommand(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    });
    const log =
      options.logFile === undefined ? undefined : createWriteStream(options.logFile, { flags: 'a' });
    let output = '';
    let said = '';
    child.stdout.on('data', (data) => (output += data));
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data) => {
        said = (said + data).slice(-4000);
        log?.write(data);
      });
    }
    child.on('error', (error) => reject(new CommandError(`${command}: ${error.message}`, { cause: error })));
    child.on('close', (code, signal) => {
      log?.end();
      if (code === 0) resolve(output.trim());
      else
        reject(
          new CommandError(`${command} ${args.join(' ')} ended with ${signal ?? `code ${code}`}:\n${said}`),
        );
    });
  });
}

/**
 * Whether a program runs and ends well.
 *
 * @param {string} command
 * @param {readonly string[]} args
 */
export async function succeeds(command, args) {
  return runCommand(command, args).then(
    () => true,
    () => false,
  );
}
