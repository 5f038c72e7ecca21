// @ts-check
/**
 * `node tools/deploy.mjs deploy|destroy|template [OPTIONS]`: the CDK application of deploy/, with what it needs checked
 * first. It is a package of its own, a quarter of a gigabyte, and is installed when one of these commands first runs.
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { installPackages } from './install-packages.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const deploy = join(root, 'deploy');
const CAPTURE_TIMEOUT_MS = 20_000;

const shell = {
  isInteractive: process.stdin.isTTY === true,
  /** @param {string} text */
  write: (text) => void process.stdout.write(text),
  /** @param {string} question */
  ask: async (question) => {
    const terminal = createInterface({ input: process.stdin, output: process.stdout });
    try {
      return await terminal.question(question);
    } finally {
      terminal.close();
    }
  },
  /** @param {string} program @param {string[]} programArgs */
  capture: async (program, programArgs) => {
    const { status, error, stdout, stderr } = spawnSync(program, programArgs, {
      encoding: 'utf8',
      timeout: CAPTURE_TIMEOUT_MS,
    });
    const isMissing = error !== undefined && 'code' in error && error.code === 'ENOENT';
    return { code: isMissing ? 127 : (status ?? 1), output: status === 0 ? stdout : stderr };
  },
  /** @param {string[]} cdkArgs @param {Record<string, string>} env */
  runCdk: (cdkArgs, env) =>
    new Promise((resolve, reject) => {
      const app = `"${process.execPath}" src/app.ts`;
      const cdk = join(deploy, 'node_modules', 'aws-cdk', 'bin', 'cdk');
      const child = spawn(process.execPath, [cdk, ...cdkArgs, '--app', app], {
        cwd: deploy,
        stdio: 'inherit',
        env: { ...process.env, ...env },
      });
      child.on('error', reject);
      child.on('close', (code) => resolve(code ?? 1));
    }),
};

const [command = '', ...args] = process.argv.slice(2);
const commands = /** @type {Record<string, () => Promise<number>>} */ ({
  deploy: runDeploy,
  destroy: runDestroy,
  template: writeTemplate,
});
const run = commands[command];
if (run === undefined) throw new Error(`usage: node deploy.mjs ${Object.keys(commands).join('|')}`);

try {
  installPackages('deploy');
  process.exitCode = await run();
} catch (error) {
  process.stderr.write(`${describe(error)}\n`);
  process.exitCode = 1;
}

/** @param {unknown} error */
function describe(error) {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  // What somebody can do something about is said in a sentence; the rest is ours, with its stack.
  const isExpected = error.name === 'MissingError' || code.startsWith('ERR_PARSE_ARGS');
  return isExpected ? error.message : (error.stack ?? error.message);
}

/** @param {string} path a module of deploy/src */
function load(path) {
  return import(pathToFileURL(join(deploy, 'src', path)).href);
}

async function runDeploy() {
  const [{ runDeploy: runIt }, { connectAccount }] = await Promise.all([
    load('cli/deploy.ts'),
    load('cli/aws-account.ts'),
  ]);
  return runIt(args, shell, connectAccount());
}

async function runDestroy() {
  const [{ runDestroy: runIt }, { connectAccount }] = await Promise.all([
    load('cli/destroy.ts'),
    load('cli/aws-account.ts'),
  ]);
  return runIt(args, shell, connectAccount());
}

/** `npm run deploy:template`: the template for people without CDK, and what else is made from it. */
async function writeTemplate() {
  const { synthesize } = await load('synthesize.ts');
  const { DEFAULT_PORTS, makePublishedFiles } = await load('ways/publish.ts');
  const { planStack } = await import(
    pathToFileURL(join(root, 'dist', 'libs', 'local-stack', 'src', 'index.js')).href
  );
  const folder = mkdtempSync(join(tmpdir(), 'signup-lab-template-'));
  try {
    const { template } = await synthesize(folder, { published: 'true' });
    const files = makePublishedFiles(template, planStack(DEFAULT_PORTS, undefined).environments);
    for (const [path, content] of Object.entries(files)) {
      const file = join(root, path);
      writeFileSync(file, await format(content, { ...(await resolveConfig(file)), filepath: file }));
      process.stdout.write(`${path}\n`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return 0;
}
