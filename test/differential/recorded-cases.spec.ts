import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { compareDocuments } from './compare-documents.js';
import type { RecordedCase } from './span-case.js';
import { translateCase } from './translate-case.js';

function readCases(file: string): RecordedCase[] {
  const text = readFileSync(new URL(`./recorded/${file}`, import.meta.url), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as RecordedCase);
}

describe.each(['rules.jsonl', 'generated.jsonl'])(
  'the documents that the real exporter made of %s',
  (file) => {
    it('are those that X-Ray Local makes of the same spans', () => {
      const differing = readCases(file).flatMap((recorded) => {
        const differences = compareDocuments(recorded.documents, translateCase(recorded));
        return differences.length === 0 ? [] : [{ about: recorded.about, differences }];
      });

      expect(differing).toEqual([]);
    });
  },
);
