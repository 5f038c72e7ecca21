import { HttpException, NotFoundException } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { problemTypes } from '#contracts';
import { ProblemException } from './problem.exception.js';
import { toProblem } from './to-problem.js';

describe('toProblem', () => {
  it('keeps a problem that a controller threw', () => {
    const exception = new ProblemException({ type: problemTypes.alreadySignedUp, detail: 'x' });

    expect(toProblem(exception)).toBe(exception.problem);
  });

  it('takes status and title from the kind of problem', () => {
    expect(new ProblemException({ type: problemTypes.alreadySignedUp }).problem).toEqual({
      type: problemTypes.alreadySignedUp,
      title: 'This e-mail address has signed up before',
      status: 409,
    });
  });

  it.each([
    [413, problemTypes.payloadTooLarge, 'body'],
    [415, problemTypes.unsupportedMediaType, 'content-type'],
    [400, problemTypes.invalidRequest, 'body'],
  ])("names the field of Fastify's %i", (statusCode, type, field) => {
    const problem = toProblem(Object.assign(new Error('refused'), { statusCode }));

    expect(problem).toMatchObject({ type, status: statusCode, errors: [{ field }] });
  });

  it('knows an unknown route', () => {
    expect(toProblem(new NotFoundException('Cannot GET /x'))).toMatchObject({
      type: problemTypes.notFound,
      status: 404,
    });
  });

  it.each([new Error('password=secret'), new HttpException('secret', 502), 'secret', null])(
    'tells nothing of what went wrong inside (%p)',
    (error) => {
      const problem = toProblem(error);

      expect(problem.status).toBeGreaterThanOrEqual(500);
      expect(JSON.stringify(problem)).not.toContain('secret');
    },
  );
});
