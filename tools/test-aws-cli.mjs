// @ts-check
/**
 * `npm run test:aws-cli`: the commands of the AWS CLI that people type, against the built X-Ray Local. The CLI is the one
 * that AWS_CLI_PATH names, or is installed from PyPI; where there is no Python the tests are left out, and that is said;
 * in CI (CI=true) they then fail. Ends with one plain line, `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPythonProgram } from './install-python-program.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const VERSION = '1.46.3';

process.exitCode = test();

function test() {
  const program = findCli();
  if (program === undefined) {
    const failed = process.env.CI === 'true' ? 1 : 0;
    process.stdout.write(`0 passed, ${failed} failed\n`);
    return failed;
  }
  const { status } = spawnSync(
    process.execPath,
    [join(root, 'tools', 'run-jest.mjs'), '--config', join(root, 'test', 'aws-cli', 'jest.config.mjs')],
    { cwd: root, stdio: 'inherit', env: { ...process.env, AWS_CLI_PATH: program } },
  );
  return status ?? 1;
}

/** @returns {string | undefined} the path of the program */
function findCli() {
  if (process.env.AWS_CLI_PATH) return process.env.AWS_CLI_PATH;
  try {
    return installPythonProgram('awscli', VERSION, 'aws');
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return undefined;
  }
}
