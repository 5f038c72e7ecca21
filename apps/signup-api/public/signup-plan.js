// The arithmetic of an automated run: no page, no network, no clock.

/** @type {import('./signup-plan.d.ts').AUTOMATED_RUN} */
export const AUTOMATED_RUN = { durationMs: 120_000, intervalMs: 6000, duplicateEvery: 10 };

/** @type {import('./signup-plan.d.ts').EMPTY_TALLY} */
export const EMPTY_TALLY = {
  201: { expected: 0, observed: 0 },
  409: { expected: 0, observed: 0 },
  500: { expected: 0, observed: 0 },
  other: { expected: 0, observed: 0 },
};

/** @type {typeof import('./signup-plan.d.ts').planRun} */
export function planRun({ durationMs, intervalMs, duplicateEvery }, randomToken) {
  const numbers = Array.from({ length: Math.ceil(durationMs / intervalMs) }, (_, index) => index + 1);
  const firstEmail = createEmail(randomToken());
  return numbers.map((number) => {
    const isFirst = number === 1;
    const isRepeat = !isFirst && number % duplicateEvery === 0;
    return {
      number,
      dueMs: (number - 1) * intervalMs,
      email: isFirst || isRepeat ? firstEmail : createEmail(randomToken()),
      expectedStatus: isRepeat ? 409 : 201,
    };
  });
}

/** @type {typeof import('./signup-plan.d.ts').count} */
export function count(tally, expectedStatus, answer) {
  const expectedRow = rowOf(expectedStatus);
  const expected = { ...tally[expectedRow], expected: tally[expectedRow].expected + 1 };
  const withExpected = { ...tally, [expectedRow]: expected };
  const observedRow = rowOf(answer);
  const observed = { ...withExpected[observedRow], observed: withExpected[observedRow].observed + 1 };
  return { ...withExpected, [observedRow]: observed };
}

/** @type {typeof import('./signup-plan.d.ts').isAsExpected} */
export function isAsExpected(tally) {
  return Object.values(tally).every(({ expected, observed }) => expected === observed);
}

/** @type {typeof import('./signup-plan.d.ts').summarise} */
export function summarise(tally, { planned, isStopped }) {
  const answered = Object.values(tally).reduce((sum, { observed }) => sum + observed, 0);
  const lead = isStopped
    ? `Stopped after ${answered} of ${planned}.`
    : `Done: ${answered} of ${planned} answered.`;
  if (answered === 0) return lead;
  if (isAsExpected(tally)) {
    const parts = Object.entries(tally).filter(([, { observed }]) => observed > 0);
    return `${lead} As expected: ${parts.map(([status, { observed }]) => `${observed} × ${status}`).join(', ')}.`;
  }
  const parts = Object.entries(tally).filter(([, { expected, observed }]) => expected !== observed);
  const differences = parts.map(
    ([status, { expected, observed }]) => `${status} expected ${expected}, observed ${observed}`,
  );
  return `${lead} Not as expected: ${differences.join('; ')}.`;
}

/** @type {typeof import('./signup-plan.d.ts').formatTimeLeft} */
export function formatTimeLeft(timeLeftMs) {
  const seconds = Math.max(0, Math.ceil(timeLeftMs / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** @param {string} token */
function createEmail(token) {
  return `email-${token}@aws-xray-testing.com`;
}

/**
 * @param {number | undefined} status
 * @returns {import('./signup-plan.d.ts').TallyRow}
 */
function rowOf(status) {
  return status === 201 || status === 409 || status === 500 ? `${status}` : 'other';
}
