import { applyDecorators } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiExtension,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiResponse,
} from '@nestjs/swagger';
import type { z } from 'zod';
import { problemTypes } from '#contracts';
import { BODY_CONTENT_TYPES } from '../to-problem.js';
import { describeProblems, type ProblemExample } from './describe-problems.js';
import type { AnswerDescription, ContentObject, SchemaObject } from './open-api-types.js';
import { toJsonSchema } from './to-json-schema.js';

/** Marks an operation that never leaves a trace, and so takes and answers no trace header. */
export const UNTRACED = 'x-untraced';

/** What the documentation says of one route; `@nestjs/swagger` reads method and path from the route itself. */
export interface OperationDescription {
  operationId: string;
  summary: string;
  description: string;
  /** Its schema has an example. */
  pathParameter?: { name: string; schema: z.ZodType };
  headers?: readonly { name: string; description: string; example: string }[];
  /** An example for each kind of body; its schema is the one that `@Body` names. */
  body?: Readonly<Record<string, { summary: string; value: object }>>;
  answers: readonly AnswerDescription[];
  /** The path that the examples were asked for. */
  path: string;
  problems?: readonly ProblemExample[];
  /** The problems among these are answered as a page to who prefers one. */
  pageStatuses?: readonly number[];
  isUntraced?: boolean;
}

/** The refusals that every route with a body has in common. */
const BODY_PROBLEMS: readonly ProblemExample[] = [
  {
    type: problemTypes.invalidRequest,
    name: 'not-readable',
    errors: [{ field: 'body', reason: 'Body is not valid JSON' }],
  },
  { type: problemTypes.payloadTooLarge, errors: [{ field: 'body', reason: 'Request body is too large' }] },
  {
    type: problemTypes.unsupportedMediaType,
    errors: [{ field: 'content-type', reason: `use ${BODY_CONTENT_TYPES.join(' or ')}` }],
  },
];

const PAGE: ContentObject = {
  'text/html': {
    schema: { type: 'string', description: 'The page, with what became of the form.' },
    example: '<!doctype html>\n<html lang="en">…</html>',
  },
};

/** Describes a route in the OpenAPI document: the one way in which both services do so. */
export function DescribeOperation(operation: OperationDescription): MethodDecorator {
  const { operationId, summary, description, pathParameter, isUntraced = false } = operation;
  const problems = [...(operation.problems ?? []), ...(operation.body ? BODY_PROBLEMS : [])];
  const answers = [...operation.answers, ...describeProblems(problems, operation.path, !isUntraced)];
  return applyDecorators(
    ApiOperation({ operationId, summary, description }),
    ...(isUntraced ? [ApiExtension(UNTRACED, true)] : []),
    ...(pathParameter ? [describePathParameter(pathParameter)] : []),
    ...(operation.headers ?? []).map(({ name, description: meaning, example }) =>
      ApiHeader({ name, description: meaning, schema: { type: 'string', examples: [example] } }),
    ),
    ...(operation.body ? describeBody(operation.body) : []),
    ...answers.map(({ status, ...answer }) => {
      const page = operation.pageStatuses?.includes(status) ? PAGE : {};
      const content = { ...answer.content, ...page };
      const isEmpty = Object.keys(content).length === 0;
      return ApiResponse({ ...answer, status: status as 200, ...(!isEmpty && { content }) });
    }),
  );
}

/** The content of an answer in JSON. */
export function jsonContent(schema: z.ZodType, example: object): ContentObject {
  return { 'application/json': { schema: toJsonSchema(schema, 'output'), example } };
}

/** The content of an answer that is text of another type. */
export function textContent(contentType: string, example: string): ContentObject {
  return { [contentType]: { schema: { type: 'string' }, example } };
}

function describePathParameter({
  name,
  schema,
}: NonNullable<OperationDescription['pathParameter']>): MethodDecorator {
  return ApiParam({ name, required: true, schema: toJsonSchema(schema, 'input') });
}

function describeBody(examples: NonNullable<OperationDescription['body']>): MethodDecorator[] {
  // The schema that validates, as `@Body` names it, takes the place of the empty one.
  const schema: SchemaObject = {};
  return [ApiConsumes(...BODY_CONTENT_TYPES), ApiBody({ required: true, schema, examples })];
}
