/** One simple command of a shell script: its words without quotes, assignments before it left out. */
export type ShellCommand = readonly string[];

const KEYWORDS = new Set(['do', 'then', 'else', 'if', 'while', 'until', 'time', '!', '{', '(']);
const ENDINGS = new Set(['done', 'fi', '}', ')', 'esac']);
const ASSIGNMENT = /^[A-Za-z_][A-Za-z0-9_]*=/;
const REDIRECTION = /^\d*(>>?|<)(&\d|.*)$/;

/**
 * Takes the commands out of a script, those of `$(…)` too. It knows as much of the shell as the documents use; a script
 * that is beyond it has a word that nobody knows how to check, and fails the test that way.
 */
export function parseCommands(script: string): ShellCommand[] {
  const substitutions: string[] = [];
  const flat = script
    .replaceAll(/\\\n\s*/g, ' ')
    // Arithmetic has no commands but those of its own substitutions.
    .replaceAll(/\$\(\(((?:[^()]|\([^()]*\))*)\)\)/g, (_, inner: string) =>
      inner.replaceAll(/[^$]*(\$\([^()]*\))?/g, '$1'),
    )
    .replaceAll(/\$\(([^()]*)\)/g, (_, inner: string) => {
      substitutions.push(inner);
      return 'substituted';
    });
  const own = splitCommands(flat)
    .map((words) => toCommand(words))
    .filter((words) => words.length > 0);
  return [...own, ...substitutions.flatMap(parseCommands)];
}

/** The flags of a command, `--name` of `--name=value` too; those of one letter are left out. */
export function flagsOf(command: ShellCommand): string[] {
  return command.flatMap((word) => /^--([a-z][\w-]*)/i.exec(word)?.[1] ?? []);
}

function toCommand(words: readonly string[]): string[] {
  const [first = '', ...rest] = words;
  // `for x in a b`: what it goes through is no command.
  if (first === 'for' || first === 'case' || ENDINGS.has(first)) return [];
  if (KEYWORDS.has(first) || ASSIGNMENT.test(first)) return toCommand(rest);
  return words.filter((word) => !REDIRECTION.test(word));
}

/** Words by command; `;`, `&`, `|`, `&&`, `||` and the end of a line end one. Comments are left out. */
function splitCommands(script: string): string[][] {
  const commands: string[][] = [[]];
  const pattern =
    /#[^\n]*|\n|&&|\|\|?|;|&(?!\d)|(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|>&|[^\s'"\\;|&#]|(?<=\S)#)+/g;
  for (const [token] of script.matchAll(pattern)) {
    if (token.startsWith('#')) continue;
    if (/^(\n|&&|\|\|?|;|&)$/.test(token)) commands.push([]);
    else commands.at(-1)?.push(unquote(token));
  }
  return commands;
}

function unquote(token: string): string {
  return token.replaceAll(/'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/g, (_, single, double, escaped) =>
    String(single ?? double ?? escaped),
  );
}
