// @ts-check
/**
 * `npm run collector:build` builds the collector of `otel-collector/builder-config.yaml` with the OpenTelemetry Collector
 * Builder, into a folder outside git, unless the one there was built from the same manifest. The last line on standard
 * output is the path of the program. It is static (no libc), so that it runs in a container made from scratch; GOOS and
 * GOARCH build it for another machine. Needs Go alone: nothing of `node_modules`.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const MANIFEST = join(root, 'otel-collector', 'builder-config.yaml');
const CACHE = join(root, '.data', 'collector');
const BUILD_TIMEOUT_MS = 30 * 60_000;
const GO_TIMEOUT_MS = 2 * 60_000;
/** From here on Go fetches the newer Go that a module asks for; the collector's modules ask for 1.25. */
const LEAST_GO_MINOR = 21;

/**
 * @returns {string} the path of the built collector
 * @throws {Error} when Go is missing or too old, or when the build fails; the message says which
 */
export function buildCollector() {
  const manifest = readFileSync(MANIFEST, 'utf8');
  const { os, arch } = goTarget();
  const name = setting(manifest, 'name');
  const digest = createHash('sha256').update(manifest).digest('hex').slice(0, 12);
  const folder = join(CACHE, `${os}-${arch}-${digest}`);
  const program = join(folder, os === 'windows' ? `${name}.exe` : name);
  if (existsSync(program)) return program;

  // Built beside its place and moved there whole, so that a broken or a second build leaves nothing half made.
  const workFolder = join(CACHE, `building-${process.pid}`);
  mkdirSync(workFolder, { recursive: true });
  try {
    const workManifest = join(workFolder, 'manifest.yaml');
    writeFileSync(
      workManifest,
      manifest.replace(/^( *output_path:).*$/m, (_, key) => `${key} ${JSON.stringify(workFolder)}`),
    );
    runBuilder(`go.opentelemetry.io/collector/cmd/builder@v${setting(manifest, 'version')}`, workManifest);
    rmSync(folder, { recursive: true, force: true });
    renameSync(workFolder, folder);
  } finally {
    rmSync(workFolder, { recursive: true, force: true });
  }
  return program;
}

function goTarget() {
  const go = spawnSync('go', ['env', 'GOVERSION', 'GOOS', 'GOARCH'], {
    cwd: root,
    encoding: 'utf8',
    timeout: GO_TIMEOUT_MS,
  });
  const needed = `The collector is built from Go modules, which needs Go 1.25 or newer (https://go.dev/dl/)`;
  if (go.error !== undefined || go.status !== 0) {
    throw new Error(`${needed}, and there is no 'go' that runs on the PATH.`, {
      cause: go.error ?? go.stderr,
    });
  }
  const [version = '', os = '', arch = ''] = go.stdout.split('\n');
  const minor = Number(/^go1\.(\d+)/.exec(version)?.[1]);
  if (minor < LEAST_GO_MINOR) throw new Error(`${needed}; the one on the PATH is ${version}.`);
  return { os, arch };
}

/**
 * @param {string} builder the builder's package, at the version of the parts it puts together
 * @param {string} manifestPath
 */
function runBuilder(builder, manifestPath) {
  process.stderr.write('building the collector from Go modules (the first time takes minutes)\n');
  // The builder itself must run here, whatever machine the collector is for: so it is installed without GOOS and GOARCH.
  const toolFolder = join(CACHE, 'tools');
  const { GOOS: _os, GOARCH: _arch, ...hostEnv } = process.env;
  const steps = /** @type {const} */ ([
    ['go', ['install', builder], { ...hostEnv, GOBIN: toolFolder, CGO_ENABLED: '0' }],
    [join(toolFolder, 'builder'), [`--config=${manifestPath}`], { ...process.env, CGO_ENABLED: '0' }],
  ]);
  for (const [command, args, env] of steps) {
    const result = spawnSync(command, args, {
      cwd: root,
      env,
      encoding: 'utf8',
      timeout: BUILD_TIMEOUT_MS,
      maxBuffer: 64 << 20,
    });
    if (result.error === undefined && result.status === 0) continue;
    const said = `${result.stdout ?? ''}${result.stderr ?? ''}`.trim().split('\n').slice(-20).join('\n');
    throw new Error(`The collector did not build (${command} ${args.join(' ')}):\n${said}`, {
      cause: result.error,
    });
  }
}

/**
 * @param {string} manifest
 * @param {string} key a key of `dist`, each of which has its own line
 */
function setting(manifest, key) {
  const value = new RegExp(`^  ${key}: *(\\S+)$`, 'm').exec(manifest)?.[1];
  if (value === undefined) throw new Error(`${MANIFEST} has no dist.${key}.`);
  return value;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    process.stdout.write(`${buildCollector()}\n`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
