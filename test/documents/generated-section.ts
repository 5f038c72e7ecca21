import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { format, resolveConfig } from 'prettier';
import { findProjectRoot } from '#local-stack';

/** What a fenced block in such a section is marked with. */
export const MADE_MARKER = '<!-- made: npm run docs:generate -->';

/**
 * Expects that the parts of a document between `<!-- generated: NAME -->` and `<!-- end of NAME -->` are what code makes
 * of the project today. `npm run docs:generate` sets DOCS_WRITE, and they are written instead.
 */
export async function expectGenerated(
  path: string,
  sections: Readonly<Record<string, string>>,
): Promise<void> {
  const file = join(findProjectRoot(), path);
  const found = readFileSync(file, 'utf8');
  const replaced = Object.entries(sections).reduce(
    (text, [name, body]) => replaceSection(text, name, body),
    found,
  );
  const wanted = await format(replaced, { ...(await resolveConfig(file)), parser: 'markdown' });
  if (process.env['DOCS_WRITE'] === 'true') writeFileSync(file, wanted);
  else expect(found).toBe(wanted);
}

function replaceSection(text: string, name: string, body: string): string {
  const start = `<!-- generated: ${name} -->`;
  const end = `<!-- end of ${name} -->`;
  const startIndex = text.indexOf(start);
  const endIndex = text.indexOf(end);
  if (startIndex === -1 || endIndex < startIndex) throw new Error(`there is no section ${name}`);
  return `${text.slice(0, startIndex + start.length)}\n\n${body.trim()}\n\n${text.slice(endIndex)}`;
}

/** A table of Markdown; `|` in a cell is escaped. */
export function toTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

export function toJsonBlock(value: unknown): string {
  return `${MADE_MARKER}\n\n\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;
}
