import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** A Markdown file, and what a test wants to know of it. */
export interface MarkdownDocument {
  /** Relative to the project, with slashes. */
  path: string;
  /** What can stand after `#` in a link to it. */
  anchors: ReadonlySet<string>;
  links: readonly MarkdownLink[];
  fences: readonly Fence[];
  /** `npm …` in the midst of text. */
  inlineCommands: readonly InlineCommand[];
}

export interface InlineCommand {
  text: string;
  line: number;
}

export interface MarkdownLink {
  target: string;
  line: number;
  isImage: boolean;
}

/** A fenced block; `marker` is the comment before it, `<!-- run: embedded -->`. */
export interface Fence {
  language: string;
  marker: Marker | undefined;
  text: string;
  /** Of the opening fence, counted from 1. */
  line: number;
}

export interface Marker {
  kind: string;
  value: string;
}

const FOLDERS_LEFT_OUT = new Set(['node_modules', 'dist', '.data', '.git', 'coverage']);
const FENCE = /^(\s*)(`{3,}|~{3,})\s*(\S*)/;
const MARKER = /^\s*<!--\s*(run|check|from|made):\s*(.+?)\s*-->\s*$/;
const HEADING = /^(#{1,6})\s+(.+?)\s*#*$/;

/** Every Markdown file of the project, parsed, in the order of their paths. */
export function readDocuments(root: string): MarkdownDocument[] {
  return listMarkdown(root)
    .map((file) => relative(root, file).split(sep).join('/'))
    .toSorted()
    .map((path) => parseMarkdown(path, readFileSync(join(root, path), 'utf8')));
}

function listMarkdown(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory())
      return FOLDERS_LEFT_OUT.has(entry.name) ? [] : listMarkdown(join(folder, entry.name));
    return entry.name.endsWith('.md') ? [join(folder, entry.name)] : [];
  });
}

/** Reads as much of Markdown as the documents of this project use. */
export function parseMarkdown(path: string, text: string): MarkdownDocument {
  const lines = text.split('\n');
  const fences: Fence[] = [];
  const links: MarkdownLink[] = [];
  const headings: string[] = [];
  const inlineCommands: InlineCommand[] = [];
  let marker: Marker | undefined;
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    const opening = FENCE.exec(line);
    if (opening !== null) {
      const body = readFenceBody(lines, index, opening);
      fences.push({ language: opening[3] ?? '', marker, text: body.text, line: index + 1 });
      marker = undefined;
      index = body.lastIndex;
      continue;
    }
    if (line.trim() === '') continue;
    marker = parseMarker(line);
    const heading = HEADING.exec(line);
    if (heading !== null) headings.push(heading[2] ?? '');
    links.push(...findLinks(line, index + 1));
    inlineCommands.push(...findCommands(line, index + 1));
  }
  return { path, anchors: new Set(toAnchors(headings)), links, fences, inlineCommands };
}

function findCommands(line: string, lineNumber: number): InlineCommand[] {
  return [...line.matchAll(/`(npm (?:run \S|start|test)[^`]*)`/g)].map(([, text = '']) => ({
    text: text.replaceAll('\\|', '|'),
    line: lineNumber,
  }));
}

function readFenceBody(
  lines: readonly string[],
  openingIndex: number,
  [, indent = '', fence = '']: RegExpExecArray,
): { text: string; lastIndex: number } {
  const isEnd = (line: string): boolean => line.trim().startsWith(fence) && /^[`~]+$/.test(line.trim());
  let lastIndex = openingIndex + 1;
  while (lastIndex < lines.length && !isEnd(lines[lastIndex] ?? '')) lastIndex += 1;
  const body = lines.slice(openingIndex + 1, lastIndex);
  const text = body.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line)).join('\n');
  return { text: `${text}\n`, lastIndex };
}

function parseMarker(line: string): Marker | undefined {
  const [, kind, value] = MARKER.exec(line) ?? [];
  return kind === undefined || value === undefined ? undefined : { kind, value };
}

function findLinks(line: string, lineNumber: number): MarkdownLink[] {
  const withoutCode = line.replace(/`[^`]*`/g, '``');
  const found: MarkdownLink[] = [];
  // `[text](target)` and `![text](target)`; the text of a link may hold an image.
  for (const [, isImage, target = ''] of withoutCode.matchAll(
    /(!?)\[[^[\]]*\]\(([^()\s]*(?:\([^()]*\))?)\)/g,
  ))
    found.push({ target, line: lineNumber, isImage: isImage === '!' });
  for (const [, target = ''] of withoutCode.matchAll(/\]\(([^()\s]+)\)(?=\))/g))
    found.push({ target, line: lineNumber, isImage: false });
  for (const [, target = ''] of withoutCode.matchAll(/<(https?:[^>]*)>/g))
    found.push({ target, line: lineNumber, isImage: false });
  for (const [, target = ''] of withoutCode.matchAll(/^\s*\[[^\]]+\]:\s*(\S+)/g))
    found.push({ target, line: lineNumber, isImage: false });
  return found;
}

/** The anchors that GitHub makes of headings: lower case, no punctuation, `-1` for the second of a name. */
export function toAnchors(headings: readonly string[]): string[] {
  const uses = new Map<string, number>();
  return headings.map((heading) => {
    const shown = heading.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1');
    const anchor = shown
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
      .replaceAll(' ', '-');
    const used = uses.get(anchor) ?? 0;
    uses.set(anchor, used + 1);
    return used === 0 ? anchor : `${anchor}-${used}`;
  });
}
