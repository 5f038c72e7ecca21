import { afterAll, afterEach, describe, expect, it } from '@jest/globals';
import { findProjectRoot } from '#local-stack';
import { readDocuments } from '../documents/markdown.js';
import { hurryTraffic, openDocumentShell, replacePorts } from '../documents/run-script.js';
import { compose, connectToContainers, docker } from './setup/container-stack.js';

const root = findProjectRoot();
const BLOCK_TIMEOUT_MS = 300_000;
/** The image that a document builds under a name that may be the reader's own. */
const IMAGE = 'signup-lab-written';

const documents = readDocuments(root).flatMap(({ path, fences }) => {
  const blocks = fences.filter(({ marker }) => marker?.kind === 'run' && marker.value === 'compose');
  return blocks.length === 0 ? [] : [[path, blocks] as const];
});

/** The same commands, which then end where a reader would press Ctrl-C in another terminal. */
function endAtOnce(script: string): string {
  return script
    .replaceAll(/(docker compose [^\n#]*\bup\b)/g, '$1 --detach --wait --wait-timeout 120')
    .replaceAll(/docker run /g, `docker run --detach --name ${IMAGE} `)
    .replaceAll(/-t xray-local\b/g, `-t ${IMAGE}`)
    .replaceAll(/(docker run [^\n]* )xray-local$/gm, `$1${IMAGE}`);
}

/** After the tests of the stack, whose last one takes it down: these commands bring it up again. */
describe('what the documents say to do with containers', () => {
  // The next document's containers want the same ports.
  afterEach(async () => {
    await docker('rm', '--force', IMAGE);
    await compose('down', '--timeout', '5');
  }, 60_000);
  afterAll(() => docker('image', 'rm', '--force', IMAGE), 60_000);

  it.each(documents)(
    '%s works',
    async (path, blocks) => {
      const { ports } = connectToContainers();
      const env = { ...process.env, NODE_OPTIONS: '' };
      const shell = await openDocumentShell({ cwd: root, env, timeoutMs: BLOCK_TIMEOUT_MS });
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

  it('docs/examples/compose.yaml is a compose file', async () => {
    const config = await docker('compose', '-f', 'docs/examples/compose.yaml', 'config', '--services');

    expect(config.trim().split('\n').toSorted()).toEqual(['grafana', 'orders', 'xray-local']);
  });
});
