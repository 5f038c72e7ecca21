import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { flagsOf, type ShellCommand } from './shell-commands.js';

/** Says what is wrong with a command of a document; undefined when everything that it names exists. */
export type CommandCheck = (command: ShellCommand) => string | undefined;

/** Programs of every machine, whose options are not checked. */
const ORDINARY = new Set(
  'cd cp curl date echo export git head id jq kill ls mkdir node open printf rm set sleep substituted tail wait'.split(
    ' ',
  ),
);
/** What npm itself offers; everything else is a script of ours. */
const NPM_SHORTHANDS = new Set(['start', 'test']);
const NPM_COMMANDS = new Set(['ci', 'install', 'exec', 'pack']);
/** Where the options of the tools are read. */
const TOOL_FOLDERS = [
  'tools',
  'bench',
  'deploy/src',
  'test/fuzz',
  'test/differential',
  'apps/xray-local/src',
];
const RUNNER_FLAGS = new Set(['selectProjects', 'testPathPatterns', 'config']);

export interface ProjectFacts {
  root: string;
  /** The options of each command of the lab. */
  labOptions: ReadonlyMap<string, readonly string[]>;
  /** `service operation` to the options that it has. */
  awsOptions: Readonly<Record<string, readonly string[]>>;
}

/** Checks commands by what the project has: npm scripts, their options, files, build targets, and recorded AWS options. */
export function createCommandCheck({ root, labOptions, awsOptions }: ProjectFacts): CommandCheck {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const toolTexts = TOOL_FOLDERS.flatMap((folder) => readSources(join(root, folder)));

  const checkFlags = (script: string, args: ShellCommand): string | undefined => {
    const unknown = flagsOf(args).find((flag) => {
      if (script === 'test' && RUNNER_FLAGS.has(flag)) return false;
      return !toolTexts.some((text) => text.includes(`--${flag}`) || text.includes(`'${flag}'`));
    });
    return unknown === undefined ? undefined : `no tool of the project knows --${unknown}`;
  };

  const checkLab = ([name = '', ...args]: ShellCommand): string | undefined => {
    if (name === '') return undefined;
    const options = labOptions.get(name);
    if (options === undefined) return `the lab has no command ${name}`;
    const unknown = flagsOf(args).find((flag) => flag !== 'help' && !options.includes(flag));
    return unknown === undefined ? undefined : `lab ${name} has no option --${unknown}`;
  };

  const checkNpm = (words: ShellCommand): string | undefined => {
    const end = words.indexOf('--');
    const own = words.slice(0, end === -1 ? undefined : end).filter((word) => !/^(-s|--silent)$/.test(word));
    const args = end === -1 ? [] : words.slice(end + 1);
    const [first = '', second = ''] = own[0] === '--prefix' ? own.slice(2) : own;
    if (NPM_COMMANDS.has(first)) return undefined;
    const script = NPM_SHORTHANDS.has(first) ? first : first === 'run' ? second : '';
    if (scripts[script] === undefined) return `there is no npm script ${script || words.join(' ')}`;
    if (script === 'lab') return checkLab(args);
    if (script === 'start') return checkLab(['start', ...args]);
    return checkFlags(script, args);
  };

  const checkDocker = (words: ShellCommand): string | undefined => {
    const files = words.flatMap((word, index) => (words[index - 1] === '-f' ? [word] : []));
    const missing = files.find((file) => !existsSync(join(root, file)));
    if (missing !== undefined) return `${missing} does not exist`;
    const target = words[words.indexOf('--target') + 1] ?? '';
    if (!words.includes('--target') || target.startsWith('$')) return undefined;
    const stages = readFileSync(join(root, 'docker', 'Dockerfile'), 'utf8');
    return new RegExp(`^FROM .* AS ${target}$`, 'im').test(stages)
      ? undefined
      : `the Dockerfile has no target ${target}`;
  };

  const checkAws = (words: ShellCommand): string | undefined => {
    const [service = '', operation = ''] = words;
    const known = awsOptions[`${service} ${operation}`];
    if (known === undefined) return `aws ${service} ${operation} is not recorded; see PROVENANCE.md`;
    const options = new Set([...known, ...(awsOptions['global'] ?? [])]);
    const unknown = flagsOf(words).find((flag) => !options.has(flag));
    return unknown === undefined ? undefined : `aws ${service} ${operation} has no option --${unknown}`;
  };

  return ([program = '', ...words]) => {
    if (program === 'npm') return checkNpm(words);
    if (program === 'docker') return checkDocker(words);
    if (program === 'aws') return checkAws(words);
    if (program === 'npx') return undefined;
    return ORDINARY.has(program) ? undefined : `nobody knows how to check ${program}`;
  };
}

function readSources(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|mjs)$/.test(file))
    .map((file) => join(folder, file))
    .filter((file) => statSync(file).isFile())
    .map((file) => readFileSync(file, 'utf8'));
}
