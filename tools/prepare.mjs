// @ts-check
/**
 * Makes a checkout ready to run: installs the dependencies when they are missing or older than the lock file, and
 * builds when a source is newer than the build. Runs before `npm start`, `npm test` and the others (`pre…` scripts),
 * on whatever Node is there, so it uses nothing but Node's own modules and no syntax newer than Node 20.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const INSTALL_STAMP = join(root, 'node_modules', '.package-lock.json');
const INSTALL_TIMEOUT_MS = 10 * 60_000;
const BUILD_TIMEOUT_MS = 5 * 60_000;
const CONSOLE = join('apps', 'xray-console');

/** What is built from what; each part only when one of its sources is newer than its last build. */
const builds = [
  {
    what: 'the programs',
    stamp: join(root, 'dist', '.built'),
    files: ['package.json', 'tsconfig.json', 'tsconfig.build.json'],
    folders: ['apps', 'libs'],
    command: [join('node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.build.json'],
  },
  {
    what: 'the console',
    stamp: join(root, 'dist', '.built-console'),
    files: ['package.json'],
    folders: [CONSOLE, join('libs', 'xray-model')],
    command: [join('node_modules', 'vite', 'bin', 'vite.js'), 'build', CONSOLE, '--logLevel', 'warn'],
  },
];

if (needsInstall()) {
  say('installing the dependencies (once; about a minute)');
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], INSTALL_TIMEOUT_MS);
}
const node = pinnedNode();
for (const build of builds) {
  if (!needsBuild(build)) continue;
  say(`building ${build.what}`);
  run(node, build.command, BUILD_TIMEOUT_MS);
  writeFileSync(build.stamp, '');
}

function needsInstall() {
  if (!existsSync(INSTALL_STAMP)) return true;
  return statSync(join(root, 'package-lock.json')).mtimeMs > statSync(INSTALL_STAMP).mtimeMs;
}

/**
 * @param {{ stamp: string, files: string[], folders: string[] }} build
 * @returns {boolean}
 */
function needsBuild({ stamp, files, folders }) {
  if (!existsSync(stamp)) return true;
  const builtMs = statSync(stamp).mtimeMs;
  return (
    files.some((file) => statSync(join(root, file)).mtimeMs > builtMs) ||
    folders.some((folder) => hasNewerSource(folder, builtMs, folder))
  );
}

/**
 * @param {string} folder
 * @param {number} builtMs
 * @param {string} top the folder that was asked about first
 * @returns {boolean}
 */
function hasNewerSource(folder, builtMs, top) {
  return readdirSync(join(root, folder), { withFileTypes: true }).some((entry) => {
    const path = join(folder, entry.name);
    if (entry.name === 'test' || entry.name.endsWith('.spec.ts')) return false;
    // The console is in apps/ and built by itself.
    if (path === CONSOLE && top !== CONSOLE) return false;
    // A folder's own time tells of files that were added, moved or removed in it.
    if (statSync(join(root, path)).mtimeMs > builtMs) return true;
    return entry.isDirectory() && hasNewerSource(path, builtMs, top);
  });
}

/** The Node of the lock file where one exists for this system, else the system's own if it is new enough. */
function pinnedNode() {
  const binary = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
  const packageName = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const pinned = join(root, 'node_modules', packageName, binary);
  if (existsSync(pinned)) return pinned;
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const required = /\d+\.\d+/.exec(engines.node)?.[0] ?? '';
  if (!isAtLeast(process.versions.node, required)) {
    fail(
      `Node ${required} or newer (24.x) is needed: this is Node ${process.versions.node}, and no prebuilt Node comes ` +
        `with the dependencies for ${process.platform} ${process.arch}. Install Node 24 and try again.`,
    );
  }
  return process.execPath;
}

/**
 * @param {string} version
 * @param {string} required
 */
function isAtLeast(version, required) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [requiredMajor = 0, requiredMinor = 0] = required.split('.').map(Number);
  return major > requiredMajor || (major === requiredMajor && minor >= requiredMinor);
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {number} timeoutMs
 */
function run(command, args, timeoutMs) {
  const isNpm = command === 'npm';
  const npmScript = process.env.npm_execpath;
  // The npm that runs this script, rather than whichever is first on the PATH.
  const [program, allArgs] = isNpm && npmScript ? [process.execPath, [npmScript, ...args]] : [command, args];
  const result = spawnSync(program, allArgs, {
    cwd: root,
    // Standard output belongs to the command that this prepares for; programs may be reading it.
    stdio: ['ignore', 2, 2],
    timeout: timeoutMs,
    shell: program === 'npm' && process.platform === 'win32',
  });
  if (result.error) fail(`${command} ${args[0] ?? ''} did not run: ${result.error.message}`);
  if (result.status !== 0) fail(`${isNpm ? 'npm ci' : 'the build'} failed; its messages are above.`);
}

/** @param {string} text */
function say(text) {
  process.stderr.write(`${text} …\n`);
}

/**
 * @param {string} text
 * @returns {never}
 */
function fail(text) {
  process.stderr.write(`${text}\n`);
  process.exit(1);
}
