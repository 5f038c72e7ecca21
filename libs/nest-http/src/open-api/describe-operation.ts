import { SetMetadata } from '@nestjs/common';
import type { z } from 'zod';
import type { ProblemExample } from './describe-problems.js';
import type { AnswerDescription, MediaDescriptions } from './open-api-types.js';

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

/** Where the descriptions are kept until somebody asks for the document: on the method, and on its controller. */
export const OPERATION = 'open-api:operation';
export const TAG = 'open-api:tag';

/** Describes a route in the OpenAPI document: the one way in which both services do so. */
export function DescribeOperation(operation: OperationDescription): MethodDecorator {
  return SetMetadata(OPERATION, operation);
}

/** Puts the operations of a controller under one heading. */
export function DescribeController(tag: string): ClassDecorator {
  return SetMetadata(TAG, tag);
}

/** The content of an answer in JSON. */
export function jsonContent(schema: z.ZodType, example: object): MediaDescriptions {
  return { 'application/json': { schema, example } };
}

/** The content of an answer that is text of another type. */
export function textContent(contentType: string, example: string): MediaDescriptions {
  return { [contentType]: { schema: { type: 'string' }, example } };
}
