import { execFile } from 'node:child_process';
import { XRayClient } from '@aws-sdk/client-xray';
import { findProjectRoot, LOCAL_REGION, PORT_VARIABLES } from '#local-stack';
import type { Ports } from '#local-stack';
import type { TestStack } from '#testing';

export const SERVICES = ['signup-api', 'notifier', 'collector', 'aws-local', 'xray-local'] as const;
export type Service = (typeof SERVICES)[number];

const COMMAND_TIMEOUT_MS = 120_000;
const LOCAL_ADMINISTRATOR = { accessKeyId: 'test', secretAccessKey: 'test' };

/** What the helpers for the embedded stack need, for the containers that `npm run test:containers` has started. */
export type ContainerStack = Pick<TestStack, 'addresses' | 'ports' | 'xray'>;

export function connectToContainers(): ContainerStack {
  const ports = Object.fromEntries(
    Object.entries(PORT_VARIABLES).map(([name, { variable, defaultPort }]) => [
      name,
      Number(process.env[variable] ?? defaultPort),
    ]),
  ) as Ports;
  const at = (port: number): string => `http://127.0.0.1:${port}`;
  const addresses = {
    signupApi: at(ports.signupApi),
    notifier: at(ports.notifier),
    awsLocal: at(ports.awsLocal),
    xrayLocal: at(ports.xrayLocal),
    otlp: at(ports.xrayLocalOtlp),
  };
  const xray = new XRayClient({
    region: LOCAL_REGION,
    endpoint: addresses.xrayLocal,
    credentials: LOCAL_ADMINISTRATOR,
  });
  return { addresses, ports, xray };
}

/** The helpers ask for a whole stack and use its addresses and ports. */
export function asTestStack(stack: ContainerStack): TestStack {
  return stack as TestStack;
}

/** Runs `docker compose …` for the stack under test. */
export function compose(...args: string[]): Promise<string> {
  return docker('compose', '--ansi=never', '-f', 'docker/compose.yaml', ...args);
}

/** Runs `docker compose …` for the same services as the task definitions of ECS have them. */
export function composeTasks(...args: string[]): Promise<string> {
  return compose('-f', 'deploy/compose.task.yaml', ...args);
}

/** Runs `docker …` and gives its standard output. */
export function docker(...args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(
      'docker',
      args,
      { cwd: findProjectRoot(), timeout: COMMAND_TIMEOUT_MS, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else reject(new Error(`docker ${args.join(' ')} failed: ${stderr}`, { cause: error }));
      },
    );
  });
}

/** Waits until Docker says that a service is healthy, as `up --wait` does. */
export async function waitHealthy(service: Service): Promise<void> {
  await compose('up', '--detach', '--no-recreate', '--no-deps', '--wait', '--wait-timeout', '40', service);
}

/** The id of the container of each service. */
export async function containerIds(): Promise<Map<Service, string>> {
  const ids = await Promise.all(
    SERVICES.map(
      async (service) => [service, (await compose('ps', '--all', '--quiet', service)).trim()] as const,
    ),
  );
  return new Map(ids);
}
