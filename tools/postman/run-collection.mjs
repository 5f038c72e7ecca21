// @ts-check
/** Runs the collection with newman and notes which request saw which status of which documented operation. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const REQUEST_TIMEOUT_MS = 20_000;
const RUN_TIMEOUT_MS = 5 * 60_000;
const ENVIRONMENT = new URL('../../postman/environments/local.postman_environment.json', import.meta.url);

/**
 * @typedef {{ operation: string, status: number, request: string }} Seen
 * @typedef {{ passed: number, failures: string[], seen: Seen[] }} CollectionRun
 * @typedef {{ operation: string, method: string, baseUrl: string, pattern: RegExp }} KnownOperation
 */

/**
 * @param {{
 *   collection: object,
 *   addresses: import('#local-stack').StackAddresses,
 *   skeletons: Record<string, import('../../postman/src/build-requests.mjs').Skeleton>,
 *   broken?: string,
 * }} options `broken` names what is broken, and with it the only requests that are sent
 * @returns {Promise<CollectionRun>}
 */
export async function runCollection({ collection, addresses, skeletons, broken = '' }) {
  // Newman's own dependencies use what Node is about to remove; nothing of ours does.
  process.noDeprecation = true;
  const newman = createRequire(new URL('../../postman/package.json', import.meta.url))('newman');
  const operations = toKnownOperations(skeletons, addresses);
  /** @type {CollectionRun} */
  const run = { passed: 0, failures: [], seen: [] };
  await new Promise((resolve, reject) => {
    newman
      .run({
        collection: broken === '' ? collection : onlyWhile(broken, collection),
        environment: toEnvironment(addresses, broken),
        timeoutRequest: REQUEST_TIMEOUT_MS,
        timeout: RUN_TIMEOUT_MS,
      })
      .on('request', (/** @type {unknown} */ error, /** @type {any} */ { request, response, item }) => {
        if (error || !response) return;
        const operation = operations.find((known) => isOf(known, request.method, request.url.toString()));
        if (operation)
          run.seen.push({ operation: operation.operation, status: response.code, request: item.name });
      })
      .on('assertion', (/** @type {any} */ error, /** @type {any} */ { assertion, item, skipped }) => {
        if (error) run.failures.push(`${item.name}: ${assertion}: ${error.message}`);
        else if (!skipped) run.passed += 1;
      })
      .on('done', (/** @type {unknown} */ error, /** @type {any} */ summary) => {
        if (error) return reject(error);
        for (const { error: failure, source } of summary.run.failures) {
          // Assertions are counted above; the rest is a request that got no answer, or a script that failed.
          if (failure.name !== 'AssertionError') run.failures.push(`${source?.name}: ${failure.message}`);
        }
        return resolve(undefined);
      });
  });
  return run;
}

/** The folders whose requests are for this breakage. @param {string} broken @param {any} collection */
function onlyWhile(broken, collection) {
  const item = collection.item.filter((/** @type {object} */ folder) =>
    JSON.stringify(folder).includes(`!== '${broken}'`),
  );
  return { ...collection, item };
}

/**
 * The environment that people import, with the addresses of this run.
 *
 * @param {import('#local-stack').StackAddresses} addresses
 * @param {string} broken
 */
function toEnvironment({ signupApi, notifier, xrayLocal, awsLocal }, broken) {
  const environment = JSON.parse(readFileSync(ENVIRONMENT, 'utf8'));
  /** @type {Record<string, string>} */
  const changed = {
    signupUrl: signupApi,
    notifierUrl: notifier,
    xrayUrl: xrayLocal,
    consoleTraceUrl: `${xrayLocal}/#/traces/`,
    iamUrl: awsLocal,
    dynamodbUrl: awsLocal,
  };
  const values = environment.values.map((/** @type {{ key: string, value: string }} */ { key, value }) => ({
    key,
    value: changed[key] ?? value,
    enabled: true,
  }));
  return { ...environment, values: [...values, { key: 'broken', value: broken, enabled: true }] };
}

/**
 * @param {Record<string, import('../../postman/src/build-requests.mjs').Skeleton>} skeletons
 * @param {import('#local-stack').StackAddresses} addresses
 * @returns {KnownOperation[]}
 */
function toKnownOperations(skeletons, { signupApi, notifier }) {
  return Object.entries(skeletons).map(([operation, { method, path }]) => ({
    operation,
    method,
    baseUrl: operation.startsWith('notifier/') ? notifier : signupApi,
    pattern: new RegExp(`^${path.replace(/\./g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
  }));
}

/** @param {KnownOperation} known @param {string} method @param {string} url */
function isOf({ method: wanted, baseUrl, pattern }, method, url) {
  const { origin, pathname } = new URL(url);
  return method === wanted && origin === baseUrl && pattern.test(pathname);
}
