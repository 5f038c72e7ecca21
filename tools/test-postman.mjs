// @ts-check
/**
 * `npm run test:postman`: lints both OpenAPI documents, proves that the collection is current and says the same as they
 * do, runs it against the built lab until every documented status has been seen, and lets Schemathesis look for answers
 * that are not documented. Ends with `N passed, N failed`.
 *
 * `-- --update` writes what is generated and stops; `-- --minutes 5` is how long Schemathesis takes for each service, and
 * `-- --seed 2` makes it try other requests.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { assembleCollection } from '../postman/src/assemble-collection.mjs';
import { buildRequests } from '../postman/src/build-requests.mjs';
import { compareCollection } from '../postman/src/compare-collection.mjs';
import { installPackages } from './install-packages.mjs';
import { installPythonProgram } from './install-python-program.mjs';
import { startBreakableLab } from './postman/breakable-lab.mjs';
import { runCollection } from './postman/run-collection.mjs';
import { runSchemathesis } from './postman/run-schemathesis.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const postman = join(root, 'postman');
const COLLECTION_FILE = 'signup-lab.postman_collection.json';
const SCHEMATHESIS_VERSION = '4.32.5';
const LINT_TIMEOUT_MS = 60_000;
/** @type {import('./postman/breakable-lab.mjs').Breakage[]} */
const BREAKAGES = ['table', 'topic', 'credentials'];

const { values: options } = parseArgs({
  options: {
    update: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
  },
});

let passed = 0;
/** @type {string[]} */
const failures = [];
const temporary = mkdtempSync(join(tmpdir(), 'signup-lab-postman-'));
/** @type {import('./postman/breakable-lab.mjs').BreakableLab | undefined} */
let lab;
try {
  installPackages('postman');
  lab = await startBreakableLab();
  if (options.update) await update(lab);
  else await test(lab);
} catch (error) {
  failures.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
} finally {
  await lab?.stop();
  rmSync(temporary, { recursive: true, force: true });
}
for (const failure of failures) say(`FAIL ${failure}`);
say(`${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length === 0 && (passed > 0 || options.update) ? 0 : 1;

/** @param {import('./postman/breakable-lab.mjs').BreakableLab} running */
async function update(running) {
  for (const [file, text] of (await generate(running)).files) {
    mkdirSync(join(postman, 'generated'), { recursive: true });
    writeFileSync(join(postman, file), text);
    say(`written: postman/${file}`);
  }
}

/** @param {import('./postman/breakable-lab.mjs').BreakableLab} running */
async function test(running) {
  const { files, skeletons, collection } = await generate(running);
  for (const [file, text] of files) {
    check(readText(join(postman, file)) === text, `postman/${file} is not current: run with --update`);
  }
  lint();
  const differences = compareCollection(skeletons);
  check(differences.length === 0, differences.join('\n'));

  const seen = await runAll(running, { collection, skeletons });
  reportStatuses(skeletons, seen);
  await fuzz(running);
}

/** @param {import('./postman/breakable-lab.mjs').BreakableLab} running */
async function generate({ addresses }) {
  const documents = {
    'signup-api': await readDocument(addresses.signupApi),
    notifier: await readDocument(addresses.notifier),
  };
  const skeletons = {
    ...buildRequests('signup-api', documents['signup-api']),
    ...buildRequests('notifier', documents.notifier),
  };
  const collection = assembleCollection(skeletons);
  const files = Object.entries({
    'generated/signup-api.openapi.json': documents['signup-api'],
    'generated/notifier.openapi.json': documents.notifier,
    'generated/requests.json': skeletons,
    [COLLECTION_FILE]: collection,
  }).map(([file, content]) => /** @type {const} */ ([file, `${JSON.stringify(content, null, 2)}\n`]));
  return { files, skeletons, collection };
}

/** @param {string} url */
async function readDocument(url) {
  const response = await fetch(`${url}/openapi.json`, { signal: AbortSignal.timeout(10_000) });
  return response.json();
}

/** @param {string} file */
function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function lint() {
  const redocly = join(postman, 'node_modules', '@redocly', 'cli', 'bin', 'cli.js');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [redocly, 'lint', 'signup-api', 'notifier', '--max-problems', '100'],
    {
      cwd: postman,
      encoding: 'utf8',
      timeout: LINT_TIMEOUT_MS,
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
    },
  );
  check(status === 0, `the OpenAPI documents do not pass the linter\n${stdout}${stderr}`);
}

/**
 * The whole collection on the whole lab, then the rest of it with one thing after the other broken.
 *
 * @param {import('./postman/breakable-lab.mjs').BreakableLab} running
 * @param {Pick<Parameters<typeof runCollection>[0], 'collection' | 'skeletons'>} what
 */
async function runAll({ addresses, breakDown, mend }, what) {
  const runs = [await runCollection({ ...what, addresses })];
  say(`The collection: ${runs[0]?.passed} checks passed, ${runs[0]?.failures.length} failed`);
  for (const broken of BREAKAGES) {
    await breakDown(broken);
    const run = await runCollection({ ...what, addresses, broken });
    say(`Without ${broken}: ${run.passed} checks passed, ${run.failures.length} failed`);
    runs.push(run);
    await mend(broken);
  }
  passed += runs.reduce((sum, run) => sum + run.passed, 0);
  failures.push(...runs.flatMap((run) => run.failures));
  return runs.flatMap((run) => run.seen);
}

/**
 * @param {Record<string, import('../postman/src/build-requests.mjs').Skeleton>} skeletons
 * @param {import('./postman/run-collection.mjs').Seen[]} seen
 */
function reportStatuses(skeletons, seen) {
  say('Every documented status, and the requests that saw it:');
  for (const [operation, { statuses }] of Object.entries(skeletons)) {
    for (const status of statuses) {
      const by = seen.filter((one) => one.operation === operation && one.status === status);
      const names = [...new Set(by.map(({ request }) => request))].join('; ');
      say(`  ${status} ${operation.padEnd(26)} ${names || 'NOBODY'}`);
      check(by.length > 0, `no request saw ${status} of ${operation}`);
    }
  }
  const undocumented = seen.filter(
    ({ operation, status }) => !skeletons[operation]?.statuses.includes(status),
  );
  for (const { operation, status, request } of undocumented) {
    failures.push(`«${request}» saw ${status} of ${operation}, which is not documented`);
  }
}

/** @param {import('./postman/breakable-lab.mjs').BreakableLab} running */
async function fuzz({ addresses }) {
  const program = installPythonProgram('schemathesis', SCHEMATHESIS_VERSION);
  if (program === undefined) return;
  const seconds = Math.max(1, Math.round(Number(options.minutes) * 60));
  for (const [service, url] of Object.entries({
    'signup-api': addresses.signupApi,
    notifier: addresses.notifier,
  })) {
    const { isClean, summary, output } = await runSchemathesis({
      program,
      url,
      seconds,
      seed: options.seed,
      folder: temporary,
    });
    say(`Schemathesis, ${service}, ${seconds} s: ${summary}`);
    check(isClean, `Schemathesis found answers of ${service} that are not documented\n${output}`);
  }
}

/** @param {boolean} isTrue @param {string} otherwise */
function check(isTrue, otherwise) {
  if (isTrue) passed += 1;
  else failures.push(otherwise);
}

/** @param {string} text */
function say(text) {
  process.stdout.write(`${text}\n`);
}
