// @ts-check
/** The steps of docs/lab-guide.md in a browser, with a picture at each. */

const WINDOW = { width: 1280, height: 800 };
/** High enough for every row of a timeline; the picture ends where the page does. */
const TALL_WINDOW = { width: 1280, height: 1500 };
/** Of the automated sign-ups. */
const TRAFFIC = { signups: 20, intervalMs: 6_000 };
/** Fewer than ten: none of them repeats an address. */
const SHORT_TRAFFIC = { ...TRAFFIC, signups: 9 };
const STEP_LIMIT_MS = 60_000;
/** The narrowest time range of the console, and some more. */
const ONE_MINUTE_MS = 65_000;
/** Publishes without being asked to by a request. */
const OF_THE_RELAY = 'service("SNS") AND !service("signup-api")';
/** Of the map; the credentials endpoint is there when it has been asked. */
const FEWEST_NODES = 6;

/**
 * @typedef {import('playwright-core').Page} Page
 * @typedef {{
 *   lab: import('./start-lab.mjs').Lab,
 *   album: import('./album.mjs').Album,
 *   signupPage: Page,
 *   xrayConsole: Page,
 *   isHurried: boolean,
 * }} Walk `isHurried` lets the two minutes of automated sign-ups go by at once
 */

/** @param {Walk} walk */
export async function walkGuide(walk) {
  const { signupPage, lab, isHurried } = walk;
  if (isHurried) await signupPage.clock.install();
  await signupPage.goto(lab.signupApi);
  await signUp(walk);
  await lookAround(walk);
  await runTraffic(walk);
  await loseThePermission(walk);
  await giveItBack(walk);
}

/** @param {Walk} walk */
async function signUp({ signupPage, album }) {
  await fillForm(signupPage, 'Ada Lovelace', 'ada@example.com');
  await signupPage.getByText('Everybody concerned has been notified').waitFor();
  await album.take('signed-up', signupPage);
}

/** @param {Walk} walk */
async function lookAround({ signupPage, xrayConsole, album, lab }) {
  await openMap(xrayConsole, lab);
  await album.take('map', xrayConsole);
  await xrayConsole.goto(`${lab.xrayLocal}/#/traces`);
  await xrayConsole.getByRole('row', { name: /favicon/ }).waitFor();
  await album.take('traces', xrayConsole);
  await openTrace(xrayConsole, lab, await traceOf(signupPage));
  await album.take('trace-light', xrayConsole, { downTo: '.timeline' });
}

/** @param {Walk} walk */
async function runTraffic({ signupPage, xrayConsole, album, lab, isHurried }) {
  await pressStart(signupPage, TRAFFIC, isHurried);
  if (isHurried) await signupPage.clock.runFor(TRAFFIC.intervalMs);
  await signupPage.getByText(/^Done: 20 of 20.*As expected/).waitFor();
  await album.take('traffic', signupPage, { of: '#traffic' });
  await openMap(xrayConsole, lab);
  await album.take('service-map-light', xrayConsole);
  await nodeNamed(xrayConsole, /^signup-api/).click();
  await album.take('node', xrayConsole);
  await openTraces(xrayConsole, lab, 'http.status = 409');
  await xrayConsole.locator('.trace-row a').first().click();
  await showException(xrayConsole, /^DynamoDB PutItem/);
  await album.take('duplicate', xrayConsole, { downTo: '.timeline' });
}

/** @param {Walk} walk */
async function loseThePermission({ signupPage, xrayConsole, album, lab, isHurried }) {
  await lab.run('permission', 'revoke', 'sns:Publish');
  await fillForm(signupPage, 'Grace Hopper', 'grace@example.com');
  await signupPage.getByText('Well, this is embarrassing').waitFor();
  await signupPage.evaluate('scrollTo(0, 0)');
  await album.take('not-announced', signupPage);
  // One by one: the relay tries with any of those that are pending.
  await openTraces(xrayConsole, lab, `${OF_THE_RELAY} AND fault`);
  await pressStart(signupPage, SHORT_TRAFFIC, isHurried);
  await signupPage.getByRole('button', { name: 'Stop', exact: true }).click();
  await openMap(xrayConsole, lab);
  await nodeNamed(xrayConsole, /^SNS.*error/).waitFor();
  await album.take('map-revoked', xrayConsole);
  await openTrace(xrayConsole, lab, await traceOf(signupPage));
  await showException(xrayConsole, /^SNS Publish/);
  await album.take('authorization-error', xrayConsole, { downTo: '.timeline' });
}

