import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { OpenApiHead } from './build-open-api-document.js';

const DOCUMENT_PATH = '/openapi.json';
const PAGE_PATH = '/docs';
/** The page of Swagger UI, which reads the document in the browser. */
const ASSETS = {
  'swagger-ui.css': {
    type: 'text/css; charset=utf-8',
    url: import.meta.resolve('swagger-ui-dist/swagger-ui.css'),
  },
  'swagger-ui-bundle.js': {
    type: 'text/javascript; charset=utf-8',
    url: import.meta.resolve('swagger-ui-dist/swagger-ui-bundle.js'),
  },
  'favicon-32x32.png': { type: 'image/png', url: import.meta.resolve('swagger-ui-dist/favicon-32x32.png') },
};
const CACHE_CONTROL = 'public, max-age=3600';

/**
 * Serves the OpenAPI document at `/openapi.json`, and at `/docs` a page to read and try it with.
 *
 * What builds the document is loaded when somebody asks for it: with it a service would have a fifth more to load
 * before it can answer anybody, and most that run are never asked.
 */
export function serveDocumentation(app: NestFastifyApplication, head: OpenApiHead): void {
  const fastify = app.getHttpAdapter().getInstance();
  let document: OpenAPIObject | undefined;
  const build = async (): Promise<OpenAPIObject> => {
    const { buildOpenApiDocument } = await import('./build-open-api-document.js');
    return buildOpenApiDocument(app, head);
  };
  fastify.get(DOCUMENT_PATH, async () => (document ??= await build()));
  fastify.get(PAGE_PATH, async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(renderPage(head.title)),
  );
  for (const [name, { type, url }] of Object.entries(ASSETS)) {
    fastify.get(`${PAGE_PATH}/${name}`, async (_request, reply) =>
      reply
        .type(type)
        .header('cache-control', CACHE_CONTROL)
        .send(await readFile(fileURLToPath(url))),
    );
  }
}

function renderPage(title: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title} API</title>
    <link rel="icon" href="${PAGE_PATH}/favicon-32x32.png">
    <link rel="stylesheet" href="${PAGE_PATH}/swagger-ui.css">
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="${PAGE_PATH}/swagger-ui-bundle.js"></script>
    <script>SwaggerUIBundle({ url: '${DOCUMENT_PATH}', dom_id: '#swagger-ui', deepLinking: true });</script>
  </body>
</html>
`;
}
