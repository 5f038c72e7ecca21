import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findProjectRoot, resolvePorts, type Ports } from '#local-stack';
import { waitFor } from '#testing';
import { readDocuments } from '../documents/markdown.js';
import { replacePorts } from '../documents/run-script.js';
import { parseCommands } from '../documents/shell-commands.js';

const root = findProjectRoot();
const ANY_PORTS = { signupApi: 0, notifier: 0, awsLocal: 0, xrayLocal: 0, xrayLocalOtlp: 0 };

/** Programs that a document starts by themselves and that a test of their own starts too, with the words it does it by. */
const STARTED_BY: [command: RegExp, spec: string, words: string][] = [
  [/^npm start\b/, 'test/system/npm-start.spec.ts', "spawn('npm', ['start'"],
  [
    /^npm run (-s )?xray-local:pack$/,
    'test/system/xray-local-package.spec.ts',
    "['run', '-s', 'xray-local:pack']",
  ],
  [
    /^npm install (--save-dev )?\S*xray-local-\S+\.tgz$/,
    'test/system/xray-local-package.spec.ts',
    "run('npm', ['install'",
  ],
  [/^npx xray-local\b/, 'test/system/xray-local-package.spec.ts', "'.bin', 'xray-local')"],
];

const commands = readDocuments(root).flatMap(({ path, fences }) =>
  fences
    .filter(({ marker }) => marker?.kind === 'run' && marker.value === 'fresh')
    .flatMap(({ text }) => parseCommands(text).map((words) => [path, words.join(' ')] as const)),
);
const served = commands.filter(([, command]) => /^npm run xray-local( -- .*)?$/.test(command));
const others = commands.filter((command) => !served.includes(command));

let ports: Ports;
let folder: string;
beforeAll(async () => {
  ports = await resolvePorts(ANY_PORTS);
  folder = mkdtempSync(join(tmpdir(), 'documents-fresh-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('what the documents say to start', () => {
  it.each(others)('%s: %s is started by a test', (_, command) => {
    const [, spec = '', words = ''] = STARTED_BY.find(([pattern]) => pattern.test(command)) ?? [];

    expect(spec).not.toBe('');
    expect(readFileSync(join(root, spec), 'utf8')).toContain(words);
  });

  it.each(served)(
    '%s: %s serves and stops',
    async (_, command) => {
      // A folder that a document names is the reader's own.
      const script = replacePorts(command, ports).replace(/--data-dir[= ]\S+/, `--data-dir ${folder}`);
      const env = {
        ...process.env,
        NODE_OPTIONS: '',
        XRAY_LOCAL_PORT: String(ports.xrayLocal),
        XRAY_LOCAL_OTLP_PORT: String(ports.xrayLocalOtlp),
      };
      const child = spawn('bash', ['-c', `exec ${script}`], { cwd: root, env, stdio: 'ignore' });
      const exited = once(child, 'exit');
      try {
        const status = await waitFor(
          `an answer of ${command}`,
          async () => (await fetch(`http://127.0.0.1:${ports.xrayLocal}/status`)).ok,
          { timeoutMs: 60_000 },
        );
        expect(status).toBe(true);
      } finally {
        child.kill('SIGTERM');
      }

      await exited;
      const isGone = await fetch(`http://127.0.0.1:${ports.xrayLocal}/status`).then(
        () => false,
        () => true,
      );
      expect(isGone).toBe(true);
    },
    90_000,
  );
});
