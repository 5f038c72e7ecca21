import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { compareDocuments } from './compare-documents.js';
import type { Difference } from './compare-documents.js';
import { generateCase } from './generate-case.js';
import { Random } from './random.js';
import type { RealExporter } from './real-exporter.js';
import { ruleCases } from './rule-cases.js';
import type { SpanCase } from './span-case.js';
import { translateCase } from './translate-case.js';

export interface DifferentialOptions {
  exporter: RealExporter;
  /** How many generated spans, beside one for every rule. */
  spans: number;
  seed: number;
  /** Where the spans that differ are written, with both sides' documents, one a line. */
  differencesFile: string;
  write: (line: string) => void;
}

export interface DifferentialTotals {
  passed: number;
  failed: number;
}

const SHOWN_SPANS = 10;
const SHOWN_DIFFERENCES = 8;
/** Bounds what is held at a time. */
const CHUNK = 1000;

/** Sends the same spans through the real exporter and through X-Ray Local's translation and compares every document. */
export async function runDifferential(options: DifferentialOptions): Promise<DifferentialTotals> {
  const { exporter, spans, seed, write } = options;
  const rules = ruleCases();
  write(
    `comparing ${rules.length} spans of the rules and ${spans} generated ones (seed ${seed}) with the real exporter`,
  );
  const random = new Random(seed);
  const totals: DifferentialTotals = { passed: 0, failed: 0 };
  const failures: string[] = [];
  let documents = 0;
  for (let start = 0; start < rules.length + spans; start += CHUNK) {
    const end = Math.min(start + CHUNK, rules.length + spans);
    const cases = Array.from(
      { length: end - start },
      (_, index) => rules[start + index] ?? generateCase(random),
    );
    const exported = await exporter.translate(cases);
    for (const [index, spanCase] of cases.entries()) {
      const theirs = exported[index] ?? [];
      const ours = translateCase(spanCase);
      const differences = compareDocuments(theirs, ours);
      documents += theirs.length;
      totals[differences.length === 0 ? 'passed' : 'failed'] += 1;
      if (differences.length === 0) continue;
      failures.push(JSON.stringify({ ...spanCase, exporter: theirs, ours }));
      if (failures.length <= SHOWN_SPANS) show(start + index, spanCase, differences, write);
    }
  }
  write(`${documents} documents of ${rules.length + spans} spans compared, ${totals.failed} spans differ`);
  if (failures.length > 0) {
    mkdirSync(dirname(options.differencesFile), { recursive: true });
    writeFileSync(options.differencesFile, `${failures.join('\n')}\n`);
    write(`the spans that differ: ${options.differencesFile}`);
  }
  return totals;
}

function show(
  number: number,
  spanCase: SpanCase,
  differences: readonly Difference[],
  write: (line: string) => void,
): void {
  write(`span ${number} (${spanCase.about}, ${spanCase.configuration}) differs:`);
  for (const { path, exporter, ours } of differences.slice(0, SHOWN_DIFFERENCES)) {
    write(`  ${path || 'documents'}: exporter ${exporter}, X-Ray Local ${ours}`);
  }
}
