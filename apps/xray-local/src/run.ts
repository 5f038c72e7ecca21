import { announceListening, onShutdown } from '#lifecycle';
import { HELP } from './help.js';
import { parseCommand, UsageError } from './options.js';
import { createJsonLog } from './report/json-log.js';
import { PortTakenError } from './server/listen.js';
import { ArchiveError, ArchiveTakenError } from './store/trace-archive.js';
import { startXrayLocal } from './start-xray-local.js';
import type { XrayLocalOptions } from './start-xray-local.js';

const STOP_DEADLINE_MS = 2_500;
const EXIT_FAILURE = 1;
const EXIT_USAGE = 2;

const log = createJsonLog((line) => void process.stdout.write(line));

/**
 * The program: reads what is asked for, starts, and stops on a signal.
 *
 * @param consoleDir where the built console is, if it is
 */
export async function run(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  consoleDir: string,
): Promise<void> {
  try {
    const command = parseCommand(args, env);
    if (command.kind === 'help') process.stdout.write(HELP);
    else await serve({ ...command.options, consoleDir });
  } catch (error) {
    process.exitCode = reportFailure(error);
  }
}

async function serve(options: XrayLocalOptions): Promise<void> {
  const xray = await startXrayLocal({ ...options, log });
  const stop = async (): Promise<void> => {
    await xray.stop();
    log('info', 'stopped', { ...xray.status() });
  };
  onShutdown(stop, { deadlineMs: STOP_DEADLINE_MS });
  const addresses = { xray: xray.url, otlp: xray.otlpUrl, daemon: xray.daemonUrl };
  log('info', 'listening', addresses);
  announceListening(addresses);
}

function reportFailure(error: unknown): number {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\nSee xray-local --help\n`);
    return EXIT_USAGE;
  }
  const isExplained =
    error instanceof PortTakenError || error instanceof ArchiveTakenError || error instanceof ArchiveError;
  if (isExplained) log('error', error.message);
  else
    log('error', 'X-Ray Local cannot start', { error: error instanceof Error ? error.stack : String(error) });
  return EXIT_FAILURE;
}
