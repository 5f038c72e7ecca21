import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a command printed, and how it ended. */
export interface CliResult {
  exitCode: number;
  /** Parsed, where it is JSON. */
  output: unknown;
  problem: string;
}

export interface AwsCli {
  /** Runs `aws xray …`, with nothing but the address set up: no profile, no pager, no other region. */
  xray(...args: string[]): Promise<CliResult>;
  remove(): void;
}

const COMMAND_TIMEOUT_MS = 60_000;

/** @param url where X-Ray is said to be, as a person would in a shell */
export function createAwsCli(url: string): AwsCli {
  const program = process.env['AWS_CLI_PATH'];
  if (program === undefined) throw new Error('AWS_CLI_PATH is not set: npm run test:aws-cli does');
  const home = mkdtempSync(join(tmpdir(), 'aws-cli-home-'));
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    AWS_PAGER: '',
    AWS_ENDPOINT_URL_XRAY: url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_DEFAULT_REGION: 'us-east-1',
  };
  return {
    xray: (...args) =>
      new Promise((resolve) => {
        const options = { env, timeout: COMMAND_TIMEOUT_MS, maxBuffer: 64 * 1024 * 1024 };
        const child = execFile(program, ['xray', ...args], options, (_error, stdout, stderr) =>
          resolve({ exitCode: child.exitCode ?? -1, output: parse(stdout), problem: stderr.trim() }),
        );
      }),
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text.trim();
  }
}
