// @ts-check
/**
 * A container engine with Compose and Buildx, where they are missing: the engine from the system's packages, the two
 * plugins from Debian trixie's, unpacked beside and not installed (bookworm has no Compose 2).
 */
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, openSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runCommand, succeeds } from './run-command.mjs';

const ENGINE_START_LIMIT_MS = 30_000;
const PLUGINS = ['docker-compose', 'docker-buildx'];
const QUIET_APT = { DEBIAN_FRONTEND: 'noninteractive' };

/**
 * @param {string} folder for what has to be kept: the plugins, the engine's log
 * @returns {Promise<{ stop: () => Promise<void> }>} stops the engine if it was started here
 */
export async function prepareEngine(folder) {
  if (!(await succeeds('dockerd', ['--version'])) && !(await succeeds('docker', ['info']))) {
    await installPackages(['docker.io']);
  }
  const stop = await startEngine(join(folder, 'dockerd.log'));
  try {
    await preparePlugins(folder);
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop };
}

/** @param {readonly string[]} names */
export async function installPackages(names) {
  await runCommand('apt-get', ['update', '-qq'], { env: QUIET_APT });
  await runCommand('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], {
    env: QUIET_APT,
  });
}

/** The package mirror that this system is set up with. */
export async function packageMirror() {
  const uris = await runCommand('apt-get', [
    'indextargets',
    '--format',
    '$(REPO_URI)',
    'Created-By: Packages',
    'Codename: bookworm',
  ]);
  const [mirror] = uris.split('\n');
  if (!mirror)
    throw new Error('apt knows no package mirror of Debian bookworm, from which the images are made');
  return mirror;
}

/**
 * @param {string} logFile
 * @returns {Promise<() => Promise<void>>}
 */
async function startEngine(logFile) {
  if (await succeeds('docker', ['info'])) return async () => undefined;
  const log = openSync(logFile, 'a');
  // Its own process group: Ctrl-C reaches only us, and the containers are taken down first.
  const engine = spawn('dockerd', [], { detached: true, stdio: ['ignore', log, log] });
  const ended = new Promise((resolve) => engine.once('exit', resolve));
  const deadlineMs = performance.now() + ENGINE_START_LIMIT_MS;
  while (!(await succeeds('docker', ['info']))) {
    if (engine.exitCode !== null || performance.now() > deadlineMs) {
      engine.kill();
      throw new Error(`the container engine did not start; see ${logFile}`);
    }
    await sleep(200);
  }
  return async () => {
    engine.kill('SIGTERM');
    await ended;
  };
}

/**
 * Sets DOCKER_CONFIG for everything that this process starts, when the plugins had to be fetched.
 *
 * @param {string} folder
 */
async function preparePlugins(folder) {
  const areThere = await Promise.all(
    ['compose', 'buildx'].map((name) => succeeds('docker', [name, 'version'])),
  );
  if (areThere.every(Boolean)) return;
  const config = join(folder, 'docker-config');
  process.env['DOCKER_CONFIG'] = config;
  const target = join(config, 'cli-plugins');
  if (PLUGINS.every((name) => existsSync(join(target, name)))) return;
  mkdirSync(target, { recursive: true });
  const unpacked = await unpackPackages(join(folder, 'apt'), PLUGINS);
  for (const path of readdirSync(unpacked, { recursive: true, encoding: 'utf8' })) {
    const name = PLUGINS.find((plugin) => path.endsWith(`cli-plugins/${plugin}`));
    if (name !== undefined) copyFileSync(join(unpacked, path), join(target, name));
  }
}

/**
 * Trixie's packages by an apt of their own: nothing of the system's changes.
 *
 * @param {string} folder
 * @param {readonly string[]} names
 */
async function unpackPackages(folder, names) {
  for (const part of ['lists/partial', 'archives/partial', 'debs', 'unpacked']) {
    mkdirSync(join(folder, part), { recursive: true });
  }
  const sources = join(folder, 'sources.list');
  writeFileSync(sources, `deb ${await packageMirror()} trixie main\n`);
  const settings = {
    'Dir::Etc::sourcelist': sources,
    'Dir::Etc::sourceparts': '-',
    'Dir::State::lists': join(folder, 'lists'),
    'Dir::Cache': folder,
    'Dir::Cache::archives': join(folder, 'archives'),
    'APT::Sandbox::User': 'root',
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  await runCommand('apt-get', [...options, 'update', '-qq']);
  const debs = join(folder, 'debs');
  await runCommand('apt-get', [...options, 'download', '-qq', ...names], { cwd: debs });
  const unpacked = join(folder, 'unpacked');
  for (const file of readdirSync(debs)) await runCommand('dpkg-deb', ['-x', join(debs, file), unpacked]);
  return unpacked;
}
