// @ts-check
/**
 * `npm run test:deploy`: synthesizes the CDK application offline in both its forms and tests what came out, with AWS's
 * validator, cdk-nag and cfn-lint (of PyPI, in an environment of its own; skipped and said so where there is no Python).
 * Ends with one plain line, `N passed, N failed`. Arguments go on to Jest.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { installDeploy } from './install-deploy.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const CFN_LINT = 'cfn-lint==1.58.0';
const PIP_TIMEOUT_MS = 3 * 60_000;
const FORMS = { deployed: {}, published: { published: 'true' } };

const folder = mkdtempSync(join(tmpdir(), 'signup-lab-deploy-'));
try {
  installDeploy();
  const { synthesize } = await import(pathToFileURL(join(root, 'deploy', 'src', 'synthesize.ts')).href);
  await Promise.all(Object.entries(FORMS).map(([form, context]) => synthesize(join(folder, form), context)));
  process.exitCode = runTests(installCfnLint());
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

/** Where cfn-lint is, made ready if need be. */
function installCfnLint() {
  const venv = join(root, 'node_modules', '.cache', CFN_LINT);
  const bin = join(venv, process.platform === 'win32' ? 'Scripts' : 'bin');
  const program = join(bin, 'cfn-lint');
  if (existsSync(program)) return program;
  const isReady =
    succeeds(process.platform === 'win32' ? 'python' : 'python3', ['-m', 'venv', '--clear', venv]) &&
    succeeds(join(bin, 'pip'), ['install', '--quiet', '--disable-pip-version-check', CFN_LINT]);
  if (isReady && existsSync(program)) return program;
  rmSync(venv, { recursive: true, force: true });
  process.stderr.write('cfn-lint is left out: it needs Python 3 with venv, and PyPI the first time\n');
  return undefined;
}

/** @param {string} program @param {string[]} args */
function succeeds(program, args) {
  const { status } = spawnSync(program, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: PIP_TIMEOUT_MS,
  });
  return status === 0;
}
