// @ts-check
/**
 * The two images that the project does not build itself. They are pulled; where no registry can be reached, stand-ins
 * take their names: Node from the npm registry on Debian's packages, and the real collector from Go modules.
 */
import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
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
/** Of the collector's image. */
const REGISTRY = 'https://public.ecr.aws/v2/';
const REGISTRY_TIMEOUT_MS = 5_000;
const SYSTEM_CERTIFICATES = '/etc/ssl/certs/ca-certificates.crt';
const NOT_IN_AN_IMAGE = ['doc', 'man', 'locale'].map((name) => `--dpkgopt=path-exclude=*/share/${name}/*`);

/** What stand-ins are labelled with: the digest of what they are made from. */
const STAND_IN_LABEL = 'signup-lab.stand-in';

/**
 * What has the name of an image: the image itself, pulled if need be, or a stand-in that is as it would be made now.
 *
 * @param {string} image
 * @param {string} digest of what its stand-in is made from
 * @returns {Promise<'image' | 'stand-in' | undefined>} nothing: a stand-in has to be made
 */
async function findImage(image, digest) {
  const label = `{{index .Config.Labels "${STAND_IN_LABEL}"}}`;
  const found = await inspect(image, label);
  if (found !== undefined) return found === '' ? 'image' : found === digest ? 'stand-in' : undefined;
  return runCommand('docker', ['pull', '--quiet', image], { timeoutMs: PULL_TIMEOUT_MS }).then(
    () => /** @type {const} */ ('image'),
    () => undefined,
  );
}

/**
 * @param {string} image
 * @param {string} format
 * @returns {Promise<string | undefined>} nothing: there is no such image
 */
async function inspect(image, format) {
  return runCommand('docker', ['image', 'inspect', '--format', format, image]).catch(() => undefined);
}

/** @param {readonly string[]} parts */
function digestOf(...parts) {
  return createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 12);
}

/**
 * @param {string} image
 * @param {string} digest
 * @param {string} dockerfile
 * @param {string} context removed when the image is there
 */
async function buildStandIn(image, digest, dockerfile, context) {
  const label = `${STAND_IN_LABEL}=${digest}`;
  await runCommand('docker', ['build', '-q', '-t', image, '--label', label, '-f', dockerfile, context]);
  rmSync(context, { recursive: true });
}

/**
 * @param {{ root: string, folder: string, nodeVersion: string }} options where the project is, where to work, which Node
 * @returns {Promise<'image' | 'stand-in'>}
 */
export async function prepareNodeImage({ root, folder, nodeVersion }) {
  const dockerfile = join(root, 'test', 'containers', 'stand-ins', 'node', 'Dockerfile');
  const digest = digestOf(readFileSync(dockerfile, 'utf8'), nodeVersion, NPM_PACKAGE);
  const found = await findImage(NODE_IMAGE, digest);
  if (found !== undefined) return found;
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
  await buildStandIn(NODE_IMAGE, digest, dockerfile, context);
  return 'stand-in';
}

/** @type {Promise<string> | undefined} */
let collectorProgram;

/**
 * Builds the real collector, once, in a process of its own: it takes minutes, in which the other images are built.
 *
 * @param {string} root where the project is
 * @returns {Promise<string>} the path of the program
 */
function buildCollector(root) {
  collectorProgram ??= runCommand(process.execPath, [join(root, 'tools', 'collector-build.mjs')]).then(
    (output) => output.split('\n').at(-1) ?? '',
  );
  return collectorProgram;
}

/**
 * Begins to build the collector where there can be no doubt that its stand-in is needed: what takes longest then does
 * not wait for an engine to be installed. What goes wrong is told when the stand-in is made.
 *
 * @param {string} root where the project is
 */
export async function startCollectorBuild(root) {
  if ((await inspect(ADOT_IMAGE, '')) !== undefined || (await answers(REGISTRY))) return;
  buildCollector(root).catch(() => undefined);
}

/** @param {string} url */
async function answers(url) {
  return fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(REGISTRY_TIMEOUT_MS) }).then(
    () => true,
    () => false,
  );
}

/**
 * @param {{ root: string, folder: string }} options where the project is, where to work
 * @returns {Promise<'image' | 'stand-in'>}
 */
export async function prepareCollectorImage({ root, folder }) {
  const standIn = join(root, 'test', 'containers', 'stand-ins', 'adot');
  const dockerfile = join(standIn, 'Dockerfile');
  const healthcheck = join(standIn, 'healthcheck.go');
  const manifest = join(root, 'otel-collector', 'builder-config.yaml');
  const digest = digestOf(...[dockerfile, healthcheck, manifest].map((file) => readFileSync(file, 'utf8')));
  const found = await findImage(ADOT_IMAGE, digest);
  if (found !== undefined) return found;
  const context = emptyFolder(join(folder, 'adot-image'));
  copyFileSync(await buildCollector(root), join(context, 'awscollector'));
  await runCommand(
    'go',
    ['build', '-trimpath', '-ldflags=-s -w', '-o', join(context, 'healthcheck'), healthcheck],
    { env: { CGO_ENABLED: '0' } },
  );
  copyFileSync(process.env['SSL_CERT_FILE'] ?? SYSTEM_CERTIFICATES, join(context, 'ca-certificates.crt'));
  await buildStandIn(ADOT_IMAGE, digest, dockerfile, context);
  return 'stand-in';
}

async function importDebian() {
  if ((await findImage(DEBIAN_IMAGE, '')) !== undefined) return;
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
