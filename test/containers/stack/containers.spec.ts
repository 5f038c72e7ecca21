import { describe, expect, it } from '@jest/globals';
import { connectToContainers, containerIds } from '../setup/container-stack.js';
import { docker } from '../setup/docker.js';
import { findSecrets } from '../setup/secret-search.js';

/** Names under which secrets travel. */
const SECRET_NAME = /SECRET|PASSWORD|TOKEN|PRIVATE_KEY|ACCESS_KEY|_AUTH/i;

interface Inspection {
  Config: { Env: string[]; User: string };
  HostConfig: {
    ReadonlyRootfs: boolean;
    CapDrop: string[];
    SecurityOpt: string[];
    Init: boolean;
    Memory: number;
    NanoCpus: number;
    PortBindings: Record<string, { HostIp: string }[]>;
  };
}

describe('docker inspect', () => {
  it('shows no secret, and containers without rights, with limits, on loopback alone', async () => {
    for (const [service, id] of await containerIds()) {
      const [container] = JSON.parse(await docker('inspect', id)) as [Inspection];
      const { Config, HostConfig } = container;
      const names = Config.Env.map((variable) => variable.split('=', 1)[0] ?? '');

      expect({ service, secrets: names.filter((name) => SECRET_NAME.test(name)) }).toEqual({
        service,
        secrets: [],
      });
      expect({ service, found: findSecrets(JSON.stringify(container)) }).toEqual({ service, found: [] });
      expect(Config.User).not.toMatch(/^(?:|0|root)(?::|$)/);
      expect(HostConfig).toMatchObject({
        ReadonlyRootfs: true,
        CapDrop: ['ALL'],
        SecurityOpt: ['no-new-privileges:true'],
        Init: true,
      });
      expect(HostConfig.Memory).toBeGreaterThan(0);
      expect(HostConfig.NanoCpus).toBeGreaterThan(0);
      const addresses = Object.values(HostConfig.PortBindings)
        .flat()
        .map(({ HostIp }) => HostIp);
      expect(new Set(addresses)).toEqual(new Set(['127.0.0.1']));
    }
  }, 30_000);
});

/** What is loaded only when it is asked for must be in the image all the same. */
describe('the documentation of the services', () => {
  it.each(['signupApi', 'notifier'] as const)('is in the image of %s', async (service) => {
    const origin = connectToContainers().addresses[service];
    const document = (await (await fetch(`${origin}/openapi.json`)).json()) as { openapi: string };
    const page = await (await fetch(`${origin}/docs`)).text();
    const files = [...page.matchAll(/(?:href|src)="([^"]+)"/g)].map(([, path = '']) => path);
    const answers = await Promise.all(files.map((path) => fetch(origin + path)));

    expect(document.openapi).toBe('3.1.0');
    expect(files.length).toBeGreaterThan(2);
    expect(answers.map(({ status }) => status)).toEqual(files.map(() => 200));
  }, 30_000);
});
