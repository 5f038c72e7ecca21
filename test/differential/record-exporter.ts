import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateCase } from './generate-case.js';
import { Random } from './random.js';
import { startRealExporter } from './real-exporter.js';
import { ruleCases } from './rule-cases.js';
import type { RecordedCase, SpanCase } from './span-case.js';

const SEED = 20_261_123;
const GENERATED = 60;
/** Larger ones say nothing more and fill the repository. */
const MAX_LINE_CHARACTERS = 3000;

/** Writes what the real exporter makes of one span for every rule, and of some generated ones, one span a line. */
export async function recordExporter(
  program: string,
  folder: string,
  write: (line: string) => void,
): Promise<{ passed: number; failed: number }> {
  const random = new Random(SEED);
  const sets: Record<string, SpanCase[]> = {
    'rules.jsonl': ruleCases(),
    'generated.jsonl': random.list(GENERATED, () => generateCase(random)),
  };
  const exporter = await startRealExporter(program);
  let recorded = 0;
  try {
    for (const [file, cases] of Object.entries(sets)) {
      const documents = await exporter.translate(cases);
      const lines = cases
        .map((spanCase, index) => toLine(spanCase, documents[index] ?? []))
        .filter((line) => line.length <= MAX_LINE_CHARACTERS);
      writeFileSync(join(folder, file), `${lines.join('\n')}\n`);
      write(`${file}: ${lines.length} spans`);
      recorded += lines.length;
    }
  } finally {
    await exporter.stop();
  }
  return { passed: recorded, failed: 0 };
}

/** The documents go in as the texts they are, since parsing would round long integers. */
function toLine(spanCase: SpanCase, documents: readonly string[]): string {
  const recorded: RecordedCase = { ...spanCase, documents: withCountedIds(documents) };
  return JSON.stringify(recorded);
}

/** Random ids become numbers, so that a renewed record differs only where the exporter does. */
function withCountedIds(documents: readonly string[]): string[] {
  const parsed = documents.map((text) => JSON.parse(text) as RecordedIds);
  const exceptionIds = parsed.flatMap(({ cause }) => cause?.exceptions?.map(({ id }) => id) ?? []);
  const ids = documents.length === 2 ? [parsed[1]?.id, ...exceptionIds] : exceptionIds;
  return documents.map((text) =>
    ids.reduce<string>(
      (renamed, id, index) => renamed.replaceAll(`"${id}"`, `"${String(index + 1).padStart(16, '0')}"`),
      text.trimEnd(),
    ),
  );
}

interface RecordedIds {
  id?: string;
  cause?: { exceptions?: { id: string }[] };
}
