import { describe, expect, it } from '@jest/globals';
import { findProjectRoot } from '#local-stack';
import { hurryTraffic, openDocumentShell, replacePorts } from '../../documents/run-script.js';
import { connectToContainers } from '../setup/container-stack.js';
import { endAtOnce, readWrittenCommands } from '../setup/written-commands.js';

const BLOCK_TIMEOUT_MS = 300_000;

const { stack } = readWrittenCommands();
const documents = [...Map.groupBy(stack, ({ path }) => path)];

/** What takes the stack down is tried by `shutdown`. */
describe('what the documents say to do with the stack', () => {
  it.each(documents)(
    '%s works',
    async (path, blocks) => {
      const { ports } = connectToContainers();
      const env = { ...process.env, NODE_OPTIONS: '' };
      const shell = await openDocumentShell({ cwd: findProjectRoot(), env, timeoutMs: BLOCK_TIMEOUT_MS });
      try {
        for (const { text, line } of blocks) {
          const script = endAtOnce(hurryTraffic(replacePorts(text, ports)));
          await shell.run(script).catch((error: Error) => {
            throw new Error(`${path}:${line} ${error.message}`, { cause: error });
          });
        }
      } finally {
        shell.close();
      }
      expect(blocks.length).toBeGreaterThan(0);
    },
    3 * BLOCK_TIMEOUT_MS,
  );
});

/** What is loaded only when it is asked for must be in the image all the same. */
describe('the documentation of the services', () => {
  it.each(['signupApi', 'notifier'] as const)(
    'is in the image of %s',
    async (service) => {
      const origin = connectToContainers().addresses[service];
      const document = (await (await fetch(`${origin}/openapi.json`)).json()) as { openapi: string };
      const page = await (await fetch(`${origin}/docs`)).text();
      const files = [...page.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, path = '']) => path);
      const answers = await Promise.all(files.map((path) => readStatus(origin + path)));

      expect(document.openapi).toBe('3.1.0');
      expect(files.length).toBeGreaterThan(2);
      expect(answers).toEqual(files.map(() => 200));
    },
    30_000,
  );
});

/** Reads the whole answer: the service would wait for that when it is stopped. */
async function readStatus(url: string): Promise<number> {
  const response = await fetch(url);
  await response.arrayBuffer();
  return response.status;
}
