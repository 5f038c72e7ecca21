import type { Problem, ProblemType } from '#contracts';

export interface ProblemInit extends Pick<Problem, 'detail' | 'errors' | 'id' | 'title' | 'status'> {
  type: ProblemType;
  /** Sent as `Retry-After`. */
  retryAfterSec?: number;
}

/** Thrown by a controller to answer with this problem document; the filter adds trace id and path. */
export class ProblemException extends Error {
  override readonly name = 'ProblemException';

  constructor(
    readonly problem: ProblemInit,
    options?: { cause?: unknown },
  ) {
    super(problem.detail ?? problem.title, options);
  }
}
