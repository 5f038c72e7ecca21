import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface ChildOptions {
  name: string;
  entryFile: string;
  nodeArgs: readonly string[];
  environment: NodeJS.ProcessEnv;
  onLine: (line: string) => void;
}

export interface RunningChild {
  readonly pid: number;
  /** Settles when the process has said that it listens; rejects when it ends first or takes too long. */
  readonly listening: Promise<void>;
  /** Settles, never rejects, when the process has ended. */
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** Asks the process to end, waits for it, and ends it by force after the grace time. */
  stop(graceMs: number): Promise<void>;
  kill(signal: NodeJS.Signals): void;
}

const LISTENING_TIMEOUT_MS = 20_000;
/** The last lines of a process that did not come up are what its user needs to see. */
const KEPT_LINES = 20;

/** Starts one of the built programs and follows it through its IPC channel. */
export function startChild(options: ChildOptions): RunningChild {
  const child = spawn(process.execPath, [...options.nodeArgs, options.entryFile], {
    env: options.environment,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Its own process group: Ctrl-C reaches only us, and the processes then stop in order.
    detached: process.platform !== 'win32',
  });
  const lastLines: string[] = [];
  const keep = (line: string): void => {
    lastLines.push(line);
    if (lastLines.length > KEPT_LINES) lastLines.shift();
    options.onLine(line);
  };
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on('line', keep);
  }
  const exited = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: 1, signal: null }));
  });
  const listening = waitUntilListening(child, options.name, lastLines);
  // Not everybody waits for it, and a rejection that nobody awaits would end this process.
  listening.catch(() => undefined);
  return {
    pid: child.pid ?? -1,
    listening,
    exited,
    kill: (signal) => void child.kill(signal),
    stop: async (graceMs) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      // Windows knows no SIGTERM; a closed channel means the same to the programs.
      if (process.platform === 'win32') child.disconnect();
      else child.kill('SIGTERM');
      const force = setTimeout(() => child.kill('SIGKILL'), graceMs);
      await exited;
      clearTimeout(force);
    },
  };
}

async function waitUntilListening(child: ChildProcess, name: string, lastLines: string[]): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const failed = (what: string): void => {
      clearTimeout(timer);
      reject(new Error(`${name} ${what}${lastLines.length > 0 ? `:\n${lastLines.join('\n')}` : ''}`));
    };
    const timer = setTimeout(
      () => failed(`did not start within ${LISTENING_TIMEOUT_MS / 1000} s`),
      LISTENING_TIMEOUT_MS,
    );
    child.on('message', (message: { type?: unknown }) => {
      if (message.type !== 'listening') return;
      clearTimeout(timer);
      resolve();
    });
    child.once('exit', (code) => failed(`ended with code ${code ?? 'none'} before it listened`));
    child.once('error', (error) => failed(`could not be started: ${error.message}`));
  });
}
