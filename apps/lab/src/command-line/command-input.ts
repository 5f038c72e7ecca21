import { parseArgs } from 'node:util';
import { UsageError } from './lab-errors.js';
import { findNearest } from './nearest.js';

export interface OptionSpec {
  /** What stands for the value in the help, such as `N`; an option without it takes no value. */
  placeholder?: string;
  help: string;
  /** Used when the option is not given. */
  default?: string;
}

export interface PositionalSpec {
  name: string;
  isRequired: boolean;
  help: string;
}

export interface NumberBounds {
  /** Inclusive. */
  min: number;
  /** Inclusive. */
  max: number;
  isInteger?: boolean;
}

interface InputSpec {
  positionals: readonly PositionalSpec[];
  options: Readonly<Record<string, OptionSpec>>;
}

/** The words after a command's name, checked against what the command takes. */
export class CommandInput {
  private constructor(
    private readonly spec: InputSpec,
    private readonly values: ReadonlyMap<string, string | true>,
    private readonly words: readonly string[],
  ) {}

  /** @throws {UsageError} naming the first option or word that does not fit */
  static parse(args: readonly string[], spec: InputSpec): CommandInput {
    const { tokens } = parseArgs({
      args: [...args],
      strict: false,
      tokens: true,
      options: Object.fromEntries(
        Object.entries(spec.options).map(([name, option]) => {
          return [name, { type: option.placeholder === undefined ? 'boolean' : 'string' }];
        }),
      ),
    });
    const values = new Map<string, string | true>();
    const words: string[] = [];
    for (const token of tokens) {
      if (token.kind === 'option') values.set(token.name, readOption(token, spec));
      else if (token.kind === 'positional') words.push(token.value);
    }
    checkPositionals(words, spec.positionals);
    return new CommandInput(spec, values, words);
  }

  flag(name: string): boolean {
    return this.values.has(name);
  }

  text(name: string): string | undefined {
    const value = this.values.get(name);
    return typeof value === 'string' ? value : this.spec.options[name]?.default;
  }

  /** A positional argument by its name in the spec. */
  word(name: string): string | undefined {
    return this.words[this.spec.positionals.findIndex((positional) => positional.name === name)];
  }

  /** @throws {UsageError} when the value is not a number within the bounds */
  number(name: string, bounds: NumberBounds): number {
    const text = (this.text(name) ?? '').trim();
    const value = Number(text);
    const isFit = text !== '' && value >= bounds.min && value <= bounds.max;
    if (isFit && (bounds.isInteger !== true || Number.isInteger(value))) return value;
    const kind = bounds.isInteger === true ? 'a whole number' : 'a number';
    throw new UsageError(`--${name} must be ${kind} from ${bounds.min} to ${bounds.max}, not "${text}"`);
  }

  /** @throws {UsageError} when the value is none of the choices */
  choice<T extends string>(name: string, choices: readonly T[]): T | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const found = choices.find((choice) => choice === text);
    if (found !== undefined) return found;
    throw new UsageError(`--${name} must be ${choices.join(' or ')}, not "${text}"`);
  }
}

function readOption(
  token: { name: string; rawName: string; value: string | undefined; inlineValue: boolean | undefined },
  spec: InputSpec,
): string | true {
  const option = Object.hasOwn(spec.options, token.name) ? spec.options[token.name] : undefined;
  if (option === undefined) {
    const nearest = findNearest(token.name, Object.keys(spec.options));
    const hint = nearest === undefined ? '' : `; did you mean --${nearest}?`;
    throw new UsageError(`unknown option ${token.rawName}${hint}`);
  }
  if (option.placeholder === undefined) {
    if (token.value === undefined) return true;
    throw new UsageError(`--${token.name} takes no value`);
  }
  // "--filter --json" forgot the value; "--minutes -5" gave a bad one, which its own check names.
  const isMissing = token.value === undefined || (token.inlineValue !== true && token.value.startsWith('--'));
  if (isMissing) throw new UsageError(`--${token.name} needs a value: --${token.name} ${option.placeholder}`);
  return token.value ?? true;
}

function checkPositionals(words: readonly string[], positionals: readonly PositionalSpec[]): void {
  const missing = positionals.find(
    (positional, index) => positional.isRequired && words[index] === undefined,
  );
  if (missing !== undefined) throw new UsageError(`${missing.name} is missing: ${missing.help}`);
  const extra = words[positionals.length];
  if (extra !== undefined) throw new UsageError(`unexpected "${extra}"`);
}
