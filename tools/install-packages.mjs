// @ts-check
/** Installs the packages of deploy/ or postman/, which are packages of their own, when they are missing or older than their lock file. */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const TIMEOUT_MS = 5 * 60_000;

/**
 * @param {'deploy' | 'postman'} name
 * @throws {Error} npm failed; its messages are on standard error
 */
export function installPackages(name) {
  const folder = join(root, name);
  const stamp = join(folder, 'node_modules', '.package-lock.json');
  const isCurrent =
    existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(join(folder, 'package-lock.json')).mtimeMs;
  if (isCurrent) return;
  process.stderr.write(`installing the packages of ${name}/ (once) …\n`);
  const npmScript = process.env.npm_execpath;
  const [program, args] = npmScript ? [process.execPath, [npmScript]] : ['npm', []];
  const { status, error } = spawnSync(
    program,
    [...args, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    // Standard output belongs to the command that this prepares for.
    {
      cwd: folder,
      stdio: ['ignore', 2, 2],
      timeout: TIMEOUT_MS,
      shell: program === 'npm' && process.platform === 'win32',
    },
  );
  if (error) throw new Error(`npm ci in ${name}/ did not run: ${error.message}`, { cause: error });
  if (status !== 0) throw new Error(`npm ci in ${name}/ failed; its messages are above.`);
}
