import type { LabCommand } from './lab-command.js';

const PROGRAM = 'npm run lab --';

/** Without the lines that npm itself prints to standard output. */
const QUIET_PROGRAM = 'npm run --silent lab --';

/** One line of the list of commands. */
export interface CommandSummary {
  name: string;
  summary: string;
}

/** The help of the whole program. */
export function renderProgramHelp(commands: readonly CommandSummary[]): string {
  return [
    'The sign-up lab on the command line.',
    '',
    `Usage: ${PROGRAM} COMMAND [options]`,
    '',
    'Commands:',
    ...renderPairs(commands.map(({ name, summary }) => [name, summary])),
    '',
    `${PROGRAM} COMMAND --help says what a command does and takes.`,
    '',
    'A first walk:',
    ...renderPairs([
      ['npm start', 'bring the lab up, in another terminal'],
      [`${PROGRAM} traffic --minutes 1`, 'sign people up'],
      [`${PROGRAM} map`, 'see who called whom, how often and how fast'],
      [`${PROGRAM} permission revoke sns:Publish`, 'break it, and look at the map again'],
    ]),
    '',
  ].join('\n');
}

/** The help of one command. */
export function renderCommandHelp(command: LabCommand): string {
  const words = command.positionals.map(({ name, isRequired }) => (isRequired ? name : `[${name}]`));
  const hasArguments = command.positionals.length > 0;
  return [
    `Usage: ${[PROGRAM, command.name, ...words, '[options]'].join(' ')}`,
    '',
    ...command.description.flatMap((paragraph) => [paragraph, '']),
    ...(hasArguments ? ['Arguments:'] : []),
    ...renderPairs(command.positionals.map(({ name, help }) => [name, help])),
    ...(hasArguments ? [''] : []),
    'Options:',
    ...renderPairs([
      ...Object.entries(command.options).map(([name, option]): [string, string] => [
        `--${name}${option.placeholder === undefined ? '' : ` ${option.placeholder}`}`,
        option.help + (option.default === undefined ? '' : ` (default ${option.default})`),
      ]),
      ['--help', 'show this'],
    ]),
    '',
    'Examples:',
    ...renderPairs(
      command.examples.map(({ line, does, isPiped }) => {
        return [`${isPiped === true ? QUIET_PROGRAM : PROGRAM} ${line}`, does];
      }),
    ),
    '',
  ].join('\n');
}

function renderPairs(pairs: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(0, ...pairs.map(([left]) => left.length));
  return pairs.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