/** @param {Walk} walk */
async function giveItBack({ signupPage, xrayConsole, album, lab, isHurried }) {
  await lab.run('permission', 'grant', 'sns:Publish');
  const grantedAtMs = Date.now();
  while ((await lab.run('signups', '--status', 'pending', '--json')).trim() !== '[]') {
    if (Date.now() > grantedAtMs + STEP_LIMIT_MS)
      throw new Error('the relay has not announced what was pending');
    await xrayConsole.waitForTimeout(500);
  }
  await openTraces(xrayConsole, lab, `${OF_THE_RELAY} AND ok`);
  await xrayConsole.setViewportSize(TALL_WINDOW);
  await xrayConsole.locator('.trace-row a').first().click();
  await xrayConsole.getByRole('heading', { level: 1, name: 'notifier' }).waitFor();
  await album.take('relay', xrayConsole, { downTo: '.timeline' });
  await pressStart(signupPage, SHORT_TRAFFIC, isHurried);
  await signupPage.getByRole('button', { name: 'Stop', exact: true }).click();
  if (!isHurried) await xrayConsole.waitForTimeout(Math.max(0, grantedAtMs + ONE_MINUTE_MS - Date.now()));
  await openMap(xrayConsole, lab, '?timeRange=PT1M');
  await album.take('map-granted', xrayConsole);
}

/**
 * @param {Page} page
 * @param {typeof TRAFFIC} traffic
 * @param {boolean} isHurried
 */
async function pressStart(page, { signups, intervalMs }, isHurried) {
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  const answers = page.getByRole('log').locator('p');
  for (let index = 0; index < signups; index += 1) {
    if (isHurried && index > 0) await page.clock.runFor(intervalMs);
    await answers.nth(index).waitFor();
  }
}

/**
 * @param {Page} page
 * @param {string} name
 * @param {string} email
 */
async function fillForm(page, name, email) {
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('E-mail').fill(email);
  const answer = page.waitForResponse(/\/signup$/);
  await page.getByRole('button', { name: 'Sign up' }).click();
  await answer;
}

/**
 * The trace that the page's answer names.
 *
 * @param {Page} page
 */
function traceOf(page) {
  return page.locator('#outcome').getByRole('link', { name: /^1-/ }).innerText();
}

/**
 * @param {Page} page
 * @param {import('./start-lab.mjs').Lab} lab
 * @param {string} [query]
 */
async function openMap(page, lab, query = '') {
  await page.setViewportSize(WINDOW);
  await page.goto(`${lab.xrayLocal}/#/service-map${query}`);
  await page
    .locator('[data-node-id]')
    .nth(FEWEST_NODES - 1)
    .waitFor();
}

/**
 * @param {Page} page
 * @param {import('./start-lab.mjs').Lab} lab
 * @param {string} filter
 */
async function openTraces(page, lab, filter) {
  await page.goto(`${lab.xrayLocal}/#/traces?filter=${encodeURIComponent(filter)}`);
  await page.locator('.trace-row').first().waitFor();
}

/**
 * @param {Page} page
 * @param {import('./start-lab.mjs').Lab} lab
 * @param {string} id
 */
async function openTrace(page, lab, id) {
  await page.setViewportSize(TALL_WINDOW);
  await page.goto(`${lab.xrayLocal}/#/traces/${id}`);
  await page
    .getByRole('row', { name: /^notifier/ })
    .first()
    .waitFor();
}

/**
 * @param {Page} page
 * @param {RegExp} row
 */
async function showException(page, row) {
  await page.setViewportSize(TALL_WINDOW);
  await page.getByRole('row', { name: row }).first().click();
  await page.getByRole('tab', { name: /^Exceptions/ }).click();
  await page.getByRole('button', { name: 'Fit' }).click();
}

/**
 * @param {Page} page
 * @param {RegExp} name
 */
function nodeNamed(page, name) {
  return page.locator('[data-node-id]').and(page.getByRole('button', { name }));
}
