import { problemSchema, problemTypes } from '#contracts';
import type { SignupEvent } from '#contracts';
import { AnnouncementError } from './signup.announcer.js';
import type { SignupAnnouncer } from './signup.announcer.js';

/** The notifier's kinds of problem, in words; its own `detail` may name ARNs and stays in the trace. */
const REASONS = new Map<string, string>([
  [problemTypes.notAuthorized, 'the notifier is not allowed to publish to the topic'],
  [problemTypes.credentialsExpired, "the notifier's credentials have expired"],
  [problemTypes.credentialsMissing, 'the notifier has no credentials'],
  [problemTypes.topicUnreachable, 'the notifier cannot reach the topic'],
  [problemTypes.publishFailed, 'the topic did not take the message'],
]);

/** Announces by handing the event to the notifier. */
export class HttpSignupAnnouncer implements SignupAnnouncer {
  private readonly url: string;

  constructor(
    notifierUrl: string,
    private readonly timeoutMs: number,
  ) {
    this.url = `${notifierUrl.replace(/\/+$/, '')}/notifications`;
  }

  async announce(event: SignupEvent): Promise<void> {
    try {
      const response = await this.post(event);
      if (!response.ok) throw new AnnouncementError(await explainRefusal(response));
      // Read to the end, so that the connection can be used again.
      await response.arrayBuffer();
    } catch (error) {
      if (error instanceof AnnouncementError) throw error;
      throw new AnnouncementError(this.explainFailure(error), { cause: error });
    }
  }

  private async post(event: SignupEvent): Promise<Response> {
    return fetch(this.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(event),
      redirect: 'error',
      // Holds for the answer's body too.
      signal: AbortSignal.timeout(this.timeoutMs),
    });
  }

  private explainFailure(error: unknown): string {
    if ((error as Partial<Error> | null)?.name === 'TimeoutError') {
      return `the notifier did not answer within ${this.timeoutMs} ms`;
    }
    return 'the notifier cannot be reached';
  }
}

async function explainRefusal(response: Response): Promise<string> {
  const problem = problemSchema.safeParse(parseJson(await response.text()));
  const reason = problem.success ? REASONS.get(problem.data.type) : undefined;
  if (!problem.success || reason === undefined) return `the notifier answered ${response.status}`;
  return `${reason} (${problem.data.type})`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
