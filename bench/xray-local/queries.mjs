// @ts-check
/** The queries that are measured, over everything of the last two hours. */
import { cpuSeconds, quantile } from './processes.mjs';
import { call } from './targets.mjs';

/** Few match, so that every trace has to be looked at. */
const FILTER = 'service("notifier") { fault = true } AND duration >= 0.062';

/** @typedef {{ firstMs: number, p50Ms: number, p95Ms: number, cpuMs: number }} QueryTimes the first one is in none of the others; `cpuMs` is the server's mean */

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {() => Promise<unknown>} query
 * @param {number} count
 * @returns {Promise<QueryTimes>}
 */
export async function measureQuery(child, query, count) {
  const firstMs = await timeOf(query);
  const beforeSec = cpuSeconds(child);
  const times = [];
  for (let index = 0; index < count; index += 1) times.push(await timeOf(query));
  const cpuMs = ((cpuSeconds(child) - beforeSec) / count) * 1000;
  return { firstMs, p50Ms: quantile(times, 0.5), p95Ms: quantile(times, 0.95), cpuMs };
}

/** @param {() => Promise<unknown>} query */
async function timeOf(query) {
  const startedMs = performance.now();
  await query();
  return performance.now() - startedMs;
}

function lastHours() {
  const nowSec = Math.ceil(Date.now() / 1000);
  return { StartTime: nowSec - 2 * 3600, EndTime: nowSec + 60 };
}

/** @param {string} url */
export async function serviceGraph(url) {
  const answer = await call(`${url}/ServiceGraph`, { body: JSON.stringify(lastHours()) });
  if (JSON.parse(String(answer)).Services.length === 0) throw new Error('the service graph is empty');
}

/** All pages. @param {string} url */
export async function traceSummaries(url) {
  const query = { ...lastHours(), FilterExpression: FILTER };
  let count = 0;
  /** @type {string | undefined} */
  let token;
  do {
    const body = JSON.stringify({ ...query, ...(token === undefined ? {} : { NextToken: token }) });
    const page = JSON.parse(String(await call(`${url}/TraceSummaries`, { body })));
    count += page.TraceSummaries.length;
    token = page.NextToken;
  } while (token !== undefined);
  if (count === 0) throw new Error('no trace matches the filter');
}
