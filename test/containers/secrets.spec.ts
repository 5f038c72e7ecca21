import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { containerIds, docker, SERVICES } from './setup/container-stack.js';

const run = promisify(execFile);
const OWN_IMAGES = SERVICES.filter((service) => service !== 'collector').map(
  (name) => `signup-lab/${name}:test`,
);
/** Names under which secrets travel, and what they look like. */
const SECRET_NAME = /SECRET|PASSWORD|TOKEN|PRIVATE_KEY|ACCESS_KEY|_AUTH/i;
const SECRET_VALUE =
  /AKIA[0-9A-Z]{16}|ASIA[0-9A-Z]{16}|-----BEGIN [A-Z ]*PRIVATE KEY|_authToken|npm_[A-Za-z0-9]{36}/;
const SECRET_FILE = /(?:^|\/)(?:\.npmrc|\.env(?:\.[^/]*)?|\.git|\.aws|id_(?:rsa|ecdsa|ed25519))(?:\/|$)/;
/** What only development needs. */
const DEVELOPMENT =
  /\/node_modules\/(?:typescript|jest|prettier|oxlint|vite|playwright-core|@types|@swc|node-linux-[^/]+)\//;

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

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signup-lab-layers-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

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
      expect(JSON.stringify(container)).not.toMatch(SECRET_VALUE);
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

describe('the layers of the images', () => {
  it('hold no secret, no file that may hold one, and nothing of development', async () => {
    await run('sh', ['-c', `docker save ${OWN_IMAGES.join(' ')} | tar -x -C ${folder}`], { timeout: 60_000 });
    const layers = (await readdir(folder, { recursive: true })).filter((path) => path.endsWith('layer.tar'));
    expect(layers.length).toBeGreaterThan(OWN_IMAGES.length);
    for (const layer of layers) {
      const { stdout } = await run('tar', ['-tf', join(folder, layer)], { maxBuffer: 64 * 1024 * 1024 });
      const files = stdout
        .split('\n')
        .map((path) => `/${path}`)
        .filter((path) => path.startsWith('/app/'));
      expect(files.filter((path) => SECRET_FILE.test(path) || DEVELOPMENT.test(path))).toEqual([]);
    }
    for (const image of OWN_IMAGES) {
      expect(await docker('history', '--no-trunc', '--format', '{{.CreatedBy}}', image)).not.toMatch(
        SECRET_VALUE,
      );
    }
  }, 120_000);

  it('are made from the lock file and say what they are', async () => {
    for (const image of OWN_IMAGES) {
      const labels = JSON.parse(
        await docker('inspect', '--format', '{{json .Config.Labels}}', image),
      ) as object;
      expect(Object.keys(labels)).toEqual(
        expect.arrayContaining([
          'org.opencontainers.image.title',
          'org.opencontainers.image.description',
          'org.opencontainers.image.version',
          'org.opencontainers.image.licenses',
        ]),
      );
    }
  });
});
