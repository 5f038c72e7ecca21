import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { format, resolveConfig } from 'prettier';
import { planStack } from '../../libs/local-stack/src/index.js';
import { PROJECT_ROOT, readProjectFile } from '../src/project-files.ts';
import { COLLECTOR, NOTIFIER, SIGNUP_API } from '../src/settings.ts';
import { composeService, parseCompose } from '../src/ways/compose.ts';
import { DEFAULT_PORTS, makePublishedFiles } from '../src/ways/publish.ts';
import { containerOf, environmentOf, taskOf } from '../src/ways/template.ts';
import { findDifferences, findStaleReasons } from '../src/ways/three-ways.ts';
import type { Ways } from '../src/ways/three-ways.ts';
import { readTemplate, templateFile } from './synthesized.ts';

const { environments } = planStack(DEFAULT_PORTS, undefined);
const ways: Ways = {
  embedded: environments,
  compose: parseCompose(readProjectFile('docker/compose.yaml')),
  template: readTemplate('published'),
};

describe('embedded, compose and ECS', () => {
  it('have a reason for everything that is not the same, and no reason for what is', () => {
    const unexplained = findDifferences(ways).filter(({ why }) => why === '');

    expect(unexplained).toEqual([]);
    expect(findStaleReasons(ways)).toEqual([]);
  });

  it.each([SIGNUP_API, NOTIFIER])('listen on the same port: $name', ({ name, port }) => {
    const embedded = environments[name][name === 'notifier' ? 'NOTIFIER_PORT' : 'SIGNUP_API_PORT'];
    const published = composeService(ways.compose, name).ports.map((mapping) =>
      Number(mapping.split(':').at(-1)),
    );
    const ecs = containerOf(taskOf(ways.template, name), name).PortMappings?.map(
      ({ ContainerPort }) => ContainerPort,
    );

    expect([Number(embedded), published, ecs]).toEqual([port, [port], [port]]);
  });

  it('need no variable on ECS that the others do not have', () => {
    for (const { name } of [SIGNUP_API, NOTIFIER]) {
      const ecs = Object.keys(environmentOf(ways.template, containerOf(taskOf(ways.template, name), name)));
      const compose = Object.keys(composeService(ways.compose, name).environment);

      expect(ecs.filter((variable) => !compose.includes(variable))).toEqual([]);
    }
  });
});

describe('the collector of compose and the sidecar of ECS', () => {
  const ofCompose = composeService(ways.compose, COLLECTOR.container);
  const sidecars = [SIGNUP_API, NOTIFIER].map(({ name }) =>
    containerOf(taskOf(ways.template, name), COLLECTOR.container),
  );

  it('are the same image with the same tag, which is a version', () => {
    expect(ofCompose.image).toMatch(/:v\d+\.\d+\.\d+$/);
    for (const { Image } of sidecars) expect(Image).toBe(ofCompose.image);
  });

  it('read the same file', () => {
    const [mounted] = (ofCompose.volumes ?? []).filter((volume) => typeof volume === 'object');

    expect(mounted?.source).toBe(`../${COLLECTOR.configFile}`);
    for (const sidecar of sidecars) {
      expect(environmentOf(ways.template, sidecar)['AOT_CONFIG_CONTENT']).toBe(
        readProjectFile(COLLECTOR.configFile),
      );
    }
  });

  it('have the same memory, health check, user and file system', () => {
    for (const sidecar of sidecars) {
      expect(ofCompose.healthcheck.test).toEqual(sidecar.HealthCheck.Command);
      expect(ofCompose.deploy.resources.limits.memory).toBe(`${sidecar.Memory}M`);
      expect(ofCompose.environment['GOMEMLIMIT']).toBe(environmentOf(ways.template, sidecar)['GOMEMLIMIT']);
      expect([ofCompose.user, ofCompose.read_only]).toEqual([sidecar.User, sidecar.ReadonlyRootFilesystem]);
    }
  });
});

describe('what is made from the application and checked in', () => {
  const files = makePublishedFiles(templateFile('published'), environments);

  it.each(Object.keys(files))('%s is current; npm run deploy:template renews it', async (path) => {
    const file = `${PROJECT_ROOT}/${path}`;
    const made = await format(files[path] ?? '', { ...(await resolveConfig(file)), filepath: file });

    expect(readFileSync(file, 'utf8')).toBe(made);
  });

  it('shows every difference in docs/deploy.md', () => {
    const document = readProjectFile('docs/deploy.md');
    for (const { why } of findDifferences(ways)) expect(document).toContain(why);
  });
});
