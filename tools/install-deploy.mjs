// @ts-check
/** Installs the packages of deploy/ when they are missing or older than their lock file. */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const deploy = fileURLToPath(new URL('../deploy', import.meta.url));
const STAMP = join(deploy, 'node_modules', '.package-lock.json');
const TIMEOUT_MS = 5 * 60_000;

/** @throws {Error} npm failed; its messages are on standard error */
export function installDeploy() {
  const isCurrent =
    existsSync(STAMP) && statSync(STAMP).mtimeMs >= statSync(join(deploy, 'package-lock.json')).mtimeMs;
  if (isCurrent) return;
  process.stderr.write('installing the packages of deploy/ (once; a quarter of a gigabyte) …\n');
  const npmScript = process.env.npm_execpath;
  const [program, args] = npmScript ? [process.execPath, [npmScript]] : ['npm', []];
  const { status, error } = spawnSync(
    program,
    [...args, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    // Standard output belongs to the command that this prepares for.
    {
      cwd: deploy,
      stdio: ['ignore', 2, 2],
      timeout: TIMEOUT_MS,
      shell: program === 'npm' && process.platform === 'win32',
    },
  );
  if (error) throw new Error(`npm ci in deploy/ did not run: ${error.message}`, { cause: error });
  if (status !== 0) throw new Error('npm ci in deploy/ failed; its messages are above.');
}
