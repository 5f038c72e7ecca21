// @ts-check
/** Makes request skeletons and saved answers out of an OpenAPI document: the generated part of the collection. */

/**
 * @typedef {{ key: string, value: string, description?: string }} Pair
 * @typedef {{ status: number, name: string, contentType: string, text: string }} SavedAnswer
 * @typedef {{
 *   method: string, path: string, baseUrl: string, description: string,
 *   pathParameters: Record<string, string>, headers: Pair[],
 *   bodies: Record<string, Record<string, string>>, statuses: number[], answers: SavedAnswer[],
 * }} Skeleton
 */

/** The variable that holds each service's address. */
export const BASE_URLS = { 'signup-api': '{{signupUrl}}', notifier: '{{notifierUrl}}' };
const METHODS = /** @type {const} */ (['get', 'post', 'put', 'patch', 'delete']);
/** Its example would put every request into the same trace. */
const OWN_TRACE = 'Root={{traceId}};Sampled=1';

/**
 * @param {keyof typeof BASE_URLS} service
 * @param {any} document
 * @returns {Record<string, Skeleton>} by `service/operationId`
 */
export function buildRequests(service, document) {
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => ({ path, method, operation: item[method] })),
  );
  return Object.fromEntries(
    operations.map(({ path, method, operation }) => {
      const parameters = (operation.parameters ?? []).map((/** @type {any} */ one) => resolve(document, one));
      return [
        `${service}/${operation.operationId}`,
        {
          method: method.toUpperCase(),
          path,
          baseUrl: BASE_URLS[service],
          description: operation.description,
          pathParameters: toPathParameters(parameters),
          headers: toHeaders(parameters),
          bodies: toBodies(operation.requestBody),
          statuses: Object.keys(operation.responses).map(Number),
          answers: Object.entries(operation.responses).flatMap(([status, response]) =>
            toSavedAnswers(Number(status), response),
          ),
        },
      ];
    }),
  );
}

/** @param {any} document @param {any} part */
function resolve(document, part) {
  if (!part.$ref) return part;
  return part.$ref
    .slice(2)
    .split('/')
    .reduce((/** @type {any} */ found, /** @type {string} */ name) => found[name], document);
}

/** @param {any[]} parameters */
function toPathParameters(parameters) {
  const inPath = parameters.filter((parameter) => parameter.in === 'path');
  return Object.fromEntries(inPath.map(({ name, schema }) => [name, toExample(schema)]));
}

/** @param {any[]} parameters @returns {Pair[]} */
function toHeaders(parameters) {
  const inHeader = parameters.filter((parameter) => parameter.in === 'header');
  return inHeader.map(({ name, schema, description }) => {
    const value = name === 'x-amzn-trace-id' ? OWN_TRACE : toExample(schema);
    return { key: name === 'x-amzn-trace-id' ? 'X-Amzn-Trace-Id' : name, value, description };
  });
}

/** Nest writes the first of `examples` as `example`. @param {any} schema @returns {string} */
function toExample(schema) {
  return schema.example ?? schema.examples[0];
}

/** @param {any} requestBody @returns {Record<string, Record<string, string>>} the first example of each content type */
function toBodies(requestBody) {
  const contents = Object.entries(requestBody?.content ?? {});
  return Object.fromEntries(contents.map(([type, media]) => [type, Object.values(media.examples)[0].value]));
}

/** @param {number} status @param {any} response @returns {SavedAnswer[]} */
function toSavedAnswers(status, response) {
  const contents = Object.entries(response.content ?? {});
  if (contents.length === 0) return [{ status, name: response.description, contentType: '', text: '' }];
  return contents.flatMap(([contentType, media]) => {
    const examples = media.examples ?? { [contentType]: { value: media.example } };
    return Object.entries(examples).map(([name, { value }]) => ({
      status,
      name,
      contentType,
      text: typeof value === 'string' ? value : JSON.stringify(value, null, 2),
    }));
  });
}
