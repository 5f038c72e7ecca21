// @ts-check
/**
 * `npm run test:deploy`: synthesizes the CDK application offline in both its forms and tests what came out, with AWS's
 * validator, cdk-nag and cfn-lint (of PyPI; skipped and said so where there is no Python, except in CI).
 * Ends with one plain line, `N passed, N failed`. Arguments go on to Jest.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { installPackages } from './install-packages.mjs';
import { installPythonProgram } from './install-python-program.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const CFN_LINT_VERSION = '1.58.0';
const FORMS = { deployed: {}, published: { published: 'true' } };

const folder = mkdtempSync(join(tmpdir(), 'signup-lab-deploy-'));
try {
  installPackages('deploy');
  const { synthesize } = await import(pathToFileURL(join(root, 'deploy', 'src', 'synthesize.ts')).href);
  await Promise.all(Object.entries(FORMS).map(([form, context]) => synthesize(join(folder, form), context)));
  process.exitCode = runTests(installPythonProgram('cfn-lint', CFN_LINT_VERSION));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.stdout.write('0 passed, 1 failed\n');
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** @param {string | undefined} cfnLint */
function runTests(cfnLint) {
  const runJest = join(root, 'tools', 'run-jest.mjs');
  const { status } = spawnSync(
    process.execPath,
    [runJest, '--config', join(root, 'deploy', 'jest.config.mjs'), ...process.argv.slice(2)],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, DEPLOY_TEST_FOLDER: folder, CFN_LINT: cfnLint ?? '' },
    },
  );
  return status ?? 1;
}
