import { access, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { listKeywords } from '#xray-model';
import type { FilterPlace } from '#xray-model';
import { OPERATION_NAMES } from '../src/api/operations.js';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

const PLACES: readonly FilterPlace[] = [
  'trace',
  'service',
  'edge',
  'rootcause service',
  'rootcause entity',
  'rootcause exception',
];

interface Row {
  subject: string;
  status: string;
  differs: string;
  tests: string[];
}

/** The rows of the first table below a heading of the second level. */
function readTable(document: string, heading: string): Row[] {
  const section = document.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const lines = section.split('\n');
  const first = lines.findIndex((line) => line.startsWith('|'));
  const length = lines.slice(first).findIndex((line) => !line.startsWith('|'));
  const table = lines.slice(first, length === -1 ? undefined : first + length);
  return table.slice(2).map((line) => {
    const cells = line.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll('\\|', '|'));
    const [, subject = '', status = '', differs = '', tests = ''] = cells;
    return { subject: subject.replaceAll('`', ''), status, differs, tests: tests.split(', ').map(unquote) };
  });
}

function unquote(text: string): string {
  return text.replaceAll('`', '');
}

describe('docs/fidelity.md', () => {
  let operations: Row[];
  let keywords: Row[];
  /** Those that no list of the program tells. */
  let others: Row[];

  beforeAll(async () => {
    const document = await readFile(join(ROOT, 'docs', 'fidelity.md'), 'utf8');
    operations = readTable(document, 'The X-Ray API');
    keywords = readTable(document, 'Filter expressions');
    others = ['Ways in', 'Traces and the service graph'].flatMap((heading) => readTable(document, heading));
  });

  it('has one row for every operation', () => {
    expect(operations.map(({ subject }) => subject).toSorted()).toEqual(
      Object.values(OPERATION_NAMES).toSorted(),
    );
  });

  it('has one row for every keyword of filter expressions', () => {
    const known = new Set(PLACES.flatMap(listKeywords));

    expect(keywords.map(({ subject }) => subject).toSorted()).toEqual([...known].toSorted());
  });

  it('says full, partial or absent in each, and what differs where something does', () => {
    const unclear = [...operations, ...keywords, ...others].filter(
      ({ status, differs }) =>
        !['full', 'partial', 'absent'].includes(status) || (status !== 'full' && differs === ''),
    );

    expect(unclear).toEqual([]);
  });

  it.each([
    ['operations', 'apps/xray-local/test'],
    ['keywords', 'libs/xray-model'],
    ['ways in and the graph', '.'],
  ])('names tests that exist for %s', async (table, folder) => {
    const rows = { operations, keywords }[table] ?? others;
    const files = new Set(rows.flatMap(({ tests }) => tests).filter((file) => file !== ''));

    expect(files.size).toBeGreaterThan(0);
    for (const file of files) await expect(access(join(ROOT, folder, file))).resolves.toBeUndefined();
  });
});
