import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GetTraceSummariesCommand } from '@aws-sdk/client-xray';
import { findProjectRoot, PORT_VARIABLES, type PortName } from '#local-stack';
import { postSignup, startTestStack, waitFor, type TestStack } from '#testing';
import { readDocuments } from '../documents/markdown.js';
import { hurryTraffic, missingPrograms, openDocumentShell, replacePorts } from '../documents/run-script.js';

const root = findProjectRoot();
const BLOCK_TIMEOUT_MS = 40_000;
const TRACE_ID = /\b1-[0-9a-f]{8}-[0-9a-f]{24}\b/g;

/** The blocks that a reader runs beside `npm start`, by document. */
const documents = readDocuments(root).flatMap(({ path, fences }) => {
  const blocks = fences.filter(({ marker }) => marker?.kind === 'run' && marker.value === 'embedded');
  return blocks.length === 0 ? [] : [[path, blocks] as const];
});

let stack: TestStack;
let traceId: string;

beforeAll(async () => {
  stack = await startTestStack();
  // What a reader has done in the browser before the first command.
  const { body } = await postSignup(stack);
  traceId = String(body['traceId']);
  await waitFor('the first trace', async () => {
    const { TraceSummaries } = await stack.xray.send(
      new GetTraceSummariesCommand({
        StartTime: new Date(Date.now() - 60_000),
        EndTime: new Date(Date.now() + 60_000),
      }),
    );
    return TraceSummaries?.some(({ Id, IsPartial }) => Id === traceId && IsPartial === false);
  });
}, 60_000);
afterAll(() => stack?.stop());

function environment(): Record<string, string | undefined> {
  const ports = Object.entries(PORT_VARIABLES).map(([name, { variable }]) => [
    variable,
    String(stack.ports[name as PortName]),
  ]);
  // Nothing of the person's own account: what a block needs, the document has to say.
  const own = Object.entries(process.env).filter(([name]) => !/^(AWS|OTEL)_/.test(name));
  return {
    ...Object.fromEntries(own),
    ...Object.fromEntries(ports),
    NODE_OPTIONS: '',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

describe('what the documents say to do beside npm start', () => {
  it.each(documents)(
    '%s works',
    async (path, blocks) => {
      const shell = await openDocumentShell({ cwd: root, env: environment(), timeoutMs: BLOCK_TIMEOUT_MS });
      const leftOut: string[] = [];
      try {
        for (const { text, line } of blocks) {
          const missing = missingPrograms(text);
          if (missing.length > 0) {
            leftOut.push(`${path}:${line} needs ${missing.join(', ')}`);
            continue;
          }
          const script = hurryTraffic(replacePorts(text, stack.ports)).replaceAll(TRACE_ID, traceId);
          await shell.run(script).catch((error: Error) => {
            throw new Error(`${path}:${line} ${error.message}`, { cause: error });
          });
        }
      } finally {
        shell.close();
      }
      if (leftOut.length > 0) process.stderr.write(`not run: ${leftOut.join('; ')}\n`);
      // On the build's own machine everything is there.
      expect(process.env['CI'] === 'true' ? leftOut : []).toEqual([]);
    },
    4 * BLOCK_TIMEOUT_MS,
  );
});
