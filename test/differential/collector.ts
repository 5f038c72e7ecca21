import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A collector process of this machine. */
export interface RunningCollector {
  /** Its last lines; a crash leaves its reason there. */
  lastLines(): string;
  stop(): Promise<void>;
}

export interface CollectorOptions {
  program: string;
  /** Files, or `yaml:…` and `env:…` values, of which later ones win. */
  configs: readonly string[];
  /** Where the exporter sends to. */
  xrayUrl: string;
}

const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 10_000;
const KEPT_LINES = 60;
const READY_LINE = 'Everything is ready';

/** @throws {Error} with the collector's last lines when it ends, or does not get ready in time */
export async function startCollector(options: CollectorOptions): Promise<RunningCollector> {
  const child = spawn(
    options.program,
    options.configs.map((config) => `--config=${config}`),
    { env: environment(options.xrayUrl), stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const lines: string[] = [];
  const lastLines = (): string => lines.join('\n');
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const ready = new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not ready in time:\n${lastLines()}`)), START_TIMEOUT_MS);
    createInterface({ input: child.stderr }).on('line', (line) => {
      lines.push(line);
      if (lines.length > KEPT_LINES) lines.shift();
      if (!line.includes(READY_LINE)) return;
      clearTimeout(timer);
      resolve();
    });
    const ended = (reason: unknown): void => {
      clearTimeout(timer);
      reject(new Error(`the collector ended (${String(reason)}):\n${lastLines()}`));
    };
    child.once('exit', ended);
    child.once('error', ended);
  });
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await exited;
    clearTimeout(force);
  };
  try {
    await ready;
  } catch (error) {
    await stop();
    throw error;
  }
  return { lastLines, stop };
}

/** What a container of the collector has, and nothing of whoever runs this. */
function environment(xrayUrl: string): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL_XRAY: xrayUrl,
  };
}
