import type { NowMs } from '../clock.js';
import type { LocalTask } from './local-task.js';
import { Session } from './session.js';

/** How long an expired key is still known as expired (arbitrary); after that it is an unknown key. */
const REMEMBER_EXPIRED_MS = 3_600_000;

/** Issues the tasks' sessions and finds them again by access key. */
export class SessionStore {
  readonly #byAccessKeyId = new Map<string, Session>();
  readonly #currentByTaskId = new Map<string, Session>();

  constructor(
    private readonly lifetimeMs: number,
    private readonly nowMs: NowMs,
  ) {}

  /** The task's current session, or a new one when that is due; older ones stay valid until they expire. */
  issueFor(task: LocalTask): Session {
    const nowMs = this.nowMs();
    const current = this.#currentByTaskId.get(task.taskId);
    if (current !== undefined && !current.isDue(nowMs)) return current;
    this.#forgetOld(nowMs);
    const session = new Session(task.role, task.taskId, nowMs, nowMs + this.lifetimeMs);
    this.#currentByTaskId.set(task.taskId, session);
    this.#byAccessKeyId.set(session.accessKeyId, session);
    return session;
  }

  /** Any session issued here that is valid or has expired within the last hour. */
  find(accessKeyId: string): Session | undefined {
    return this.#byAccessKeyId.get(accessKeyId);
  }

  #forgetOld(nowMs: number): void {
    for (const [accessKeyId, session] of this.#byAccessKeyId) {
      if (session.expiresAtMs + REMEMBER_EXPIRED_MS < nowMs) this.#byAccessKeyId.delete(accessKeyId);
    }
  }
}
