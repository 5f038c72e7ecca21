import { problemKinds, type Problem, type ProblemType } from '#contracts';
import type { AnswerDescription, HeaderObjects } from './open-api-types.js';

/** A problem as an operation may answer with it; its title and status come from its kind. */
export interface ProblemExample extends Pick<Problem, 'detail' | 'errors' | 'id'> {
  type: ProblemType;
  /** Tells several examples of one type apart. */
  name?: string;
}

const PROBLEM_CONTENT_TYPE = 'application/problem+json';
export const EXAMPLE_TRACE_ID = '1-697df2c0-0123456789abcdef01234567';

/** One answer for each status, which lists the types of problem that it may carry, each with an example. */
export function describeProblems(
  problems: readonly ProblemExample[],
  path: string,
  isTraced: boolean,
): AnswerDescription[] {
  const byStatus = Map.groupBy(problems, ({ type }) => problemKinds[type].status);
  return [...byStatus].map(([status, ofStatus]) => {
    const types = [...new Set(ofStatus.map(({ type }) => type))];
    const examples = ofStatus.map((problem) => toExample(problem, path, isTraced));
    const retryAfterSec = types.map((type) => problemKinds[type].retryAfterSec).find(Boolean);
    return {
      status,
      description: types.map((type) => `${problemKinds[type].title}.`).join(' '),
      ...(retryAfterSec !== undefined && { headers: describeRetryAfter(retryAfterSec) }),
      content: {
        [PROBLEM_CONTENT_TYPE]: {
          schema: {
            allOf: [
              { $ref: '#/components/schemas/Problem' },
              {
                type: 'object',
                properties: {
                  status: { type: 'integer', enum: [status] },
                  type: { type: 'string', enum: types },
                },
              },
            ],
          },
          examples: Object.fromEntries(examples),
        },
      },
    };
  });
}

function toExample(
  { name, type, ...rest }: ProblemExample,
  path: string,
  isTraced: boolean,
): [name: string, { summary: string; value: Problem }] {
  const { title, status } = problemKinds[type];
  const value = {
    type,
    title,
    status,
    ...rest,
    instance: path,
    ...(isTraced && { traceId: EXAMPLE_TRACE_ID }),
  };
  return [name ?? type.replace(/^.*:/, ''), { summary: title, value }];
}

function describeRetryAfter(seconds: number): HeaderObjects {
  return {
    'Retry-After': {
      description: 'After how many seconds it is worth trying again.',
      required: true,
      schema: { type: 'integer', minimum: 1 },
      example: seconds,
    },
  };
}
