import { problemKinds, type Problem, type ProblemType } from '#contracts';

/** What a problem says beyond what all problems of its type say. */
export interface ProblemInit extends Pick<Problem, 'detail' | 'errors' | 'id'> {
  type: ProblemType;
  /** Instead of the status of its kind. */
  status?: number;
}

/** A problem whose type is one of ours. */
export type KnownProblem = Problem & { type: ProblemType };

/** Thrown by a controller to answer with this problem document; the filter adds trace id and path. */
export class ProblemException extends Error {
  override readonly name = 'ProblemException';
  readonly problem: KnownProblem;

  constructor(init: ProblemInit, options?: { cause?: unknown }) {
    const { status, title } = problemKinds[init.type];
    super(init.detail ?? title, options);
    this.problem = { title, status, ...init };
  }
}
