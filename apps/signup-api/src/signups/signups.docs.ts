import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiParam, ApiResponse } from '@nestjs/swagger';
import type { ApiBodyOptions } from '@nestjs/swagger';
import { z } from 'zod';
import { problemSchema, problemTypes, signupCreatedSchema, signupStateSchema } from '#contracts';
import type { Problem, SignupCreated, SignupRequest, SignupState } from '#contracts';

type JsonSchema = Extract<ApiBodyOptions, { schema: unknown }>['schema'];

const ID = '7b0f4a52-93a8-4f0e-9d63-7a2f6e6f3f10';
const TRACE_ID = '1-697df2c0-0123456789abcdef01234567';

const requestExample: SignupRequest = { name: 'Ada', email: 'ada@example.com', previewAccess: 'Yes' };
const createdExample: SignupCreated = { id: ID, status: 'pending', traceId: TRACE_ID };
const stateExample: SignupState = {
  id: ID,
  status: 'notified',
  createdAt: '2026-01-31T12:00:00.000Z',
  notifiedAt: '2026-01-31T12:00:00.250Z',
};

const PAGE = { 'text/html': { schema: { type: 'string' } as JsonSchema } };

export function DescribeSignUp(): MethodDecorator {
  return applyDecorators(
    ApiOperation({
      operationId: 'signUp',
      summary: 'Signs somebody up',
      description:
        'Stores the sign-up, then has it announced. Fields that are not known are ignored. ' +
        'Who prefers text/html in Accept, as a browser that posts the form does, is answered with the page.',
    }),
    ApiConsumes('application/json', 'application/x-www-form-urlencoded'),
    ApiBody({
      required: true,
      // The schema that validates, as `@Body` names it, takes this one's place.
      schema: {},
      examples: { signup: { summary: 'A sign-up', value: requestExample } },
    }),
    ApiResponse({
      status: 201,
      description: 'Stored and announced; status is what it is at this moment.',
      headers: { Location: { description: 'Where its state is.', schema: { type: 'string' } } },
      content: {
        'application/json': { schema: toJsonSchema(signupCreatedSchema), example: createdExample },
        ...PAGE,
      },
    }),
    ...signupProblems.map((problem) => describeProblem({ instance: '/signup', ...problem }, PAGE)),
    ...refusals.map((problem) => describeProblem({ instance: '/signup', ...problem })),
  );
}

export function DescribeFind(): MethodDecorator {
  return applyDecorators(
    ApiOperation({
      operationId: 'findSignup',
      summary: 'Tells what became of a sign-up',
      description: 'A sign-up may be missing for a moment after the 201: the index lags behind the table.',
    }),
    ApiParam({ name: 'id', schema: { type: 'string', format: 'uuid' } }),
    ApiResponse({
      status: 200,
      description: 'Pending, or notified.',
      content: { 'application/json': { schema: toJsonSchema(signupStateSchema), example: stateExample } },
    }),
    ...findProblems.map((problem) => describeProblem({ instance: `/signups/${ID}`, ...problem })),
  );
}

const UNAVAILABLE: Problem = {
  type: problemTypes.storeUnavailable,
  status: 503,
  title: 'The table of the sign-ups is not available',
  detail: 'Try again in a moment. Reason: it cannot be reached.',
};

const signupProblems: readonly Problem[] = [
  {
    type: problemTypes.invalidRequest,
    status: 400,
    title: 'The request is not valid',
    errors: [{ field: 'email', reason: 'email must be an e-mail address, for example ada@example.com' }],
  },
  { type: problemTypes.alreadySignedUp, status: 409, title: 'This e-mail address has signed up before' },
  {
    type: problemTypes.notAnnounced,
    status: 500,
    title: 'The sign-up is stored and could not be announced',
    detail: `It will be announced later. Reason: the notifier is not allowed to publish to the topic (${problemTypes.notAuthorized}).`,
    id: ID,
  },
  UNAVAILABLE,
];

const refusals: readonly Problem[] = [
  {
    type: problemTypes.payloadTooLarge,
    status: 413,
    title: 'The body is too large',
    errors: [{ field: 'body', reason: 'Request body is too large' }],
  },
  {
    type: problemTypes.unsupportedMediaType,
    status: 415,
    title: 'This content type is not understood',
    errors: [{ field: 'content-type', reason: 'use application/json or application/x-www-form-urlencoded' }],
  },
];

const findProblems: readonly Problem[] = [
  {
    type: problemTypes.invalidRequest,
    status: 400,
    title: 'The request is not valid',
    errors: [{ field: 'id', reason: 'id must be a UUID' }],
  },
  { type: problemTypes.notFound, status: 404, title: 'No such sign-up' },
  {
    type: problemTypes.internal,
    status: 500,
    title: 'The table of the sign-ups refused',
    detail: 'Trying again does not help. Reason: it does not exist (ResourceNotFoundException).',
  },
  UNAVAILABLE,
];

function describeProblem(problem: Problem, alsoAs: typeof PAGE | object = {}): MethodDecorator {
  const retryAfter = { 'Retry-After': { description: 'Seconds.', schema: { type: 'string' } as JsonSchema } };
  return ApiResponse({
    status: problem.status as 400,
    description: problem.title,
    ...(problem.status === 503 && { headers: retryAfter }),
    content: {
      'application/problem+json': {
        schema: toJsonSchema(problemSchema),
        example: { ...problem, traceId: TRACE_ID },
      },
      ...alsoAs,
    },
  });
}

/** OpenAPI 3.1 takes JSON Schema as it is; fields that are not known are allowed, as the service ignores them. */
function toJsonSchema(schema: z.ZodType): JsonSchema {
  const { $schema: _dialect, ...jsonSchema } = z.toJSONSchema(schema, {
    override: ({ jsonSchema: part }) => delete part.additionalProperties,
  });
  return jsonSchema as JsonSchema;
}
