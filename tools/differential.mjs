// @ts-check
/**
 * `npm run test:differential -- --spans 3000 --seed N` builds the real collector and compares what its `awsxray` exporter
 * makes of spans with what X-Ray Local makes of them. `--record` renews the cases in `test/differential/recorded` instead.
 * Needs Go. Ends with one plain line, `N passed, N failed`.
 */
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildCollector } from './collector-build.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = new URL('../test/differential/', import.meta.url).href;

// Node runs the TypeScript of the test as it is, but for the names of its imports, which are those of a build.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier.startsWith('./') && context.parentURL?.startsWith(folder)
      ? next(specifier.replace(/\.js$/, '.ts'), context)
      : next(specifier, context),
});

const { values } = parseArgs({
  options: {
    spans: { type: 'string', default: '3000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000_007) },
    record: { type: 'boolean', default: false },
  },
});

try {
  const spans = toWholeNumber('spans', values.spans);
  const seed = toWholeNumber('seed', values.seed);
  const program = buildCollector();
  const startedMs = performance.now();
  const { failed, passed } = await (values.record ? record(program) : compare(program, spans, seed));
  write(`${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
  write(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  write('0 passed, 1 failed');
  process.exitCode = 1;
}

/**
 * @param {string} program
 * @param {number} spans
 * @param {number} seed
 */
async function compare(program, spans, seed) {
  const { startRealExporter } = await import('../test/differential/real-exporter.ts');
  const { runDifferential } = await import('../test/differential/run-differential.ts');
  const exporter = await startRealExporter(program);
  const totals = { passed: 0, failed: 0 };
  try {
    const differencesFile = join(root, '.data', 'differential', `seed-${seed}.jsonl`);
    add(totals, await runDifferential({ exporter, spans, seed, differencesFile, write }));
  } finally {
    await exporter.stop();
  }
  const { compareGraphs } = await import('../test/differential/graph-through-collector.ts');
  add(totals, await compareGraphs(program, join(root, 'otel-collector', 'collector.yaml'), write));
  return totals;
}

/**
 * @param {{ passed: number, failed: number }} totals
 * @param {{ passed: number, failed: number }} more
 */
function add(totals, more) {
  totals.passed += more.passed;
  totals.failed += more.failed;
}

/** @param {string} program */
async function record(program) {
  const { recordExporter } = await import('../test/differential/record-exporter.ts');
  return recordExporter(program, join(root, 'test', 'differential', 'recorded'), write);
}

/**
 * @param {string} name
 * @param {string} text
 */
function toWholeNumber(name, text) {
  if (!/^\d{1,10}$/.test(text)) throw new Error(`--${name} must be a whole number, not '${text}'`);
  return Number(text);
}

/** @param {string} line */
function write(line) {
  process.stdout.write(`${line}\n`);
}
