import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { compose, containerIds, docker, SERVICES } from './setup/container-stack.js';

const DOWN_LIMIT_MS = 10_000;

describe('docker compose down', () => {
  it('ends within ten seconds, and every program ended by itself with code 0', async () => {
    const ids = await containerIds();
    const startedMs = performance.now();
    // As `down` does first, but the containers stay to be asked.
    await compose('stop');
    const states = await Promise.all(
      SERVICES.map(async (service) => {
        const state = await docker(
          'inspect',
          '--format',
          '{{.State.ExitCode}} {{.State.OOMKilled}}',
          ids.get(service) ?? '',
        );
        return `${service} ${state.trim()}`;
      }),
    );
    const stoppedMs = performance.now();
    // They go with the containers.
    const logFolder = process.env['CONTAINER_TEST_LOGS'];
    if (logFolder !== undefined)
      await writeFile(join(logFolder, 'tests.log'), await compose('logs', '--timestamps'));
    const loggedMs = performance.now();
    await compose('down');
    const tookMs = performance.now() - loggedMs + stoppedMs - startedMs;

    expect(states).toEqual(SERVICES.map((service) => `${service} 0 false`));
    expect(tookMs).toBeLessThan(DOWN_LIMIT_MS);
  }, 60_000);
});
