import { z } from 'zod';
import { problemTypes, signupCreatedSchema, signupStateSchema } from '#contracts';
import type { SignupCreated, SignupRequest, SignupState } from '#contracts';
import { DescribeOperation, jsonContent } from '#nest-http';
import type { ProblemExample } from '#nest-http';

const ID = '7b0f4a52-93a8-4f0e-9d63-7a2f6e6f3f10';
const TRACE_ID = '1-697df2c0-0123456789abcdef01234567';

export const signupIdSchema = z.uuid({ error: 'id must be a UUID' }).meta({ examples: [ID] });

const requestExample: SignupRequest = { name: 'Ada', email: 'ada@example.com', previewAccess: 'Yes' };
const createdExample: SignupCreated = { id: ID, status: 'pending', traceId: TRACE_ID };
const pendingExample: SignupState = {
  id: ID,
  status: 'pending',
  createdAt: '2026-01-31T12:00:00.000Z',
  pendingSince: '2026-01-31T12:00:00.000Z',
};

const REFUSED_BY_TABLE: ProblemExample = {
  type: problemTypes.internal,
  detail:
    'The table of the sign-ups refused. Trying again does not help. ' +
    'Reason: signup-api is not allowed to use it (AccessDeniedException).',
};
const TABLE_UNAVAILABLE: ProblemExample = {
  type: problemTypes.storeUnavailable,
  detail: 'Try again in a moment. Reason: it cannot be reached.',
};

export function DescribeSignUp(): MethodDecorator {
  return DescribeOperation({
    operationId: 'signUp',
    summary: 'Signs somebody up',
    description:
      'Stores the sign-up, then has it announced. Fields that are not known are ignored. ' +
      'Who prefers text/html in Accept, as a browser that posts the form does, is answered with the page.',
    path: '/signup',
    body: {
      signup: { summary: 'A sign-up', value: requestExample },
      theme: { summary: 'With the theme of the page', value: { ...requestExample, theme: 'slate' } },
    },
    answers: [
      {
        status: 201,
        description: 'Stored and announced; `status` is what it is at this moment.',
        headers: {
          Location: {
            description: 'Where its state is.',
            required: true,
            schema: { type: 'string' },
            example: `/signups/${ID}`,
          },
        },
        content: jsonContent(signupCreatedSchema, createdExample),
      },
    ],
    problems: [
      {
        type: problemTypes.invalidRequest,
        errors: [{ field: 'email', reason: 'email must be an e-mail address, for example ada@example.com' }],
      },
      { type: problemTypes.alreadySignedUp },
      {
        type: problemTypes.notAnnounced,
        detail:
          'It will be announced later. ' +
          `Reason: the notifier is not allowed to publish to the topic (${problemTypes.notAuthorized}).`,
        id: ID,
      },
      REFUSED_BY_TABLE,
      TABLE_UNAVAILABLE,
    ],
    pageStatuses: [201, 400, 409, 500, 503],
  });
}

export function DescribeFind(): MethodDecorator {
  return DescribeOperation({
    operationId: 'findSignup',
    summary: 'Tells what became of a sign-up',
    description: 'A sign-up may be missing for a moment after the 201: the index lags behind the table.',
    path: `/signups/${ID}`,
    pathParameter: { name: 'id', schema: signupIdSchema },
    answers: [
      {
        status: 200,
        description: 'Pending, or notified; it tells nothing about the person.',
        content: jsonContent(signupStateSchema, pendingExample),
      },
    ],
    problems: [
      { type: problemTypes.invalidRequest, errors: [{ field: 'id', reason: 'id must be a UUID' }] },
      {
        type: problemTypes.notFound,
        detail: 'No sign-up has this id, or it was made a moment ago: then it is there in a second.',
      },
      REFUSED_BY_TABLE,
      TABLE_UNAVAILABLE,
    ],
  });
}
