// @ts-check
/** Installs a program of PyPI in an environment of its own, in the cache of node_modules. */
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const isWindows = process.platform === 'win32';
const PIP_TIMEOUT_MS = 3 * 60_000;

/**
 * @param {string} name of the package
 * @param {string} version
 * @param {string} [command] the program in it, where that has another name
 * @returns {string | undefined} where the program is; undefined, and said so, where there is no Python
 * @throws {Error} in CI, where nothing may be left out
 */
export function installPythonProgram(name, version, command = name) {
  const requirement = `${name}==${version}`;
  const venv = join(root, 'node_modules', '.cache', requirement);
  const bin = join(venv, isWindows ? 'Scripts' : 'bin');
  const program = join(bin, isWindows ? `${command}.exe` : command);
  if (existsSync(program)) return program;
  const isReady =
    succeeds(isWindows ? 'python' : 'python3', ['-m', 'venv', '--clear', venv]) &&
    succeeds(join(bin, 'pip'), ['install', '--quiet', '--disable-pip-version-check', requirement]);
  if (isReady && existsSync(program)) return program;
  rmSync(venv, { recursive: true, force: true });
  const reason = `${name} needs Python 3 with venv (Debian: apt install python3-venv), and PyPI the first time`;
  if (process.env.CI === 'true') throw new Error(reason);
  process.stderr.write(`${name} is left out: ${reason}\n`);
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
