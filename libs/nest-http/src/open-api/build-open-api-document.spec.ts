import { Controller, Get, Module, Post } from '@nestjs/common';
import type { INestApplication } from '@nestjs/common';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { OpenAPIObject } from '@nestjs/swagger';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { problemTypes } from '#contracts';
import { buildOpenApiDocument } from './build-open-api-document.js';
import { DescribeOperation, jsonContent } from './describe-operation.js';

const answers = [{ status: 200, description: 'Done.', content: jsonContent(z.object({}), {}) }];

@Controller()
class ThingsController {
  @Get('things')
  @DescribeOperation({
    operationId: 'list',
    summary: 'Lists',
    description: 'All of them.',
    path: '/things',
    answers,
    problems: [
      { type: problemTypes.storeUnavailable },
      { type: problemTypes.notReady, detail: 'not yet' },
      { type: problemTypes.notFound },
    ],
  })
  list(): void {}

  @Post('things')
  @DescribeOperation({
    operationId: 'add',
    summary: 'Adds',
    description: 'One.',
    path: '/things',
    answers,
    body: { thing: { summary: 'A thing', value: { name: 'x' } } },
    isUntraced: true,
  })
  add(): void {}
}

@Module({ controllers: [ThingsController] })
class ThingsModule {}

let app: INestApplication;
let document: OpenAPIObject;

beforeAll(async () => {
  const testing = await Test.createTestingModule({ imports: [ThingsModule] }).compile();
  app = testing.createNestApplication(new FastifyAdapter(), { logger: false });
  document = buildOpenApiDocument(app, { title: 'things', description: 'Keeps things.', tags: {} });
});
afterAll(() => app.close());

const TRACE_HEADER = { $ref: '#/components/headers/TraceHeader' };

describe('the OpenAPI document of a service', () => {
  it('lists the types of problem that it answers with, each with its URI', () => {
    const types = [
      problemTypes.invalidRequest,
      problemTypes.notFound,
      problemTypes.methodNotAllowed,
      problemTypes.payloadTooLarge,
      problemTypes.unsupportedMediaType,
      problemTypes.notReady,
      problemTypes.storeUnavailable,
    ];

    expect(document.components?.schemas?.['ProblemType']).toMatchObject({
      oneOf: types.map((type) => ({ const: type })),
    });
    expect(document.info.description).toContain(`| \`${problemTypes.notReady}\` | 503 |`);
  });

  it('gathers problems of one status into one answer, with an example of each', () => {
    const response = document.paths['/things']?.get?.responses['503'];

    expect(response).toMatchObject({
      headers: { 'Retry-After': { required: true } },
      content: {
        'application/problem+json': {
          schema: { allOf: [{ $ref: '#/components/schemas/Problem' }, { properties: { type: {} } }] },
          examples: {
            'store-unavailable': { value: { status: 503, type: problemTypes.storeUnavailable } },
            'not-ready': { value: { detail: 'not yet', instance: '/things' } },
          },
        },
      },
    });
  });

  it('gives the trace header to every answer of a traced operation and to no other', () => {
    const { get, post } = document.paths['/things'] ?? {};

    expect(get?.parameters).toEqual([{ $ref: '#/components/parameters/TraceHeader' }]);
    for (const response of Object.values(get?.responses ?? {})) {
      expect(response).toMatchObject({ headers: { 'x-amzn-trace-id': TRACE_HEADER } });
    }
    expect(post?.parameters).toEqual([]);
    expect(JSON.stringify(post)).not.toContain('TraceHeader');
    expect(JSON.stringify(post)).not.toContain('traceId');
  });

  it('adds what every body can be refused for, and both kinds of body', () => {
    const { post } = document.paths['/things'] ?? {};

    expect(Object.keys(post?.responses ?? {})).toEqual(['200', '400', '413', '415']);
    expect(post?.requestBody).toMatchObject({
      content: { 'application/json': {}, 'application/x-www-form-urlencoded': {} },
    });
  });

  it('is the same when it is built again', () => {
    const head = { title: 'things', description: 'Keeps things.', tags: {} };

    expect(buildOpenApiDocument(app, head)).toEqual(document);
  });

  it('documents itself', () => {
    expect(document.paths['/openapi.json']?.get?.operationId).toBe('readOpenApi');
    expect(document.paths['/docs']?.get?.operationId).toBe('showDocs');
  });
});
