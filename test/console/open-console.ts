import { accessSync, constants, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

export const SCREENS = {
  phone: { width: 390, height: 844 },
  laptop: { width: 1440, height: 900 },
  desk: { width: 2560, height: 1440 },
} as const;

/** A page of the console, and everything that went wrong in it. */
export interface OpenConsole {
  page: Page;
  /** Errors of scripts, errors on the browser's console, requests to anything but this machine. */
  problems: string[];
  /** Follows a link of the console, `#/traces?…`. */
  goTo(hash: string): Promise<void>;
  close(): Promise<void>;
}

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const PROGRAMS = ['chromium', 'chromium-browser'];
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);
/** Containers that start or stop beside the tests change the machine's network, which is no fault of the page. */
const NETWORK_CHANGED = 'net::ERR_NETWORK_CHANGED';
/** What a developer's machine shows: a fixed place, so that times read the same everywhere. */
const PLACE = { locale: 'en-GB', timezoneId: 'Europe/Berlin' };

/** Starts the system's Chromium without a window. A machine that has none fails the tests rather than skipping them. */
export async function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: FLAGS });
}

/** Opens a page of the console in a profile of its own. */
export async function openConsole(
  browser: Browser,
  { baseUrl, hash }: { baseUrl: string; hash: string },
  options: BrowserContextOptions = {},
): Promise<OpenConsole> {
  const context = await browser.newContext({
    viewport: SCREENS.laptop,
    reducedMotion: 'reduce',
    ...PLACE,
    ...options,
  });
  const problems: string[] = [];
  await context.route('**/*', async (route) => {
    const { hostname, protocol } = new URL(route.request().url());
    if (LOOPBACK.has(hostname) && protocol === 'http:') return route.continue();
    problems.push(`request to ${route.request().url()}`);
    return route.abort();
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes(NETWORK_CHANGED)) {
      problems.push(`console: ${message.text()}`);
    }
  });
  const goTo = async (wanted: string): Promise<void> => void (await page.goto(`${baseUrl}/${wanted}`));
  await goTo(hash);
  return { page, problems, goTo, close: () => context.close() };
}

/** For the end of every test. */
export function failOn(problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(`The page had problems:\n${problems.join('\n')}`);
}

const AXE_SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong with the page as it is now, a line for each element; empty when nothing is. */
export async function findAxeViolations(page: Page): Promise<string[]> {
  // Evaluated rather than added as a script: the page's policy allows no scripts but its own.
  await page.evaluate(AXE_SOURCE);
  return page.evaluate<string[]>(`
    axe.run(document, { runOnly: { type: 'tag', values: ${JSON.stringify(AXE_TAGS)} } }).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => id + ' ' + target + ': ' + failureSummary)))
  `);
}

function findChromium(): string {
  const { CHROMIUM_PATH, PATH = '' } = process.env;
  if (CHROMIUM_PATH !== undefined && CHROMIUM_PATH !== '') return CHROMIUM_PATH;
  const places = PROGRAMS.flatMap((program) => PATH.split(delimiter).map((folder) => join(folder, program)));
  const found = places.find(isExecutable);
  if (found !== undefined) return found;
  throw new Error(
    'The tests of the console need Chromium: apt-get install chromium fonts-dejavu-core, or set CHROMIUM_PATH.',
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
