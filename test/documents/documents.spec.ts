import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { findProjectRoot } from '#local-stack';
import { commands } from '../../apps/lab/src/commands.js';
import { checkMarker, cutRegion, isShell } from './known-markers.js';
import { parseMarkdown, readDocuments } from './markdown.js';
import type { Fence, MarkdownDocument, MarkdownLink } from './markdown.js';
import { createCommandCheck, type CommandCheck } from './project-commands.js';
import { parseCommands } from './shell-commands.js';

const root = findProjectRoot();
const documents = readDocuments(root);
const byPath = new Map(documents.map((document) => [document.path, document]));
const each = documents.map((document) => [document.path, document] as const);

/** What is wrong with a link; undefined when it leads somewhere. What is outside of the project is not asked. */
function checkLink({ path }: MarkdownDocument, { target, isImage }: MarkdownLink): string | undefined {
  if (/^[a-z][a-z+.-]*:/i.test(target)) {
    return URL.canParse(target) && /^(https:|mailto:|http:\/\/localhost)/.test(target)
      ? undefined
      : 'no https address';
  }
  const [file = '', anchor] = target.split('#');
  const linked = file === '' ? path : normalize(join(dirname(path), decodeURIComponent(file)));
  if (file.startsWith('/') || linked.startsWith('..')) return 'leads out of the project';
  if (!existsSync(join(root, linked))) return `${linked} does not exist`;
  if (isImage && !/\.(png|svg|jpe?g|gif|webp)$/.test(linked)) return `${linked} is no image`;
  if (anchor === undefined) return undefined;
  const document = byPath.get(linked.replace(/\/$/, '')) ?? byPath.get(join(linked, 'README.md'));
  return document?.anchors.has(anchor) === true ? undefined : `${linked} has no heading for #${anchor}`;
}

function problemsOf<T extends { line: number }>(
  document: MarkdownDocument,
  items: readonly T[],
  check: (item: T) => string | undefined,
): string[] {
  return items.flatMap((item) => {
    const problem = check(item);
    return problem === undefined ? [] : [`${document.path}:${item.line} ${problem}`];
  });
}

function checkShell(fence: Fence, checkCommand: CommandCheck): string | undefined {
  const syntax = spawnSync('bash', ['-n'], { input: fence.text, encoding: 'utf8' });
  if (syntax.status !== 0) return `bash cannot read it: ${syntax.stderr}`;
  const problems = parseCommands(fence.text).flatMap((command) => checkCommand(command) ?? []);
  return problems.length === 0 ? undefined : problems.join('; ');
}

/** A block that is a copy must be one. */
function checkCopy({ marker, text }: Fence): string | undefined {
  if (marker?.kind !== 'from') return undefined;
  const [file = '', region] = marker.value.split('#');
  if (!existsSync(join(root, file))) return `${file} does not exist`;
  const source = readFileSync(join(root, file), 'utf8');
  const wanted = region === undefined ? source : cutRegion(source, region);
  return text === wanted ? undefined : `differs from ${marker.value}`;
}

describe('the documents', () => {
  let checkCommand: CommandCheck;
  beforeAll(async () => {
    const loaded = await Promise.all(commands.map(({ load }) => load()));
    checkCommand = createCommandCheck({
      root,
      labOptions: new Map(loaded.map(({ name, options }) => [name, Object.keys(options)])),
      awsOptions: JSON.parse(
        readFileSync(join(root, 'test', 'documents', 'recorded', 'aws-options.json'), 'utf8'),
      ) as Record<string, string[]>,
    });
  });

  it('are all found', () => {
    expect(each.map(([path]) => path)).toEqual(expect.arrayContaining(['README.md', 'docs/adr/README.md']));
  });

  it.each(each)('%s: every link and image leads somewhere', (_, document) => {
    expect(problemsOf(document, document.links, (link) => checkLink(document, link))).toEqual([]);
  });

  it.each(each)('%s: every block of code says how it is kept true', (_, document) => {
    expect(problemsOf(document, document.fences, checkMarker)).toEqual([]);
  });

  it.each(each)('%s: every command exists, with its options', (_, document) => {
    const shell = document.fences.filter(isShell);

    expect(problemsOf(document, shell, (fence) => checkShell(fence, checkCommand))).toEqual([]);
    // `a|b` in text is a choice and no pipe: what comes first stands for the others.
    const checkInline = ({ text }: { text: string }): string | undefined =>
      checkCommand(parseCommands(text)[0] ?? []);
    expect(problemsOf(document, document.inlineCommands, checkInline)).toEqual([]);
  });

  it.each(each)('%s: every copied block is the same as its source', (_, document) => {
    expect(problemsOf(document, document.fences, checkCopy)).toEqual([]);
  });

  it.each([
    ['npm run nowhere', 'there is no npm script nowhere'],
    ['npm run lab -- map --sideways', 'lab map has no option --sideways'],
    ['npm run lab -- dance', 'the lab has no command dance'],
    ['npm run deploy -- --to-the-moon', 'no tool of the project knows --to-the-moon'],
    ['aws xray get-service-graph --sideways 1', 'aws xray get-service-graph has no option --sideways'],
    ['docker compose -f nowhere.yaml up', 'nowhere.yaml does not exist'],
    ['x=$(frobnicate) && echo "$x"', 'nobody knows how to check frobnicate'],
  ])('would say of %s: %s', (script, problem) => {
    expect(parseCommands(script).flatMap((command) => checkCommand(command) ?? [])).toEqual([problem]);
  });

  it.each([
    ['[a](nowhere.md)', 'nowhere.md does not exist'],
    ['[a](#nothing)', 'README.md has no heading for #nothing'],
    ['![a](missing.png)', 'missing.png does not exist'],
    ['<http://example.com>', 'no https address'],
  ])('would say of %s: %s', (text, problem) => {
    const document = parseMarkdown('README.md', text);

    expect(document.links.map((link) => checkLink(document, link))).toEqual([problem]);
  });

  it('would miss the marker of a block', () => {
    const { fences } = parseMarkdown('x.md', '```sh\nls\n```\n\n<!-- run: embedded -->\n\n```sh\nls\n```\n');

    expect(fences.map((fence) => checkMarker(fence) === undefined)).toEqual([false, true]);
  });
});
