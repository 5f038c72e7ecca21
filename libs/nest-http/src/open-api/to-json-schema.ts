import { z } from 'zod';
import type { SchemaObject } from './open-api-types.js';

/**
 * Writes a schema as OpenAPI 3.1 takes it, which is JSON Schema.
 *
 * Fields that are not known are allowed, as a service ignores them, and a client of a later version must too.
 *
 * @param io what goes into the schema (a request) or what comes out of it (an answer)
 */
export function toJsonSchema(schema: z.ZodType, io: 'input' | 'output'): SchemaObject {
  const { $schema: _dialect, ...jsonSchema } = z.toJSONSchema(schema, {
    io,
    override: ({ jsonSchema: part }) => delete part.additionalProperties,
  });
  return jsonSchema as SchemaObject;
}
