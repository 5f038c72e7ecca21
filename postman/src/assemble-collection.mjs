// @ts-check
/** Puts the collection together: generated request skeletons, hand-written folders, hand-written scripts. */
import { readFileSync } from 'node:fs';
import { broken } from './folders/broken.mjs';
import { mistakes } from './folders/mistakes.mjs';
import { permissions } from './folders/permissions.mjs';
import { startAndSignUp } from './folders/start-and-sign-up.mjs';

/**
 * @typedef {import('./build-requests.mjs').Skeleton} Skeleton
 *
 * One request of the flow. It is one of: `use`, an operation of the OpenAPI documents as `service/operationId`;
 * `raw`, a request outside of them; `xray`, `iam` or `dynamodb`, a signed call of AWS's API.
 * @typedef {{
 *   name: string, description?: string,
 *   use?: string, raw?: { method: string, url: string }, xray?: string, iam?: Record<string, string>, dynamodb?: string,
 *   as?: string, fields?: Record<string, string>, text?: string, json?: object,
 *   path?: Record<string, string>, headers?: Record<string, string | undefined>,
 *   expect: number, problem?: string, test?: string | string[], before?: string, until?: string, needs?: string,
 * }} Step
 * @typedef {{ name: string, description: string, steps: Step[] }} Folder
 */

/** @type {Folder[]} */
export const FOLDERS = [...startAndSignUp, ...mistakes, ...permissions, ...broken];

const COLLECTION_ID = '5f0d3c9a-6a3c-4c53-9b51-2f4e8a7d1c60';
const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
const FORM = 'application/x-www-form-urlencoded';
const MAX_TRIES = 80;
const RETRY_MS = 500;
const VARIABLES = {
  broken: '',
  tries: '0',
  madeEmails: '[]',
  signupId: '',
  signupEmail: '',
  signupTraceId: '',
  etag: '',
  policyWith: '',
  policyWithout: '',
};

/**
 * @param {Record<string, Skeleton>} skeletons
 * @returns {object} a Postman collection v2.1
 */
export function assembleCollection(skeletons) {
  return {
    info: {
      _postman_id: COLLECTION_ID,
      name: 'The X-Ray sign-up lab',
      description:
        'The guide as requests: sign up, look at the map, make mistakes, take a permission away and give it back. ' +
        'Each request makes a trace of its own; the Visualize tab of its answer links to it. See postman/README.md.',
      schema: SCHEMA,
    },
    item: FOLDERS.map((folder) => ({
      name: folder.name,
      description: folder.description,
      item: folder.steps.map((step) => toItem(step, skeletons)),
    })),
    event: [
      toEvent('prerequest', readScript('before-every-request')),
      toEvent('test', readScript('after-every-answer')),
    ],
    variable: Object.entries(VARIABLES).map(([key, value]) => ({ key, value, type: 'string' })),
  };
}

/** @param {Step} step @param {Record<string, Skeleton>} skeletons */
function toItem(step, skeletons) {
  const skeleton = step.use === undefined ? undefined : skeletons[step.use];
  if (step.use !== undefined && !skeleton) throw new Error(`${step.name}: there is no operation ${step.use}`);
  const request = skeleton ? toRequest(step, skeleton) : toOwnRequest(step);
  const before = toBeforeScript(step);
  return {
    name: step.name,
    event: [...(before === '' ? [] : [toEvent('prerequest', before)]), toEvent('test', toTestScript(step))],
    request: { ...request, description: step.description ?? skeleton?.description ?? '' },
    response: (skeleton?.answers ?? [])
      .filter(({ status, name }) => status === step.expect && name === (step.problem ?? name))
      .map((answer) => toSavedResponse(answer, request)),
  };
}

/** @param {Step} step @param {Skeleton} skeleton */
function toRequest(step, skeleton) {
  const [contentType] = step.as === undefined ? Object.keys(skeleton.bodies) : [step.as];
  const generated = skeleton.headers.map(({ key, value }) => [key, value]);
  const headers = {
    ...Object.fromEntries(generated),
    ...(contentType !== undefined && { 'Content-Type': contentType }),
    ...step.headers,
  };
  return {
    method: skeleton.method,
    header: toHeaders(headers),
    ...(contentType !== undefined && { body: toBody(step, contentType, skeleton.bodies[contentType] ?? {}) }),
    url: toUrl(skeleton.baseUrl, skeleton.path, { ...skeleton.pathParameters, ...step.path }),
  };
}

/** A request that is in no OpenAPI document of ours. @param {Step} step */
function toOwnRequest(step) {
  if (step.raw) return { method: step.raw.method, header: [], url: step.raw.url };
  if (step.xray !== undefined) {
    return toSigned('xray', toUrl('{{xrayUrl}}', step.xray, {}), step, {
      'Content-Type': 'application/json',
    });
  }
  if (step.iam) {
    return toSigned('iam', toUrl('{{iamUrl}}', '/', {}), step, { 'Content-Type': FORM });
  }
  return toSigned('dynamodb', toUrl('{{dynamodbUrl}}', '/', {}), step, {
    'Content-Type': 'application/x-amz-json-1.0',
    'X-Amz-Target': `DynamoDB_20120810.${step.dynamodb}`,
  });
}

