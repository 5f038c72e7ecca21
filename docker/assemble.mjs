// @ts-check
/**
 * `node assemble.mjs APP FOLDER` puts what one program needs into `FOLDER/app` and `FOLDER/node_modules`: the compiled
 * files that it imports, the packages that those import with all that they depend on, and its data files.
 *
 * The project is one package, so the installed dependencies are those of all programs together and of development;
 * X-Ray Local would carry the AWS SDK and NestJS with it. What is imported is read from the compiled files, and no list is kept by hand.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const [app = '', folder = ''] = process.argv.slice(2);
if (app === '' || folder === '') throw new Error('usage: node assemble.mjs APP FOLDER');

/** Files that a program reads and does not import. */
const DATA = /** @type {Record<string, string[]>} */ ({
  'signup-api': ['apps/signup-api/public'],
  'aws-local': ['deploy/policies'],
  'xray-local': ['dist/apps/xray-console'],
});

/** Optional peers that NestJS loads when they are there, without an import that could be read. */
const LOADED_BY_NAME = new Set(['@nestjs/platform-fastify']);

/** What an installed package has for people and for compilers, and the keys of its tests. */
const NOT_AT_RUN_TIME =
  /\.(?:d\.[cm]?ts|[cm]?ts|map|md|markdown|tsbuildinfo|flow|pem)$|\/(?:test|tests|__tests__|docs|example|examples|benchmark|benchmarks|\.github)(?:\/|$)/i;
const LEGAL = /licen[cs]e|notice|copying/i;

const root = resolve('.');
/** By folder; `dev` is what nothing needs that runs. */
const { packages: lockedPackages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const entry = join(root, 'dist', 'apps', app, 'src', 'main.js');
const { files, packages } = followImports(entry);
const packageFolders = followDependencies(packages);

for (const file of files) copy(file, join(folder, 'app'));
for (const path of ['package.json', ...(DATA[app] ?? [])]) {
  if (existsSync(path)) copy(join(root, path), join(folder, 'app'));
}
for (const packageFolder of packageFolders) copyPackage(packageFolder);

/** @param {string} from @param {string} to */
function copy(from, to) {
  const target = join(to, relative(root, from));
  mkdirSync(dirname(target), { recursive: true });
  cpSync(from, target, { recursive: true });
}

/**
 * The compiled files that a program is made of, and the packages that they name.
 *
 * @param {string} entryFile
 */
function followImports(entryFile) {
  const found = new Set([entryFile]);
  const named = new Set(/** @type {string[]} */ ([]));
  for (const file of found) {
    for (const specifier of importsOf(readFileSync(file, 'utf8'))) {
      if (specifier.startsWith('node:')) continue;
      if (specifier.startsWith('.')) found.add(resolve(dirname(file), specifier));
      else if (specifier.startsWith('#'))
        found.add(join(root, 'dist', 'libs', specifier.slice(1), 'src', 'index.js'));
      else named.add(packageName(specifier));
    }
  }
  return { files: found, packages: named };
}

/**
 * Good for what the TypeScript compiler writes, which is all that it is given.
 *
 * @param {string} source
 */
function importsOf(source) {
  const declared = /^(?:import|export)\s(?:[\w$*{}\s,]*\sfrom\s)?['"]([^'"]+)['"]/gm;
  const called =
    /\b(?:import|require|import\.meta\.resolve|createRequire\(import\.meta\.url\))\(['"]([^'"]+)['"]\)/g;
  return [declared, called].flatMap((pattern) =>
    [...source.matchAll(pattern)].map((match) => match[1] ?? ''),
  );
}

/** @param {string} specifier */
function packageName(specifier) {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

/**
 * The folders of packages and of everything that they depend on, as Node resolves it.
 *
 * @param {ReadonlySet<string>} names
 */
function followDependencies(names) {
  const found = new Set(/** @type {string[]} */ ([]));
  /** @type {{ name: string, from: string, isNeeded: boolean }[]} */
  const open = [...names].map((name) => ({ name, from: root, isNeeded: true }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { name, from, isNeeded } = next;
    // Some packages have them among their dependencies; they hold nothing that runs.
    if (name.startsWith('@types/')) continue;
    const installed = findPackage(name, from);
    if (installed === undefined) {
      if (isNeeded) throw new Error(`${name}, which ${relative(root, from) || app} needs, is not installed`);
      continue;
    }
    if (found.has(installed)) continue;
    if (isForDevelopment(installed)) {
      if (isNeeded)
        throw new Error(`${name}, which ${relative(root, from) || app} needs, is for development`);
      continue;
    }
    found.add(installed);
    open.push(...dependenciesOf(installed, names));
  }
  return found;
}

/** @param {string} packageFolder */
function isForDevelopment(packageFolder) {
  return lockedPackages[relative(root, packageFolder)]?.dev === true;
}

/**
 * @param {string} packageFolder
 * @param {ReadonlySet<string>} imported
 */
function dependenciesOf(packageFolder, imported) {
  const manifest = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  const optionalPeers = manifest.peerDependenciesMeta ?? {};
  const peers = Object.keys(manifest.peerDependencies ?? {}).filter(
    // An optional peer is there for the program that asked for it, and perhaps for another one of ours.
    (name) => optionalPeers[name]?.optional !== true || imported.has(name) || LOADED_BY_NAME.has(name),
  );
  const needed = Object.keys(manifest.dependencies ?? {});
  const optional = [...Object.keys(manifest.optionalDependencies ?? {}), ...peers];
  return [
    ...needed.map((name) => ({ name, from: packageFolder, isNeeded: !optional.includes(name) })),
    ...optional.map((name) => ({ name, from: packageFolder, isNeeded: false })),
  ];
}

/**
 * @param {string} name
 * @param {string} from
 * @returns {string | undefined}
 */
function findPackage(name, from) {
  for (let at = from; ; at = dirname(at)) {
    const candidate = join(at, 'node_modules', name);
    if (existsSync(join(candidate, 'package.json'))) return candidate;
    if (at === root || at === dirname(at)) return undefined;
  }
}

/** @param {string} packageFolder */
function copyPackage(packageFolder) {
  for (const name of readdirSync(packageFolder)) {
    // A package within a package is copied if it is needed itself.
    if (name === 'node_modules') continue;
    const from = join(packageFolder, name);
    const target = join(folder, relative(root, from));
    cpSync(from, target, {
      recursive: true,
      filter: (source) => isForRunTime(`/${relative(packageFolder, source)}`, source),
    });
  }
}

/** @param {string} path @param {string} source */
function isForRunTime(path, source) {
  if (LEGAL.test(path) && statSync(source).isFile()) return true;
  return !NOT_AT_RUN_TIME.test(path);
}
