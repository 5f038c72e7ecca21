import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { resolveSignupApiUrl } from '../aws/aws-target.js';
import type { CommandInput } from '../command-line/command-input.js';
import type { LabCommand, LabIo } from '../command-line/lab-command.js';
import { LabError, UsageError } from '../command-line/lab-errors.js';
import { createStyle } from '../terminal/style.js';
import type { PlannedSignup } from './plan-traffic.js';
import { planTraffic } from './plan-traffic.js';
import { renderTally } from './render-traffic.js';
import { runTraffic } from './run-traffic.js';
import { NOT_REACHABLE, sendSignup } from './send-signup.js';
import { ProgressLine } from './progress-line.js';
import type { TrafficTally } from './traffic-tally.js';
import { isAsExpected } from './traffic-tally.js';

/** Longer than signup-api itself waits for anything before it answers. */
const ANSWER_TIMEOUT_MS = 10_000;

/** After Ctrl-C: enough for an answer that is under way, and no test of patience. */
const GRACE_MS = 2_000;

/** Arbitrary: what fits comfortably in memory and in an evening. */
const MAX_SIGNUPS = 100_000;

/** What a shell reports for a program that Ctrl-C ended. */
const EXIT_INTERRUPTED = 130;

export const trafficCommand: LabCommand = {
  name: 'traffic',
  summary: 'automated sign-ups, with expected against observed answers',
  description: [
    'Signs people up at an even pace, each with an address of its own at aws-xray-testing.com. Every tenth repeats\n' +
      'the first address of the run, which the API answers with 409. A slow answer delays no other sign-up.',
    'Ends with what was expected against what came, and with exit code 1 when they differ. Ctrl-C ends early.',
  ],
  positionals: [],
  options: {
    minutes: { placeholder: 'N', help: 'how long', default: '2' },
    'per-minute': { placeholder: 'N', help: 'how many in a minute', default: '10' },
    url: { placeholder: 'URL', help: 'where signup-api is (default http://127.0.0.1:3000)' },
    json: { help: 'print {url, planned, sent, expected, observed, asExpected, …} at the end' },
  },
  examples: [
    { line: 'traffic', does: 'two minutes, ten a minute, as the original sample does' },
    { line: 'traffic --minutes 0.5 --per-minute 60', does: 'thirty sign-ups, three of them repeated' },
  ],
  run: runTrafficCommand,
};

async function runTrafficCommand(input: CommandInput, io: LabIo): Promise<number> {
  const url = readUrl(input.text('url') ?? resolveSignupApiUrl(io.env));
  const plan = readPlan(input);
  if (!input.flag('json')) io.err.write(`${plan.length} sign-ups at ${url}\n`);
  const startMs = performance.now();
  const interrupted = io.catchInterrupt();
  const tally = await sendAll(plan, { url, interrupted, progress: new ProgressLine(io.err) });
  const durationSec = (performance.now() - startMs) / 1_000;
  writeTally(tally, { url, durationSec, isJson: input.flag('json') }, io);
  if (interrupted.aborted) return EXIT_INTERRUPTED;
  return isAsExpected(tally) ? 0 : 1;
}

function readPlan(input: CommandInput): PlannedSignup[] {
  const minutes = input.number('minutes', { min: 0.01, max: 1_440 });
  const perMinute = input.number('per-minute', { min: 0.1, max: 6_000 });
  const total = Math.round(minutes * perMinute);
  if (total > MAX_SIGNUPS) {
    throw new UsageError(
      `--minutes ${minutes} with --per-minute ${perMinute} are ${total} sign-ups; at most ${MAX_SIGNUPS} are sent in a run`,
    );
  }
  return planTraffic({ minutes, perMinute }, () => randomBytes(8).toString('hex'));
}

/** @throws {LabError} nothing listens at the address when the run begins */
async function sendAll(
  plan: readonly PlannedSignup[],
  { url, interrupted, progress }: { url: string; interrupted: AbortSignal; progress: ProgressLine },
): Promise<TrafficTally> {
  const unreachable = new AbortController();
  const givenUp = new AbortController();
  const giveUpSoon = (): void => void setTimeout(() => givenUp.abort(), GRACE_MS).unref();
  interrupted.addEventListener('abort', giveUpSoon, { once: true });
  const startMs = performance.now();
  const tally = await runTraffic({
    plan,
    signal: AbortSignal.any([interrupted, unreachable.signal]),
    send: async (signup) => {
      const result = await sendSignup(url, signup, { timeoutMs: ANSWER_TIMEOUT_MS, signal: givenUp.signal });
      const isDown = result.status === 'no answer' && result.reason === NOT_REACHABLE;
      // Later on it is a part of the experiment that the service goes away; at the start nobody is there at all.
      if (signup === plan[0] && isDown) unreachable.abort();
      return result;
    },
    waitUntil: async (atMs, signal) => {
      const waitMs = startMs + atMs - performance.now();
      if (waitMs > 0) await sleep(waitMs, undefined, { signal }).catch(() => undefined);
    },
    onProgress: (current) => progress.show(current),
  });
  progress.end();
  if (!unreachable.signal.aborted) return tally;
  throw new LabError(`signup-api is not running at ${url}; start the lab with: npm start`);
}

function writeTally(
  tally: TrafficTally,
  run: { url: string; durationSec: number; isJson: boolean },
  io: LabIo,
): void {
  if (!run.isJson) {
    const view = { columns: io.out.columns, style: createStyle(io.out.hasColour) };
    io.out.write(`${renderTally(tally, view).join('\n')}\n`);
    return;
  }
  const { planned, sent, expected, observed, details } = tally;
  const answer = {
    url: run.url,
    planned,
    sent,
    expected,
    observed,
    details: Object.fromEntries(details),
    asExpected: isAsExpected(tally),
    durationSec: run.durationSec,
  };
  io.out.write(`${JSON.stringify(answer, null, 2)}\n`);
}

function readUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw new UsageError(
      `--url must be an http or https address such as http://127.0.0.1:3000, not "${text}"`,
    );
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}
