import type { OpenAPIObject } from '@nestjs/swagger';
import type { z } from 'zod';

// @nestjs/swagger names these types and exports only the document.
type Present<T> = Exclude<T, undefined>;
export type OperationObject = Present<OpenAPIObject['paths'][string]['get']>;
export type ResponseObject = Exclude<Present<OperationObject['responses'][string]>, { $ref: string }>;
export type HeaderObjects = Present<ResponseObject['headers']>;
export type ContentObject = Present<ResponseObject['content']>;
export type SchemaObject = Exclude<Present<ContentObject[string]['schema']>, { $ref: string }>;
export type ParameterObject = Exclude<Present<OperationObject['parameters']>[number], { $ref: string }>;

/** What an answer carries, by its type; a schema that validates is written as OpenAPI takes it when it is asked for. */
export type MediaDescriptions = Readonly<
  Record<string, Omit<ContentObject[string], 'schema'> & { schema: z.ZodType | SchemaReference }>
>;
type SchemaReference = Present<ContentObject[string]['schema']>;

/** One status that an operation answers with. */
export interface AnswerDescription {
  status: number;
  description: string;
  headers?: HeaderObjects;
  content?: MediaDescriptions;
}
