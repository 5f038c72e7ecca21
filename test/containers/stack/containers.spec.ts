import { describe, expect, it } from '@jest/globals';
import { containerIds } from '../setup/container-stack.js';
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
