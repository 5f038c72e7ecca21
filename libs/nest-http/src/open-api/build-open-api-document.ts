import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { z } from 'zod';
import { problemKinds, problemSchema, problemTypes, type ProblemType } from '#contracts';
import { applyDescriptions, toContent, UNTRACED } from './apply-descriptions.js';
import { textContent } from './describe-operation.js';
import { EXAMPLE_TRACE_ID } from './describe-problems.js';
import type { ContentObject, OperationObject, ParameterObject, SchemaObject } from './open-api-types.js';
import { toJsonSchema } from './to-json-schema.js';

/** The head of a service's document. */
export interface OpenApiHead {
  title: string;
  description: string;
  tags: Readonly<Record<string, string>>;
}

const VERSION = '1';
const DOCUMENTATION = 'documentation';
const TRACE_HEADER = 'x-amzn-trace-id';
/** What a router answers with before it has come to an operation; no operation lists them. */
const ROUTER_PROBLEMS: readonly ProblemType[] = [problemTypes.notFound, problemTypes.methodNotAllowed];

/**
 * Builds the OpenAPI 3.1 document of a service from its routes, with what all routes have in common: the problem
 * document and the list of its types, and X-Ray's trace header in request and answer.
 */
export function buildOpenApiDocument(app: INestApplication, head: OpenApiHead): OpenAPIObject {
  applyDescriptions(app);
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(head.title)
    .setVersion(VERSION)
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer('/', 'The service that this document comes from');
  const tags = { ...head.tags, [DOCUMENTATION]: 'What you are reading.' };
  for (const [name, description] of Object.entries(tags)) builder.addTag(name, description);
  const document = SwaggerModule.createDocument(app, builder.build(), {
    autoTagControllers: false,
    standardSchemaConverter: (schema, { schemaType }) => ({
      schema: toJsonSchema(schema as z.ZodType, schemaType),
    }),
  });
  Object.assign(document.paths, describeDocumentation());
  for (const item of Object.values(document.paths)) {
    for (const operation of [item.get, item.post]) if (operation) addTraceHeader(operation);
  }
  const types = findProblemTypes(document);
  document.info.description = `${head.description}\n\n${describeProblemTypes(types)}`;
  document.components = {
    schemas: { Problem: buildProblemSchema(), ProblemType: buildProblemTypeSchema(types) },
    parameters: { TraceHeader: traceParameter },
    headers: { TraceHeader: traceResponseHeader },
  };
  // Nobody has to prove who they are.
  document.security = [];
  return document;
}

const traceParameter: ParameterObject = {
  name: TRACE_HEADER,
  in: 'header',
  required: false,
  description:
    'The trace that the request belongs to, in X-Ray’s form: `Root`, and as you like `Parent` and `Sampled`. ' +
    'What cannot be read is ignored, and a new trace begins.',
  schema: { type: 'string' },
  example: `Root=${EXAMPLE_TRACE_ID};Parent=0123456789abcdef;Sampled=1`,
};

const traceResponseHeader = {
  description: 'The trace that the request has become part of, and whether it is recorded.',
  required: true,
  schema: {
    type: 'string',
    pattern: '^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Sampled=[01]$',
  } satisfies SchemaObject,
  example: `Root=${EXAMPLE_TRACE_ID};Sampled=1`,
};

/** The two routes that no controller has. */
function describeDocumentation(): OpenAPIObject['paths'] {
  const part: SchemaObject = { type: 'object' };
  const anyDocument: SchemaObject = {
    type: 'object',
    required: ['openapi', 'info', 'paths'],
    properties: { openapi: { type: 'string' }, info: part, paths: part },
  };
  const example = { openapi: '3.1.0', info: { title: 'a service', version: VERSION }, paths: {} };
  const read = describeRead('readOpenApi', 'Tells what the service takes and answers', {
    'application/json': { schema: anyDocument, example },
  });
  const page = textContent('text/html', '<!doctype html>\n<html lang="en">…</html>');
  const show = describeRead('showDocs', 'Shows what the service takes and answers', toContent(page));
  return { '/openapi.json': { get: read }, '/docs': { get: show } };
}

function describeRead(operationId: string, summary: string, content: ContentObject): OperationObject {
  const answer = { description: 'This documentation.', content };
  return { operationId, summary, description: summary, tags: [DOCUMENTATION], responses: { 200: answer } };
}

function addTraceHeader(operation: OperationObject): void {
  if (UNTRACED in operation) return;
  operation.parameters = [...(operation.parameters ?? []), { $ref: '#/components/parameters/TraceHeader' }];
  for (const response of Object.values(operation.responses)) {
    if (!response || '$ref' in response) continue;
    response.headers = { ...response.headers, [TRACE_HEADER]: { $ref: '#/components/headers/TraceHeader' } };
  }
}

/** The types that the document's examples have, in the order of the list. */
function findProblemTypes(document: OpenAPIObject): ProblemType[] {
  const text = JSON.stringify(document.paths);
  return Object.values(problemTypes).filter(
    (type) => ROUTER_PROBLEMS.includes(type) || text.includes(JSON.stringify(type)),
  );
}

function describeProblemTypes(types: readonly ProblemType[]): string {
  const rows = types.map((type) => {
    const { status, title, meaning } = problemKinds[type];
    return `| \`${type}\` | ${status} | ${title}. ${meaning} |`;
  });
  return ['| type of problem | status | meaning |', '| --- | --- | --- |', ...rows].join('\n');
}

function buildProblemSchema(): SchemaObject {
  const schema = toJsonSchema(problemSchema, 'output');
  const properties = { ...schema.properties, type: { $ref: '#/components/schemas/ProblemType' } };
  return { ...schema, description: 'An error answer, after RFC 9457.', properties };
}

function buildProblemTypeSchema(types: readonly ProblemType[]): SchemaObject {
  const kinds = types.map((type) => {
    const { status, title, meaning } = problemKinds[type];
    return { const: type, title, description: `${status}: ${meaning}` };
  });
  const description = 'A URN that names the kind of problem; programs decide by it.';
  return { type: 'string', description, oneOf: kinds as unknown as SchemaObject[] };
}
