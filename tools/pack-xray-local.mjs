// @ts-check
/**
 * `npm run xray-local:pack` makes X-Ray Local a package of its own: everything it needs in one file, the built console,
 * types, and the licences of what is in the file. The last line on standard output is the path of the tarball.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const FOLDER = join(root, 'dist', 'xray-local-package');
const CONSOLE = join(root, 'dist', 'apps', 'xray-console');
const NPM_TIMEOUT_MS = 60_000;

rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
const moduleIds = await bundle();
cpSync(join(root, 'tools', 'xray-local-package'), FOLDER, { recursive: true });
cpSync(join(root, 'LICENSE'), join(FOLDER, 'LICENSE'));
if (existsSync(join(CONSOLE, 'index.html'))) cpSync(CONSOLE, join(FOLDER, 'console'), { recursive: true });
else process.stderr.write('The console is not built: the package goes without it.\n');
writeFileSync(join(FOLDER, 'THIRD-PARTY-LICENSES.txt'), collectLicences(moduleIds));
writeFileSync(join(FOLDER, 'package.json'), `${JSON.stringify(packageJson(), null, 2)}\n`);
process.stdout.write(`${pack()}\n`);

/** @returns the files that went into the bundle */
async function bundle() {
  const output = await build({
    configFile: false,
    root,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: {
      ssr: join(root, 'dist', 'apps', 'xray-local', 'src', 'package-entry.js'),
      outDir: FOLDER,
      target: 'node24',
      minify: true,
      rolldownOptions: { output: { entryFileNames: 'xray-local.js', codeSplitting: false } },
    },
  });
  const outputs =
    'output' in output ? output.output : Array.isArray(output) ? output.flatMap((each) => each.output) : [];
  return outputs.flatMap((chunk) => (chunk.type === 'chunk' ? Object.keys(chunk.modules) : []));
}

/** @param {readonly string[]} moduleIds */
function collectLicences(moduleIds) {
  const names = new Set(
    moduleIds.flatMap((id) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id)?.[0] ?? []),
  );
  const texts = [...names].toSorted().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
    const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8').trim();
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  return `xray-local contains the following packages.\n\n${texts.join(`\n${'-'.repeat(80)}\n\n`)}`;
}

function packageJson() {
  const project = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return {
    name: 'xray-local',
    version: project.version,
    description: "AWS X-Ray on your own machine: takes traces, answers X-Ray's API, shows the service map.",
    license: project.license,
    keywords: ['aws', 'x-ray', 'xray', 'tracing', 'opentelemetry', 'otlp', 'local'],
    type: 'module',
    engines: { node: '>=24.15.0' },
    bin: { 'xray-local': 'cli.js' },
    exports: { '.': { types: './index.d.ts', default: './index.js' } },
  };
}

/** @returns the path of the tarball */
function pack() {
  const args = ['pack', '--json', '--pack-destination', join(root, 'dist')];
  const npm = process.env.npm_execpath;
  const [program, allArgs] = npm === undefined ? ['npm', args] : [process.execPath, [npm, ...args]];
  const result = spawnSync(program, allArgs, {
    cwd: FOLDER,
    encoding: 'utf8',
    timeout: NPM_TIMEOUT_MS,
    shell: program === 'npm' && process.platform === 'win32',
  });
  if (result.status !== 0) throw new Error(`npm pack failed: ${result.stderr || result.error?.message}`);
  const packed = JSON.parse(result.stdout);
  const [{ filename, unpackedSize }] = Array.isArray(packed) ? packed : Object.values(packed);
  process.stderr.write(`${(unpackedSize / 1e6).toFixed(2)} MB unpacked\n`);
  return join(root, 'dist', filename);
}
