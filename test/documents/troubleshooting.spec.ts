import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { findProjectRoot } from '#local-stack';

const root = findProjectRoot();
const SOURCES = ['apps', 'libs', 'tools', 'otel-collector'];

/** Cells of the tables, without their heads. */
const rows = readFileSync(join(root, 'docs', 'troubleshooting.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim()))
  .filter(([, first = '', , , last = '']) => !/^(symptom|answer|-+)$/.test(first) && last !== 'shown by');

/** Texts of several words in the first cell are what a program of ours says. */
const messages = rows.flatMap(([, symptom = '']) =>
  [...symptom.matchAll(/`([^`]+ [^`]+)`/g)].map(([, text = '']) => [text] as const),
);
const proofs = rows.map((cells) => [cells.at(-2)?.replaceAll('`', '') ?? ''] as const);

const sourceText = SOURCES.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => join(root, folder, file))
    .filter((file) => !file.includes('node_modules') && /\.(ts|mjs|md|yaml)$/.test(file))
    .filter((file) => statSync(file).isFile())
    .map((file) => readFileSync(file, 'utf8')),
).join('\n');

describe('docs/troubleshooting.md', () => {
  it('has rows and messages', () => {
    expect(rows.length).toBeGreaterThan(30);
    expect(messages.length).toBeGreaterThan(10);
  });

  it.each(messages)('quotes what a program says: %s', (message) => {
    expect(sourceText.includes(message)).toBe(true);
  });

  it.each(proofs)('names something that is there: %s', (path) => {
    expect(existsSync(join(root, path))).toBe(true);
  });
});
