import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { findProjectRoot } from '#local-stack';
import { docker } from '../setup/docker.js';

const run = promisify(execFile);
const OF_AN_ACCOUNT = {
  AWS_REGION: 'eu-central-1',
  AWS_PROFILE: 'lab',
  SIGNUP_TOPIC_ARN: 'arn:aws:sns:eu-central-1:123456789012:signups',
  SIGNUP_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/123456789012/signups',
};

interface Config {
  services: Record<
    string,
    {
      environment: Record<string, string>;
      networks: object;
      volumes: { target: string; read_only: boolean }[];
    }
  >;
}

async function config(environment: Record<string, string>): Promise<Config> {
  const { stdout } = await run(
    'docker',
    ['compose', '-f', 'docker/compose.yaml', '-f', 'docker/compose.aws.yaml', 'config', '--format', 'json'],
    { cwd: findProjectRoot(), env: { ...process.env, ...environment }, timeout: 30_000 },
  );
  return JSON.parse(stdout) as Config;
}

describe('docker/compose.aws.yaml', () => {
  it('leaves nothing local: no emulator, no endpoint, no credentials but those of the profile', async () => {
    const { services } = await config(OF_AN_ACCOUNT);

    expect(Object.keys(services).toSorted()).toEqual(['collector', 'notifier', 'signup-api']);
    for (const { environment, networks, volumes } of Object.values(services)) {
      const names = Object.keys(environment);
      expect(
        names.filter((name) => /^(?:AWS_ENDPOINT|AWS_CONTAINER|ECS_|AWS_ACCESS|AWS_SECRET)/.test(name)),
      ).toEqual([]);
      expect(environment).toMatchObject({ AWS_REGION: 'eu-central-1', AWS_PROFILE: 'lab' });
      expect(Object.keys(networks)).toEqual(['default']);
      expect(volumes.find(({ target }) => target === `${environment['HOME']}/.aws`)?.read_only).toBe(true);
    }
    expect(services['notifier']?.environment).toMatchObject({
      SIGNUP_TOPIC_ARN: OF_AN_ACCOUNT.SIGNUP_TOPIC_ARN,
      SIGNUP_QUEUE_URL: OF_AN_ACCOUNT.SIGNUP_QUEUE_URL,
    });
  });

  it.each(['SIGNUP_TOPIC_ARN', 'SIGNUP_QUEUE_URL'])('does not start without %s', async (name) => {
    await expect(config({ ...OF_AN_ACCOUNT, [name]: '' })).rejects.toThrow(name);
  });
});

describe('docs/examples/compose.yaml', () => {
  it('is a compose file', async () => {
    const services = await docker('compose', '-f', 'docs/examples/compose.yaml', 'config', '--services');

    expect(services.trim().split('\n').toSorted()).toEqual(['grafana', 'orders', 'xray-local']);
  });
});
