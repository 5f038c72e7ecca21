// @ts-check
/** Everything that can be said of the code without running it, side by side: format, lint, types, boundaries, dead code, API reference. */
import { spawn } from 'node:child_process';
import { join, resolve as resolvePath } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = join(root, 'node_modules', '.bin');

/** @type {[name: string, command: string, args: string[]][]} */
const checks = [
  [
    'format',
    'prettier',
    [
      '--check',
      '--log-level',
      'warn',
      '--cache',
      '--cache-location',
      'node_modules/.cache/prettier-check.json',
      '.',
    ],
  ],
  ['lint', 'oxlint', ['--type-aware', '--max-warnings', '0']],
  [
    'types',
    'tsc',
    [
      '--noEmit',
      '--incremental',
      '--tsBuildInfoFile',
      'node_modules/.cache/typecheck.tsbuildinfo',
      '-p',
      'tsconfig.json',
    ],
  ],
  // In a project of its own, because it runs in a browser.
  [
    'types of the console',
    'tsc',
    [
      '--noEmit',
      '--incremental',
      '--tsBuildInfoFile',
      'node_modules/.cache/typecheck-console.tsbuildinfo',
      '-p',
      'apps/xray-console/tsconfig.json',
    ],
  ],
  [
    'boundaries',
    'depcruise',
    ['--config', '.dependency-cruiser.mjs', '--output-type', 'err', 'apps', 'libs', 'test'],
  ],
  ['dead code', 'knip', ['--no-progress']],
  ['containers', process.execPath, ['tools/lint-containers.mjs']],
  ['API reference', 'typedoc', ['--emit', 'none', '--logLevel', 'Warn']],
];

const results = await Promise.all(checks.map(([name, command, args]) => run(name, command, args)));
for (const { name, ok, output, seconds } of results) {
  process.stdout.write(`${ok ? 'ok  ' : 'FAIL'} ${name} (${seconds.toFixed(1)} s)\n`);
  if (!ok) process.stdout.write(`${output}\n`);
}
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;

/**
 * @param {string} name
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<{ name: string, ok: boolean, output: string, seconds: number }>}
 */
function run(name, command, args) {
  const startedMs = performance.now();
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(resolvePath(bin, command), args, { cwd: root, shell: process.platform === 'win32' });
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (output += data));
    child.on('error', (error) => (output += error.message));
    child.on('close', (code) => {
      resolve({ name, ok: code === 0, output, seconds: (performance.now() - startedMs) / 1000 });
    });
  });
}
