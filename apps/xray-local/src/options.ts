import { parseArgs } from 'node:util';
import { loadEnv, portNumber } from '#config';
import { z } from 'zod';
import type { XrayLocalOptions } from './start-xray-local.js';

const MINUTE_MS = 60_000;
const MIB = 1024 * 1024;

const nameList = z.string().default('').transform(splitNames);

const environment = z.object({
  XRAY_LOCAL_HOST: z.string().default('127.0.0.1'),
  XRAY_LOCAL_PORT: portNumber(2000),
  XRAY_LOCAL_OTLP_PORT: portNumber(4318),
  XRAY_LOCAL_ALLOWED_HOSTS: nameList,
  XRAY_LOCAL_MAX_TRACES: wholeNumber(10_000, 'traces'),
  XRAY_LOCAL_MAX_MIB: wholeNumber(256, 'MiB'),
  XRAY_LOCAL_RETENTION_MIN: wholeNumber(1440, 'minutes'),
  XRAY_LOCAL_INDEXED_ATTRIBUTES: nameList,
  XRAY_LOCAL_INDEX_ALL_ATTRIBUTES: z.stringbool({ error: 'true or false is expected' }).default(false),
});

/** What the command line asks for. */
export type Command = { kind: 'help' } | { kind: 'start'; options: XrayLocalOptions };

/** The command line has something that X-Ray Local does not know. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Reads the command line and the environment; a flag wins over its variable.
 *
 * @throws {UsageError} an unknown flag
 * @throws {EnvironmentError} values that cannot be, all of them at once
 */
export function parseCommand(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Command {
  const flags = parseFlags(args);
  if (flags.help === true) return { kind: 'help' };
  const variables = { ...env };
  if (flags.host !== undefined) variables['XRAY_LOCAL_HOST'] = flags.host;
  if (flags.port !== undefined) variables['XRAY_LOCAL_PORT'] = flags.port;
  if (flags['otlp-port'] !== undefined) variables['XRAY_LOCAL_OTLP_PORT'] = flags['otlp-port'];
  const settings = loadEnv(environment, variables);
  return {
    kind: 'start',
    options: {
      host: settings.XRAY_LOCAL_HOST,
      port: settings.XRAY_LOCAL_PORT,
      otlpPort: settings.XRAY_LOCAL_OTLP_PORT,
      allowedHosts: settings.XRAY_LOCAL_ALLOWED_HOSTS,
      maxTraces: settings.XRAY_LOCAL_MAX_TRACES,
      maxBytes: settings.XRAY_LOCAL_MAX_MIB * MIB,
      retentionMs: settings.XRAY_LOCAL_RETENTION_MIN * MINUTE_MS,
      indexedAttributes: settings.XRAY_LOCAL_INDEXED_ATTRIBUTES,
      indexAllAttributes: settings.XRAY_LOCAL_INDEX_ALL_ATTRIBUTES,
    },
  };
}

function parseFlags(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h' },
        host: { type: 'string' },
        port: { type: 'string' },
        'otlp-port': { type: 'string' },
      },
    });
    return values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function wholeNumber(defaultValue: number, unit: string) {
  return z.coerce
    .number({ error: `a number of ${unit} is expected` })
    .int()
    .min(1)
    .default(defaultValue);
}

function splitNames(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
