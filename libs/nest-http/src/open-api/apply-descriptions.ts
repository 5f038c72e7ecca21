import type { INestApplication, Type } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import {
  ApiBody,
  ApiConsumes,
  ApiExtension,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import { z } from 'zod';
import { problemTypes } from '#contracts';
import { BODY_CONTENT_TYPES } from '../to-problem.js';
import { OPERATION, TAG, type OperationDescription } from './describe-operation.js';
import { describeProblems, type ProblemExample } from './describe-problems.js';
import type { ContentObject, MediaDescriptions, SchemaObject } from './open-api-types.js';
import { toJsonSchema } from './to-json-schema.js';

/** Marks an operation that never leaves a trace, and so takes and answers no trace header. */
export const UNTRACED = 'x-untraced';

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

const PAGE: MediaDescriptions = {
  'text/html': {
    schema: { type: 'string', description: 'The page, with what became of the form.' },
    example: '<!doctype html>\n<html lang="en">…</html>',
  },
};

/** `@nestjs/swagger` gathers what it is told of a method, so it is told once, however many documents are built. */
const told = new WeakSet<Type>();

/** Tells `@nestjs/swagger` what the controllers of an application say of themselves. */
export function applyDescriptions(app: INestApplication): void {
  for (const { controllers } of app.get(ModulesContainer).values()) {
    for (const { metatype } of controllers.values()) {
      const controller = metatype as Type;
      if (!told.has(controller)) describeController(controller);
      told.add(controller);
    }
  }
}

function describeController(controller: Type): void {
  const tag = Reflect.getMetadata(TAG, controller) as string | undefined;
  if (tag !== undefined) ApiTags(tag)(controller);
  const { prototype } = controller as { prototype: object };
  for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (typeof descriptor.value !== 'function') continue;
    const operation = Reflect.getMetadata(OPERATION, descriptor.value) as OperationDescription | undefined;
    if (operation === undefined) continue;
    for (const decorate of toDecorators(operation)) decorate(prototype, name, descriptor);
  }
}

function toDecorators(operation: OperationDescription): MethodDecorator[] {
  const { operationId, summary, description, pathParameter, isUntraced = false } = operation;
  const problems = [...(operation.problems ?? []), ...(operation.body ? BODY_PROBLEMS : [])];
  const answers = [...operation.answers, ...describeProblems(problems, operation.path, !isUntraced)];
  return [
    ApiOperation({ operationId, summary, description }),
    ...(isUntraced ? [ApiExtension(UNTRACED, true)] : []),
    ...(pathParameter ? [describePathParameter(pathParameter)] : []),
    ...(operation.headers ?? []).map(({ name, description: meaning, example }) =>
      ApiHeader({ name, description: meaning, schema: { type: 'string', examples: [example] } }),
    ),
    ...(operation.body ? describeBody(operation.body) : []),
    ...answers.map(({ status, content, ...answer }) => {
      const page = operation.pageStatuses?.includes(status) ? PAGE : {};
      const media = toContent({ ...content, ...page });
      const isEmpty = Object.keys(media).length === 0;
      return ApiResponse({ ...answer, status: status as 200, ...(!isEmpty && { content: media }) });
    }),
  ];
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

/** The content with its schemas as OpenAPI takes them. */
export function toContent(media: MediaDescriptions): ContentObject {
  return Object.fromEntries(
    Object.entries(media).map(([type, { schema, ...rest }]) => [
      type,
      { schema: schema instanceof z.ZodType ? toJsonSchema(schema, 'output') : schema, ...rest },
    ]),
  );
}
