import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SERVICES } from '../setup/container-stack.js';
import { docker } from '../setup/docker.js';
import { findSecrets, listLayers, searchLayer } from '../setup/secret-search.js';

const run = promisify(execFile);
const OWN_IMAGES = SERVICES.filter((service) => service !== 'collector').map(
  (name) => `signup-lab/${name}:test`,
);
const PLANTED_IMAGE = 'signup-lab/planted:test';
/** What only development needs. */
const DEVELOPMENT =
  /^app\/node_modules\/(?:typescript|jest|prettier|oxlint|vite|playwright-core|@types|@swc|node-linux-[^/]+)\//;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signup-lab-layers-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the layers of the images', () => {
  it('hold no secret, no file that may hold one, and nothing of development', async () => {
    const layers = await saveLayers(OWN_IMAGES);
    expect(layers.length).toBeGreaterThan(OWN_IMAGES.length);
    for (const layer of layers) {
      const { files, findings } = await searchLayer(layer);

      expect(findings).toEqual([]);
      expect(files.filter((file) => DEVELOPMENT.test(file))).toEqual([]);
    }
    for (const image of OWN_IMAGES) {
      const about =
        (await docker('history', '--no-trunc', '--format', '{{.CreatedBy}}', image)) +
        (await docker('image', 'inspect', image));
      expect({ image, found: findSecrets(about) }).toEqual({ image, found: [] });
    }
  }, 120_000);

  it('would not hide one, neither in a file that was removed again nor by its name', async () => {
    const planted = await buildWithSecrets();
    const found = await Promise.all((await saveLayers([planted])).map((layer) => searchLayer(layer)));
    await docker('image', 'rm', '--force', planted);

    expect(
      found.flatMap(({ findings }) => findings.map(({ file, what }) => `${what}: ${file}`)).toSorted(),
    ).toEqual([
      'access key: tmp/notes',
      'by its name: home/.env',
      'by its name: home/.npmrc',
      'private key: home/key',
      'secret access key: tmp/notes',
      'token of a registry: home/.npmrc',
    ]);
  }, 60_000);

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

/** The paths of all layers of the images, unpacked from what `docker save` writes. */
async function saveLayers(images: readonly string[]): Promise<string[]> {
  const target = await mkdtemp(join(folder, 'images-'));
  await run('sh', ['-c', `docker save ${images.join(' ')} | tar -x -C ${target}`], { timeout: 60_000 });
  return listLayers(target);
}

/** Made here, so that nothing that looks for secrets finds them in this file. */
async function buildWithSecrets(): Promise<string> {
  const context = await mkdtemp(join(folder, 'planted-'));
  const accessKey = `aws_access_key_id=${'AKIA'}${'ABCDEFGH'.repeat(2)}\naws_secret_access_key=${'abcdefgh'.repeat(5)}`;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  await writeFile(join(context, 'notes'), accessKey);
  await writeFile(join(context, 'key'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  await writeFile(join(context, 'npmrc'), `//registry.example/:_authToken=${'abcdefgh'.repeat(4)}\n`);
  await writeFile(join(context, 'nothing'), '');
  await writeFile(
    join(context, 'Dockerfile'),
    'FROM scratch\nCOPY notes /tmp/notes\nCOPY nothing /tmp/notes\nCOPY key /home/key\nCOPY npmrc /home/.npmrc\nCOPY nothing /home/.env\n',
  );
  await docker('build', '--quiet', '--tag', PLANTED_IMAGE, context);
  return PLANTED_IMAGE;
}
