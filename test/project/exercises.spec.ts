import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';
import { findProjectRoot } from '#local-stack';

const root = findProjectRoot();
const FOLDER = join(root, 'docs', 'exercises');
const patches = readdirSync(FOLDER).filter((file) => file.endsWith('.diff'));

/** The one file that a patch changes, as it is afterwards. */
interface PatchedFile {
  path: string;
  text: string;
}

/** Applies a unified diff by its lines alone; their numbers may be out of date, as `git apply` allows. */
function applyPatch(diff: string): PatchedFile {
  const path = join(root, /^--- a\/(.+)$/m.exec(diff)?.[1] ?? '');
  const [, ...hunks] = diff.split(/^@@.*\n/m);
  const text = hunks.reduce(
    (before, hunk) => {
      const lines = hunk.split('\n').filter((line) => line !== '');
      const old = lines.filter((line) => !line.startsWith('+')).map((line) => line.slice(1));
      const changed = lines.filter((line) => !line.startsWith('-')).map((line) => line.slice(1));
      const [start, ...rest] = before.split(`${old.join('\n')}\n`);
      if (rest.length !== 1)
        throw new Error(`${path} has changed where the patch wants to: ${old.join(' ')}`);
      return `${start}${changed.join('\n')}\n${rest[0]}`;
    },
    readFileSync(path, 'utf8'),
  );
  return { path, text };
}

const { options, declarations } = readCompilerOptions();

function readCompilerOptions(): { options: ts.CompilerOptions; declarations: string[] } {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), (file) => ts.sys.readFile(file)) as {
    config: unknown;
  };
  const { options: wanted, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  return { options: wanted, declarations: fileNames.filter((file) => file.endsWith('.d.ts')) };
}

/** What the compiler says of the files, with the rest of the project as it is. */
function compile(files: readonly PatchedFile[]): string[] {
  const host = ts.createCompilerHost(options);
  const { readFile } = host;
  host.readFile = (file) => files.find(({ path }) => path === file)?.text ?? readFile.call(host, file);
  const program = ts.createProgram([...files.map(({ path }) => path), ...declarations], options, host);
  return files.flatMap(({ path }) => {
    const source = program.getSourceFile(path);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map(({ messageText }) => `${path}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
  });
}

describe('the patches of the exercises', () => {
  const patched = patches.map((file) => applyPatch(readFileSync(join(FOLDER, file), 'utf8')));

  it('apply to the code as it is, and compile', () => {
    expect(patches).toHaveLength(3);
    expect(compile(patched)).toEqual([]);
  }, 120_000);

  it('would be told from one that does not compile', () => {
    const { path, text } = patched[0]!;

    expect(compile([{ path, text: text.replace('setAttributes', 'setAttribute') }])).toHaveLength(1);
  }, 120_000);
});
