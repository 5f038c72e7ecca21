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
