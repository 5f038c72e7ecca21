import { problemSchema } from '#contracts';
import { ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';

type ResponseContent = NonNullable<Parameters<typeof ApiResponse>[0]['content']>;

const content = {
  'application/problem+json': { schema: z.toJSONSchema(problemSchema, { target: 'openapi-3.0' }) },
} as ResponseContent;

/** Describes one error answer of a route in the OpenAPI document. */
export function ApiProblem(status: number, description: string): MethodDecorator & ClassDecorator {
  return ApiResponse({ status, description, content });
}
