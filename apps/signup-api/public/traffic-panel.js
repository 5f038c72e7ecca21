// Start and Stop of the automated sign-ups, their log and their counters.

import {
  AUTOMATED_RUN,
  count,
  EMPTY_TALLY,
  formatTimeLeft,
  isAsExpected,
  planRun,
  summarise,
} from './signup-plan.js';
import { startRun } from './signup-run.js';

const MAX_LOG_LINES = 200;
const ANSWER_TIMEOUT_MS = 15_000;

/**
 * @typedef {{ status: number | undefined, traceId: string | undefined, durationMs: number }} Answer
 * @typedef {import('./signup-plan.d.ts').PlannedSignup} PlannedSignup
 */

export function enableTraffic() {
  const panel = findPanel();
  /** @type {{ stop(): void } | undefined} */
  let run;

  panel.start.addEventListener('click', () => {
    if (run) return;
    run = startTraffic(panel, () => {
      run = undefined;
    });
  });
  panel.stop.addEventListener('click', () => run?.stop());
  // Leaving the page ends it, also when the browser keeps the page to come back to.
  window.addEventListener('pagehide', () => run?.stop());
  setRunning(panel, false);
}

/** @typedef {ReturnType<typeof findPanel>} Panel */

function findPanel() {
  return {
    start: find('traffic-start', HTMLButtonElement),
    stop: find('traffic-stop', HTMLButtonElement),
    state: find('traffic-state', HTMLElement),
    left: find('traffic-left', HTMLElement),
    progress: find('traffic-progress', HTMLProgressElement),
    tally: find('traffic-tally', HTMLElement),
    log: find('traffic-log', HTMLElement),
    traceUrl: document.querySelector('main')?.dataset.traceUrl ?? '',
  };
}

/**
 * @template {HTMLElement} E
 * @param {string} id
 * @param {new () => E} type
 * @returns {E}
 */
function find(id, type) {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`the page has no ${id}`);
  return element;
}

/**
 * @param {Panel} panel
 * @param {() => void} onEnd
 */
function startTraffic(panel, onEnd) {
  const { durationMs } = AUTOMATED_RUN;
  const plan = planRun(AUTOMATED_RUN, createToken);
  let tally = EMPTY_TALLY;
  let sent = 0;
  panel.log.replaceChildren();
  showTally(panel, tally);
  setRunning(panel, true);
  panel.state.textContent = `Running: ${plan.length} sign-ups in two minutes.`;
  panel.state.className = '';

  return startRun({
    plan,
    durationMs,
    timers: {
      now: () => performance.now(),
      setTimeout: (callback, delayMs) => window.setTimeout(callback, delayMs),
      clearTimeout: (timer) => window.clearTimeout(timer),
    },
    send,
    onSent: ({ number }) => {
      sent = number;
    },
    onAnswered: (signup, answer) => {
      tally = count(tally, signup.expectedStatus, answer.status);
      showTally(panel, tally);
      addLogLine(panel, signup, answer);
    },
    onProgress: (elapsedMs) => {
      panel.progress.value = elapsedMs / durationMs;
      const timeLeft = formatTimeLeft(durationMs - elapsedMs);
      panel.left.textContent = `${sent} of ${plan.length} sent, ${timeLeft} left`;
    },
    onEnd: (isStopped) => {
      setRunning(panel, false);
      panel.left.textContent = '';
      panel.state.textContent = summarise(tally, { planned: plan.length, isStopped });
      panel.state.className = isAsExpected(tally) ? 'as-expected' : 'not-as-expected';
      onEnd();
    },
  });
}

/**
 * @param {Panel} panel
 * @param {boolean} isRunning
 */
function setRunning(panel, isRunning) {
  const hadFocus = document.activeElement === panel.start || document.activeElement === panel.stop;
  panel.start.disabled = isRunning;
  panel.stop.disabled = !isRunning;
  // A disabled button loses the focus; the other one is what a keyboard user wants next.
  if (hadFocus) (isRunning ? panel.stop : panel.start).focus();
}

/**
 * @param {PlannedSignup} signup
 * @param {AbortSignal} signal
 * @returns {Promise<Answer>}
 */
async function send(signup, signal) {
  const startedAtMs = performance.now();
  try {
    const response = await fetch('/signup', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({
        name: `Automated sign-up ${signup.number}`,
        email: signup.email,
        previewAccess: signup.number % 2 === 0 ? 'No' : 'Yes',
        theme: 'default',
      }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]),
    });
    const { traceId } = await response.json();
    return { status: response.status, traceId, durationMs: performance.now() - startedAtMs };
  } catch {
    return { status: undefined, traceId: undefined, durationMs: performance.now() - startedAtMs };
  }
}

/** Not `randomUUID`, which browsers give to https and localhost alone. */
function createToken() {
  const bytes = crypto.getRandomValues(new Uint8Array(5));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * @param {Panel} panel
 * @param {import('./signup-plan.d.ts').Tally} tally
 */
function showTally(panel, tally) {
  for (const row of panel.tally.querySelectorAll('tr')) {
    const { expected, observed } = tally[/** @type {keyof typeof tally} */ (row.dataset.status)];
    const [expectedCell, observedCell] = row.querySelectorAll('td');
    if (expectedCell) expectedCell.textContent = String(expected);
    if (observedCell) observedCell.textContent = String(observed);
    row.classList.toggle('differs', expected !== observed);
  }
}

/**
 * @param {Panel} panel
 * @param {PlannedSignup} signup
 * @param {Answer} answer
 */
function addLogLine(panel, signup, answer) {
  const line = document.createElement('p');
  const { status, traceId, durationMs } = answer;
  // Spaces between the parts, for whoever hears or copies the line.
  line.append(part('number', `#${signup.number}`), ' ', part('address', signup.email), ' ');
  line.append(part(`status status-${Math.floor((status ?? 0) / 100)}`, String(status ?? 'no answer')), ' ');
  line.append(part('duration', `${Math.round(durationMs)} ms`), ' ');
  if (traceId) line.append(traceLink(panel.traceUrl, traceId));
  panel.log.prepend(line);
  while (panel.log.childElementCount > MAX_LOG_LINES) panel.log.lastElementChild?.remove();
}

/**
 * @param {string} className
 * @param {string} text
 */
function part(className, text) {
  const element = document.createElement('span');
  element.className = className;
  element.textContent = text;
  return element;
}

/**
 * @param {string} prefix
 * @param {string} traceId
 */
function traceLink(prefix, traceId) {
  const link = document.createElement('a');
  link.className = 'trace';
  link.href = prefix + encodeURIComponent(traceId);
  link.target = '_blank';
  link.rel = 'noopener';
  link.textContent = traceId;
  return link;
}
