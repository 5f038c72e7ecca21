import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { findProjectRoot } from '#local-stack';
import { openDocumentShell } from '../../documents/run-script.js';
import { containerIds, SERVICES } from '../setup/container-stack.js';
import { compose, docker } from '../setup/docker.js';
import { readWrittenCommands } from '../setup/written-commands.js';

const DOWN_LIMIT_MS = 10_000;
const REMOVES_DATA = '--volumes';

const { down } = readWrittenCommands();
const keepsData = down.filter((command) => !command.replace(/#.*/, '').includes(REMOVES_DATA));
const removesData = down.filter((command) => !keepsData.includes(command));

/** By the documents' own commands, of which there are some of either kind. */
describe('docker compose down', () => {
  it('ends within ten seconds, every program by itself with code 0, and keeps sign-ups and traces', async () => {
    const ids = await containerIds();
    const startedMs = performance.now();
    // As `down` does first, but the containers stay to be asked.
    await compose('stop');
    const states = await Promise.all(
      SERVICES.map(async (service) => {
        const format = '{{.State.ExitCode}} {{.State.OOMKilled}}';
        const state = await docker('inspect', '--format', format, ids.get(service) ?? '');
        return `${service} ${state.trim()}`;
      }),
    );
    const stoppedMs = performance.now();
    // They go with the containers.
    const logFolder = process.env['CONTAINER_TEST_LOGS'];
    if (logFolder !== undefined)
      await writeFile(join(logFolder, 'tests.log'), await compose('logs', '--timestamps'));
    const loggedMs = performance.now();
    await runAll(keepsData);
    const tookMs = performance.now() - loggedMs + stoppedMs - startedMs;

    expect(keepsData.length).toBeGreaterThan(0);
    expect(states).toEqual(SERVICES.map((service) => `${service} 0 false`));
    expect(tookMs).toBeLessThan(DOWN_LIMIT_MS);
    expect((await volumes()).map((name) => name.replace(/^.*_/, ''))).toEqual([
      'aws-local-data',
      'xray-local-data',
    ]);
  }, 60_000);

  it('removes them too when it is told so', async () => {
    await runAll(removesData);

    expect(removesData.length).toBeGreaterThan(0);
    expect(await volumes()).toEqual([]);
  }, 60_000);
});

async function runAll(commands: readonly string[]): Promise<void> {
  const shell = await openDocumentShell({
    cwd: findProjectRoot(),
    env: { ...process.env, NODE_OPTIONS: '' },
    timeoutMs: 30_000,
  });
  try {
    for (const command of commands) await shell.run(command);
  } finally {
    shell.close();
  }
}

/** The volumes of the stack under test. */
async function volumes(): Promise<string[]> {
  const project = process.env['COMPOSE_PROJECT_NAME'] ?? 'signup-lab';
  const filter = `label=com.docker.compose.project=${project}`;
  const names = (await docker('volume', 'ls', '--quiet', '--filter', filter)).trim();
  return names === '' ? [] : names.split('\n').toSorted();
}
