// Sends what a plan says when it is due. Time and network are given, so that a test can do without both.

/** Often enough for a progress bar that moves and a countdown that is right. */
const PROGRESS_INTERVAL_MS = 250;

/** @type {typeof import('./signup-run.d.ts').startRun} */
export function startRun({ plan, durationMs, timers, send, onSent, onAnswered, onProgress, onEnd }) {
  const abort = new AbortController();
  const startedAtMs = timers.now();
  let sent = 0;
  let answered = 0;
  let isOver = false;
  /** @type {number} */
  let timer;

  /** @param {boolean} isStopped */
  const end = (isStopped) => {
    isOver = true;
    timers.clearTimeout(timer);
    abort.abort();
    onEnd(isStopped);
  };

  const launch = async (/** @type {import('./signup-plan.d.ts').PlannedSignup} */ signup) => {
    onSent(signup);
    const answer = await send(signup, abort.signal);
    if (isOver) return;
    answered += 1;
    onAnswered(signup, answer);
    endWhenDone();
  };

  const endWhenDone = () => {
    if (timers.now() - startedAtMs >= durationMs && answered === plan.length) end(false);
  };

  const tick = () => {
    const elapsedMs = timers.now() - startedAtMs;
    while (sent < plan.length && plan[sent].dueMs <= elapsedMs) void launch(plan[sent++]);
    onProgress(Math.min(elapsedMs, durationMs));
    if (elapsedMs < durationMs) {
      const nextDueMs = plan[sent]?.dueMs ?? durationMs;
      timer = timers.setTimeout(tick, Math.min(nextDueMs - elapsedMs, PROGRESS_INTERVAL_MS));
    } else {
      endWhenDone();
    }
  };

  tick();
  return {
    stop: () => {
      if (!isOver) end(true);
    },
  };
}
