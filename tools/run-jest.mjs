// @ts-check
/**
 * Runs Jest and ends with one plain line, `N passed, N failed`, that says the true totals: a test file that could not
 * even be loaded counts as a failure. Arguments go on to Jest.
 *
 * Without a Chromium the browser tests are left out, and that is said; in CI (CI=true) they then fail.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'signup-lab-test-'));
const report = join(folder, 'report.json');
const withBrowser = process.env.CI === 'true' || hasChromium();
const args = process.argv.slice(2);
/** With a configuration of its own, or projects that are named, the caller knows what it wants to run. */
const isWholeRun = !args.some((arg) => /^--(selectProjects|config)\b/.test(arg));

const jest = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
    '--json',
    `--outputFile=${report}`,
    ...args,
    ...(isWholeRun ? ['--selectProjects', 'unit', 'system', ...(withBrowser ? ['console'] : [])] : []),
  ],
  // With --json the report would go to standard output too; what a person reads is on standard error.
  { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
);

const totals = readTotals(report);
rmSync(folder, { recursive: true, force: true });

const leftOut = [
  'npm run check                format, lint, types, import boundaries, dead code',
  'npm run test:differential    the translation against the real exporter; needs Go 1.25',
  'npm run test:aws-cli         the commands of the AWS CLI; needs Python 3 with venv',
  'npm run test:postman         the REST APIs: OpenAPI, Postman collection, Schemathesis (Python 3 with venv)',
  'npm run test:containers      docker compose against the collector; needs root or a container engine',
  'npm run test:deploy          the CDK stack and its template',
  'npm run fuzz                 malformed requests, packets and documents',
];
if (!withBrowser)
  leftOut.unshift('(Chromium)                   the console; install it, or name it in CHROMIUM_PATH');
if (isWholeRun)
  process.stdout.write(`\nNot part of this run:\n${leftOut.map((line) => `  ${line}\n`).join('')}\n`);
const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : '';
process.stdout.write(`${totals.passed} passed, ${totals.failed} failed${skipped}\n`);
process.exitCode = jest.status === 0 && totals.failed === 0 && totals.passed > 0 ? 0 : 1;

function hasChromium() {
  if (process.env.CHROMIUM_PATH) return existsSync(process.env.CHROMIUM_PATH);
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.some((path) =>
    ['chromium', 'chromium-browser'].some((name) => existsSync(join(path, name))),
  );
}

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
