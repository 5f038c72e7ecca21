import { parseArgs } from 'node:util';
import { KNOWN_OPTIONS } from './known-options.js';
import type { KnownOption } from './known-options.js';
import type { XrayLocalOptions } from './start-xray-local.js';

/** What the command line asks for. */
export type Command = { kind: 'help' } | { kind: 'start'; options: XrayLocalOptions };

/** The command line or a variable has something that X-Ray Local cannot use. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * Reads the command line and the environment; a flag wins over its variable, and either counts as not set when empty.
 * Not by `#config`, whose zod costs a fifth of the time to start (2026-11: 50 of 240 ms).
 *
 * @throws {UsageError} an unknown flag, or values that cannot be, all of them at once
 */
export function parseCommand(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Command {
  const flags = parseFlags(args);
  if (flags['help'] === true) return { kind: 'help' };
  const options: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const [name, field] of Object.entries(KNOWN_OPTIONS)) {
    const { value, source } = findText(field, flags, env);
    if (value === undefined && field.default === undefined) continue;
    const read = value === undefined ? { value: field.default } : field.read(value);
    if ('problem' in read) problems.push(`${source}: ${read.problem}`);
    else options[name] = read.value;
  }
  if (problems.length > 0) throw new UsageError(`The options are not usable: ${problems.join('; ')}`);
  return { kind: 'start', options };
}

type Flags = Readonly<Record<string, string | boolean | undefined>>;

function findText(
  { flag, variable }: KnownOption,
  flags: Flags,
  env: Readonly<Record<string, string | undefined>>,
): { value: string | undefined; source: string } {
  const value = flags[flag];
  // An empty host would be every address of this machine.
  if (value !== undefined && value !== '') return { value: String(value), source: `--${flag} (${variable})` };
  return { value: env[variable] === '' ? undefined : env[variable], source: variable };
}

function parseFlags(args: readonly string[]): Flags {
  const texts = Object.values(KNOWN_OPTIONS).map(
    ({ flag, isSwitch }) => [flag, { type: isSwitch === true ? 'boolean' : 'string' }] as const,
  );
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { ...Object.fromEntries(texts), help: { type: 'boolean', short: 'h' } },
    });
    return values as Flags;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
