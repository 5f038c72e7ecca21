import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { findProjectRoot } from '#local-stack';
import { waitFor } from '#testing';
import { docker } from '../setup/docker.js';

const FOLDER = join(findProjectRoot(), 'otel-collector');
const ADOT_IMAGE = 'public.ecr.aws/aws-observability/aws-otel-collector:v0.49.0';
const FILES = ['collector.yaml', ...readdirSync(join(FOLDER, 'variants')).map((name) => `variants/${name}`)];

/** Required by the files. There is no network, so nobody is called. */
const ENVIRONMENT = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'none',
  AWS_SECRET_ACCESS_KEY: 'none',
  SECOND_BACKEND_URL: 'http://jaeger:4318',
};

const started: string[] = [];
afterEach(async () => {
  for (const id of started.splice(0)) await docker('rm', '--force', id);
});

describe('the collector itself', () => {
  // ADOT has no `validate`: a file is good when the collector becomes healthy with it.
  it('starts with each of the files, and stops cleanly', async () => {
    const exitCodes = await Promise.all(FILES.map(async (file) => [file, await runWith(file)]));

    expect(Object.fromEntries(exitCodes)).toEqual(Object.fromEntries(FILES.map((file) => [file, '0'])));
  }, 60_000);
});

/** The exit code of a collector that was healthy with a file and was then stopped. */
async function runWith(file: string): Promise<string> {
  const id = await startCollector(`--config=/etc/otel/${file}`);
  await waitFor('the collector', () => docker('exec', id, '/healthcheck').then(() => true)).catch(
    async (error: unknown) => {
      throw new Error(`${file}: ${await docker('logs', id)}`, { cause: error });
    },
  );
  await docker('stop', '--time', '5', id);
  return (await docker('inspect', '--format', '{{.State.ExitCode}}', id)).trim();
}

async function startCollector(...args: string[]): Promise<string> {
  const variables = Object.entries(ENVIRONMENT).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
  const mount = `--volume=${FOLDER}:/etc/otel:ro`;
  const options = ['--detach', '--network=none', mount, ...variables];
  const id = (await docker('run', ...options, ADOT_IMAGE, ...args)).trim();
  started.push(id);
  return id;
}
