/** One automated sign-up that is to be sent. */
export interface PlannedSignup {
  /** Milliseconds after the start of the run. */
  atMs: number;
  body: { name: string; email: string; previewAccess: 'Yes' | 'No' };
  /** 409 for a repetition of the first address. */
  expectedStatus: 201 | 409;
}

/** As in the original sample: every tenth sign-up repeats an address. */
const REPEAT_EVERY = 10;

/**
 * Plans a run: evenly spaced sign-ups, as many as the minutes hold and at least one, each with an address of its
 * own; every tenth repeats the run's first.
 *
 * @param randomText gives a different text each time, fit for the part of an address before the @
 */
export function planTraffic(
  { minutes, perMinute }: { minutes: number; perMinute: number },
  randomText: () => string,
): PlannedSignup[] {
  const total = Math.max(1, Math.round(minutes * perMinute));
  const plan: PlannedSignup[] = [];
  for (let index = 0; index < total; index += 1) {
    const first = plan[0];
    const isRepeated = first !== undefined && (index + 1) % REPEAT_EVERY === 0;
    plan.push({
      atMs: (index * 60_000) / perMinute,
      body: {
        name: `Automated sign-up ${index + 1}`,
        email: isRepeated ? first.body.email : `${randomText()}@aws-xray-testing.com`,
        previewAccess: index % 2 === 0 ? 'Yes' : 'No',
      },
      expectedStatus: isRepeated ? 409 : 201,
    });
  }
  return plan;
}