/**
 * @param {string} service
 * @param {object} url
 * @param {Step} step
 * @param {Record<string, string>} headers
 */
function toSigned(service, url, step, headers) {
  const auth = {
    accessKey: '{{accessKeyId}}',
    secretKey: '{{secretAccessKey}}',
    sessionToken: '{{sessionToken}}',
    // IAM is one for all regions, and signed for this one.
    region: step.iam ? '{{iamRegion}}' : '{{region}}',
    service,
  };
  const body = step.iam
    ? { mode: 'urlencoded', urlencoded: toPairs(step.iam) }
    : // Numbers are written as numbers: the variables that stand for them have no quotes around them.
      { mode: 'raw', raw: toJson(step.json ?? {}).replace(/"(\{\{\w+Sec\}\})"/g, '$1') };
  return {
    method: 'POST',
    auth: {
      type: 'awsv4',
      awsv4: Object.entries(auth).map(([key, value]) => ({ key, value, type: 'string' })),
    },
    header: toHeaders(headers),
    body,
    url,
  };
}

/** @param {Step} step @param {string} contentType @param {Record<string, string>} example */
function toBody(step, contentType, example) {
  if (step.text !== undefined) return { mode: 'raw', raw: step.text };
  const fields = { ...example, ...step.fields };
  if (contentType === FORM) return { mode: 'urlencoded', urlencoded: toPairs(fields) };
  return { mode: 'raw', raw: toJson(fields), options: { raw: { language: 'json' } } };
}

/** @param {string} baseUrl @param {string} path @param {Record<string, string>} parameters */
function toUrl(baseUrl, path, parameters) {
  const parts = path
    .slice(1)
    .split('/')
    .map((part) => part.replace(/^\{(\w+)\}$/, ':$1'));
  return {
    raw: `${baseUrl}/${parts.join('/')}`,
    host: [baseUrl],
    path: parts,
    variable: Object.entries(parameters).map(([key, value]) => ({ key, value })),
  };
}

/** @param {import('./build-requests.mjs').SavedAnswer} answer @param {object} request */
function toSavedResponse({ status, name, contentType, text }, request) {
  return {
    name: `${status} ${name}`,
    originalRequest: request,
    code: status,
    header: contentType === '' ? [] : [{ key: 'Content-Type', value: contentType }],
    body: text,
  };
}

/** @param {Step} step */
function toBeforeScript(step) {
  const parts =
    step.needs === undefined
      ? []
      : [
          `// Only while this is broken; see the README.
if (pm.variables.get('broken') !== '${step.needs}') pm.execution.skipRequest();`,
        ];
  if (step.before !== undefined) parts.push(readScript(step.before));
  return parts.join('\n');
}

/** @param {Step} step */
function toTestScript(step) {
  const checks = [`pm.test('answers ${step.expect}', () => pm.response.to.have.status(${step.expect}));`];
  if (step.problem !== undefined) {
    checks.push(
      `pm.test('is the problem ${step.problem}', () => ` +
        `pm.expect(pm.response.json().type).to.equal('urn:signup-lab:problem:${step.problem}'));`,
    );
  }
  checks.push(...[step.test ?? []].flat().map((name) => `{\n${indent(readScript(name))}\n}`));
  const tests = checks.join('\n');
  return step.until === undefined ? tests : untilScript(step.until, tests);
}

/** @param {string} condition @param {string} tests */
function untilScript(condition, tests) {
  return `const isThere = () => {
  try {
    return ${condition};
  } catch {
    return false;
  }
};
const tries = Number(pm.collectionVariables.get('tries'));
if (!isThere() && tries < ${MAX_TRIES}) {
  pm.collectionVariables.set('tries', tries + 1);
  // A script ends when its timers have: this is the pause before the next try.
  setTimeout(() => undefined, ${RETRY_MS});
  pm.execution.setNextRequest(pm.info.requestId);
} else {
  pm.collectionVariables.set('tries', 0);
${indent(tests)}
}`;
}

/** @param {'prerequest' | 'test'} listen @param {string} script */
function toEvent(listen, script) {
  return { listen, script: { type: 'text/javascript', exec: script.split('\n') } };
}

/** @param {string} name */
function readScript(name) {
  return readFileSync(new URL(`scripts/${name}.js`, import.meta.url), 'utf8').trimEnd();
}

/** @param {string} text */
function indent(text) {
  return text.replace(/^(?=.)/gm, '  ');
}

/** @param {object} value */
function toJson(value) {
  return JSON.stringify(value, null, 2);
}

/** @param {Record<string, string>} fields */
function toPairs(fields) {
  return Object.entries(fields).map(([key, value]) => ({ key, value, type: 'text' }));
}

/** @param {Record<string, string | undefined>} headers */
function toHeaders(headers) {
  return Object.entries(headers).flatMap(([key, value]) => (value === undefined ? [] : [{ key, value }]));
}
