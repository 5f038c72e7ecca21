// @ts-check
/**
 * Sends malformed requests, packets and documents to a built program and checks that it neither breaks nor answers
 * with an error of its own, that every refusal says why, and that memory comes back.
 *
 *   npm run fuzz -- [--target xray-local|aws-local] [--seconds 60 | --cases 100000] [--seed N] [--case N]
 */
import { inspect, parseArgs } from 'node:util';
import { createRandom } from './random.mjs';

const { values: options } = parseArgs({
  options: {
    target: { type: 'string', default: 'xray-local' },
    seconds: { type: 'string' },
    cases: { type: 'string' },
    seed: { type: 'string' },
    case: { type: 'string' },
  },
});

const SENDERS = 16;
const MAX_FAILURES = 20;
/** The part of a run that fills caches and stores, before memory is first looked at. */
const WARM_UP_SHARE = 0.2;

const seed = options.seed === undefined ? Math.floor(Math.random() * 1e9) : Number(options.seed);
const maxCases = Number(options.cases ?? (options.seconds === undefined ? 20_000 : Infinity));
const maxMs = Number(options.seconds ?? Infinity) * 1000;
console.log(
  `${options.target}, seed ${seed}, ${Number.isFinite(maxMs) ? `${maxMs / 1000} s` : `${maxCases} cases`}`,
);

const target = await startTarget(options.target);
/** @type {{ index: number, problem: string }[]} */
const failures = [];
/** @type {Map<string, number>} */
const counts = new Map();
let slowest = { index: -1, elapsedMs: 0 };
let nextIndex = 0;

if (options.case === undefined) await runAll();
else await runOne(Number(options.case), true);
await target.stop();
for (const { index, problem } of failures)
  console.log(`FAIL ${index >= 0 ? `case ${index}: ` : ''}${problem}`);
if (failures.length > 0) {
  console.log(
    `${failures.length} failures; one again: npm run fuzz -- --target ${options.target} --seed ${seed} --case N`,
  );
}
process.exitCode = failures.length === 0 ? 0 : 1;

/** @param {string} name */
async function startTarget(name) {
  if (name === 'xray-local') return (await import('./xray-target.mjs')).startXrayTarget();
  if (name === 'aws-local') return (await import('./aws-target.mjs')).startAwsTarget();
  throw new Error(`--target must be xray-local or aws-local, not ${name}`);
}

async function runAll() {
  const startedMs = performance.now();
  await runUntil(
    (index, elapsedMs) => index >= maxCases * WARM_UP_SHARE || elapsedMs >= maxMs * WARM_UP_SHARE,
    startedMs,
  );
  await target.settle();
  const before = await target.program.memory();
  await runUntil((index, elapsedMs) => index >= maxCases || elapsedMs >= maxMs, startedMs);
  const elapsedSec = (performance.now() - startedMs) / 1000;
  if (target.program.end() !== undefined) {
    failures.push({
      index: -1,
      problem: `${options.target} ${target.program.end()}\n${target.program.lastLines.join('\n')}`,
    });
    return;
  }
  failures.push(...(await target.findClosingProblems()).map((problem) => ({ index: -1, problem })));
  const after = await target.program.memory();
  checkGrowth('memory held', after.heldBytes - before.heldBytes, target.maxHeldGrowthBytes);
  checkGrowth('resident memory', after.rssBytes - before.rssBytes, target.maxResidentGrowthBytes);

  for (const [label, count] of [...counts].toSorted(([one], [other]) => one.localeCompare(other)))
    console.log(`${String(count).padStart(8)}  ${label}`);
  console.log(
    `${nextIndex} cases in ${elapsedSec.toFixed(1)} s; slowest answer ${slowest.elapsedMs.toFixed(0)} ms (case ${slowest.index})`,
  );
  console.log(
    `memory held: ${mib(before.heldBytes)} MiB after the warm-up, ${mib(after.heldBytes)} MiB at the end; resident: ${mib(before.rssBytes)} and ${mib(after.rssBytes)} MiB`,
  );
}

/**
 * @param {(index: number, elapsedMs: number) => boolean} isOver
 * @param {number} startedMs
 */
async function runUntil(isOver, startedMs) {
  const sender = async () => {
    while (
      !isOver(nextIndex, performance.now() - startedMs) &&
      failures.length < MAX_FAILURES &&
      target.program.end() === undefined
    ) {
      const index = nextIndex;
      nextIndex += 1;
      await runOne(index, false);
    }
  };
  await Promise.all(Array.from({ length: SENDERS }, sender));
}

/**
 * @param {number} index
 * @param {boolean} isTold
 */
async function runOne(index, isTold) {
  const sent = target.makeCase(createRandom(seed, index));
  if (isTold)
    console.log(
      inspect('body' in sent ? { ...sent, body: sent.body.toString('latin1').slice(0, 4000) } : sent, {
        maxStringLength: 4000,
      }),
    );
  try {
    const { label, problem, elapsedMs = 0 } = await target.send(sent);
    counts.set(label, (counts.get(label) ?? 0) + 1);
    if (elapsedMs > slowest.elapsedMs) slowest = { index, elapsedMs };
    if (isTold) console.log(`${label}: ${problem ?? 'ok'}\n${target.program.lastLines.join('\n')}`);
    if (problem !== undefined) failures.push({ index, problem });
  } catch (error) {
    failures.push({ index, problem: error instanceof Error ? error.message : String(error) });
  }
}

/**
 * @param {string} what
 * @param {number} grownBytes
 * @param {number} maxBytes
 */
function checkGrowth(what, grownBytes, maxBytes) {
  if (grownBytes > maxBytes)
    failures.push({
      index: -1,
      problem: `${what} grew by ${mib(grownBytes)} MiB, more than ${mib(maxBytes)} MiB`,
    });
}

/** @param {number} bytes */
function mib(bytes) {
  return (bytes / 1024 / 1024).toFixed(1);
}
