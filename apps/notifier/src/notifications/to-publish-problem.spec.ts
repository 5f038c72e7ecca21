import { describe, expect, it } from '@jest/globals';
import { PublishError } from '../topic/publish-error.js';
import { toPublishProblem } from './to-publish-problem.js';

describe('toPublishProblem', () => {
  it.each([
    ['not-authorized', 502, 'not-authorized-to-publish', 'SNS refused: because'],
    ['credentials-expired', 503, 'credentials-expired', 'They could not be renewed: because'],
    ['credentials-missing', 503, 'credentials-missing', 'None could be used: because'],
    ['unreachable', 504, 'topic-unreachable', 'SNS did not answer: because'],
    ['rejected', 502, 'publish-failed', 'SNS answered with an error: because'],
    ['failed', 502, 'publish-failed', 'SNS answered with an error: because'],
  ] as const)('answers %s with %i %s', (failure, status, type, detail) => {
    const error = new PublishError(failure, 'because');

    const exception = toPublishProblem(error);

    expect(exception.problem).toMatchObject({ status, type: `urn:signup-lab:problem:${type}`, detail });
    expect(exception.cause).toBe(error);
  });
});
