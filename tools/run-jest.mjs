// @ts-check
/**
 * Runs Jest and ends with one plain line, `N passed, N failed`, that says the true totals: a test file that could not
 * even be loaded counts as a failure. Arguments go on to Jest.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'signup-lab-test-'));
const report = join(folder, 'report.json');

const jest = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
    '--json',
    `--outputFile=${report}`,
    ...process.argv.slice(2),
  ],
  // With --json the report would go to standard output too; what a person reads is on standard error.
  { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
);

const totals = readTotals(report);
rmSync(folder, { recursive: true, force: true });

process.stdout.write(
  '\nNot part of this run: `npm run check` (format, lint, types, boundaries), `npm run bench -- NAME`.\n',
);
const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : '';
process.stdout.write(`${totals.passed} passed, ${totals.failed} failed${skipped}\n`);
process.exitCode = jest.status === 0 && totals.failed === 0 && totals.passed > 0 ? 0 : 1;

/** @param {string} file */
function readTotals(file) {
  try {
    const result = JSON.parse(readFileSync(file, 'utf8'));
    return {
      passed: result.numPassedTests,
      failed: result.numFailedTests + result.numRuntimeErrorTestSuites,
      skipped: result.numPendingTests + result.numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
