import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  BatchGetTracesCommand,
  CreateSamplingRuleCommand,
  GetSamplingStatisticSummariesCommand,
  type SamplingRule,
} from '@aws-sdk/client-xray';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { findProjectRoot } from '#local-stack';
import { postSignup, runLab, signupStatus, waitFor, type TestStack } from '#testing';
import { asTestStack, connectToContainers, waitReady } from '../setup/container-stack.js';
import { composeTasks, docker } from '../setup/docker.js';

const TASKS = ['signup-api', 'notifier'] as const;
const PATIENCE = { timeoutMs: 30_000 };
const NANO = 1e9;
const MEBIBYTE = 1024 ** 2;

interface Container {
  Id: string;
  State: { Health: { Status: string } };
  Config: { Env: string[]; User: string };
  HostConfig: { NetworkMode: string; Memory: number; NanoCpus: number; ReadonlyRootfs: boolean };
}

interface Template {
  Resources: Record<string, { Type: string; Properties: { SamplingRule: SamplingRule } }>;
}

let stack: TestStack;
beforeAll(async () => {
  stack = asTestStack(connectToContainers());
  await composeTasks('down', '--volumes', '--remove-orphans');
  const up = ['up', '--detach', '--no-build'];
  await composeTasks(...up, 'aws-local', 'xray-local');
  await waitReady('xray-local', stack);
  await createSamplingRules();
  await composeTasks(...up);
  await Promise.all(TASKS.map((name) => waitReady(name, stack)));
}, 240_000);
afterAll(async () => {
  const logFolder = process.env['CONTAINER_TEST_LOGS'];
  if (logFolder !== undefined)
    await writeFile(join(logFolder, 'task-definitions.log'), await composeTasks('logs', '--timestamps'));
  await composeTasks('down', '--volumes', '--remove-orphans');
}, 60_000);

describe('the task definitions of ECS, run as containers', () => {
  it('take a sign-up, announce it, and draw the map', async () => {
    const { status, body } = await postSignup(stack);
    expect(status).toBe(201);
    await waitFor(
      'the announcement',
      async () => (await signupStatus(stack, body['id'])) === 'notified',
      PATIENCE,
    );

    await waitFor(
      'the map',
      async () => {
        const { Services } = JSON.parse((await runLab(stack, 'map', '--json')).stdout) as {
          Services: { Name: string; Type: string }[];
        };
        const nodes = new Set(Services.map(({ Name, Type }) => `${Type} ${Name}`));
        return [
          'client signup-api',
          'AWS::ECS::Fargate signup-api',
          'AWS::ECS::Fargate notifier',
          'AWS::DynamoDB::Table signups',
          'AWS::SNS SNS',
          'AWS::SQS::Queue http://aws-local:4566/000000000000/signups',
        ].every((node) => nodes.has(node));
      },
      PATIENCE,
    );
    const { Traces } = await stack.xray.send(
      new BatchGetTracesCommand({ TraceIds: [String(body['traceId'])] }),
    );
    const text = (Traces?.[0]?.Segments ?? []).map(({ Document }) => Document ?? '').join('\n');
    // What the sidecar adds by its own detector, from the metadata of the task that it shares with the service.
    expect(text).toContain('aws.ecs.task.id');
  }, 60_000);

  it('sample by the rules of the stack, which the sidecar asks X-Ray for in their name', async () => {
    const counts = await waitFor(
      'both services to tell what they counted by their rules',
      async () => {
        const { SamplingStatisticSummaries = [] } = await stack.xray.send(
          new GetSamplingStatisticSummariesCommand({}),
        );
        const byRules = TASKS.map((name) =>
          SamplingStatisticSummaries.filter(({ RuleName }) => RuleName === `signup-lab-${name}`),
        );
        return byRules.every((summaries) => summaries.length > 0) ? byRules.flat() : undefined;
      },
      PATIENCE,
    );

    for (const { RequestCount, SampledCount } of counts) expect(SampledCount).toBe(RequestCount);
  }, 60_000);

  it.each(TASKS)(
    'are healthy, %s with its own sidecar on its localhost, within the limits of the task',
    async (name) => {
      // ECS, and so the engine here, asks every ten seconds.
      const [service, sidecar] = await waitFor(
        'both to be found healthy',
        async () => {
          const both = await Promise.all([inspect(name), inspect(`${name}-collector`)]);
          return both.every(({ State }) => State.Health.Status === 'healthy') && both;
        },
        PATIENCE,
      );

      expect(sidecar.HostConfig.NetworkMode).toBe(`container:${service.Id}`);
      expect(service.Config.Env).toContain('OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318');
      expect([service, sidecar].map(({ HostConfig }) => HostConfig)).toEqual([
        expect.objectContaining({ Memory: 384 * MEBIBYTE, NanoCpus: 0.25 * NANO, ReadonlyRootfs: true }),
        expect.objectContaining({ Memory: 128 * MEBIBYTE, NanoCpus: 0.25 * NANO, ReadonlyRootfs: true }),
      ]);
      expect([service, sidecar].map(({ Config }) => Config.User)).toEqual(['node', '4317:4317']);
    },
    60_000,
  );
});

/** The rules of the published template, as CloudFormation would make them. */
async function createSamplingRules(): Promise<void> {
  const text = readFileSync(join(findProjectRoot(), 'deploy', 'template.yaml'), 'utf8');
  const rules = Object.values((parse(text) as Template).Resources).filter(
    ({ Type }) => Type === 'AWS::XRay::SamplingRule',
  );
  expect(rules).toHaveLength(TASKS.length);
  for (const { Properties } of rules) await stack.xray.send(new CreateSamplingRuleCommand(Properties));
}

async function inspect(service: string): Promise<Container> {
  const id = (await composeTasks('ps', '--quiet', service)).trim();
  return (JSON.parse(await docker('inspect', id)) as [Container])[0];
}
