// @ts-check
/**
 * The two images that the project does not build itself. They are pulled; where no registry can be reached, stand-ins
 * take their names: Node from the npm registry on Debian's packages, and the real collector from Go modules.
 */
import { copyFileSync, cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { installPackages, packageMirror } from './engine.mjs';
import { runCommand, succeeds } from './run-command.mjs';

export const NODE_IMAGE = 'node:24-bookworm-slim';
export const ADOT_IMAGE = 'public.ecr.aws/aws-observability/aws-otel-collector:v0.49.0';
const DEBIAN_IMAGE = 'debian:bookworm-slim';
/** What the lock file pins for npm start, so that both ways run the same Node. */
const NODE_PACKAGE = `node-linux-${process.arch}`;
const NPM_PACKAGE = 'npm@11';
const PULL_TIMEOUT_MS = 5 * 60_000;
const SYSTEM_CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt';
const NOT_IN_AN_IMAGE = ['doc', 'man', 'locale'].map((name) => `--dpkgopt=path-exclude=*/share/${name}/*`);

/** What the stand-ins' Dockerfiles are labelled with. */
const STAND_IN_LABEL = 'signup-lab.stand-in';

/**
 * @param {string} image
 * @returns {Promise<'image' | 'stand-in'>}
 */
async function originOf(image) {
  const label = `{{index .Config.Labels "${STAND_IN_LABEL}"}}`;
  const found = await runCommand('docker', ['image', 'inspect', '--format', label, image]);
  return found === 'true' ? 'stand-in' : 'image';
}

/**
 * @param {string} image
 * @returns {Promise<boolean>} whether it is there now
 */
async function isAvailable(image) {
  if (await succeeds('docker', ['image', 'inspect', image])) return true;
  return runCommand('docker', ['pull', '--quiet', image], { timeoutMs: PULL_TIMEOUT_MS }).then(
    () => true,
    () => false,
  );
}

/**
 * @param {{ root: string, folder: string, nodeVersion: string }} options where the project is, where to work, which Node
 * @returns {Promise<'image' | 'stand-in'>}
 */
export async function prepareNodeImage({ root, folder, nodeVersion }) {
  if (await isAvailable(NODE_IMAGE)) return originOf(NODE_IMAGE);
  const context = emptyFolder(join(folder, 'node-image'));
  await Promise.all([
    importDebian(),
    unpackPackage(NPM_PACKAGE, join(context, 'npm-package')).then((path) =>
      cpSync(path, join(context, 'npm'), { recursive: true }),
    ),
    unpackPackage(`${NODE_PACKAGE}@${nodeVersion}`, join(context, 'node-package')).then((path) =>
      copyFileSync(join(path, 'bin', 'node'), join(context, 'node')),
    ),
  ]);
  copyFileSync(process.env['SSL_CERT_FILE'] ?? SYSTEM_CERTIFICATES, join(context, 'ca.crt'));
  const dockerfile = join(root, 'test', 'containers', 'stand-ins', 'node', 'Dockerfile');
  await runCommand('docker', ['build', '--quiet', '--tag', NODE_IMAGE, '--file', dockerfile, context]);
  rmSync(context, { recursive: true });
  return originOf(NODE_IMAGE);
}

/**
 * @param {{ root: string, folder: string }} options where the project is, where to work
 * @returns {Promise<'image' | 'stand-in'>}
 */
export async function prepareCollectorImage({ root, folder }) {
  if (await isAvailable(ADOT_IMAGE)) return originOf(ADOT_IMAGE);
  const standIn = join(root, 'test', 'containers', 'stand-ins', 'adot');
  const context = emptyFolder(join(folder, 'adot-image'));
  await runCommand(
    'go',
    [
      'build',
      '-trimpath',
      '-ldflags=-s -w',
      '-o',
      join(context, 'healthcheck'),
      join(standIn, 'healthcheck.go'),
    ],
    { env: { CGO_ENABLED: '0' } },
  );
  // As a program of its own: it takes minutes, in which the other images are built.
  const built = await runCommand(process.execPath, [join(root, 'tools', 'collector-build.mjs')]);
  copyFileSync(built.split('\n').at(-1) ?? '', join(context, 'awscollector'));
  copyFileSync(process.env['SSL_CERT_FILE'] ?? SYSTEM_CERTIFICATES, join(context, 'ca-certificates.crt'));
  const dockerfile = join(standIn, 'Dockerfile');
  await runCommand('docker', ['build', '--quiet', '--tag', ADOT_IMAGE, '--file', dockerfile, context]);
  rmSync(context, { recursive: true });
  return originOf(ADOT_IMAGE);
}

async function importDebian() {
  if (await isAvailable(DEBIAN_IMAGE)) return;
  if (!(await succeeds('mmdebstrap', ['--version']))) await installPackages(['mmdebstrap']);
  const bootstrap = [
    'mmdebstrap --quiet --variant=minbase --include=ca-certificates,libstdc++6',
    ...NOT_IN_AN_IMAGE.map((option) => `'${option}'`),
    `bookworm - '${await packageMirror()}' | docker import - ${DEBIAN_IMAGE}`,
  ];
  await runCommand('bash', ['-o', 'pipefail', '-c', bootstrap.join(' ')]);
}

/**
 * @param {string} spec
 * @param {string} folder
 */
async function unpackPackage(spec, folder) {
  mkdirSync(folder, { recursive: true });
  const archive = await runCommand('npm', ['pack', '--silent', spec], { cwd: folder });
  await runCommand('tar', ['-xzf', archive], { cwd: folder });
  return join(folder, 'package');
}

/** @param {string} path */
function emptyFolder(path) {
  if (existsSync(path)) rmSync(path, { recursive: true });
  mkdirSync(path, { recursive: true });
  return path;
}
