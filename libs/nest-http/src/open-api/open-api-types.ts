import type { OpenAPIObject } from '@nestjs/swagger';

// @nestjs/swagger names these types and exports only the document.
type Present<T> = Exclude<T, undefined>;
export type OperationObject = Present<OpenAPIObject['paths'][string]['get']>;
export type ResponseObject = Exclude<Present<OperationObject['responses'][string]>, { $ref: string }>;
export type HeaderObjects = Present<ResponseObject['headers']>;
export type ContentObject = Present<ResponseObject['content']>;
export type SchemaObject = Exclude<Present<ContentObject[string]['schema']>, { $ref: string }>;
export type ParameterObject = Exclude<Present<OperationObject['parameters']>[number], { $ref: string }>;

/** One status that an operation answers with. */
export interface AnswerDescription {
  status: number;
  description: string;
  headers?: HeaderObjects;
  content?: ContentObject;
}
