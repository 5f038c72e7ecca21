import { XRayClient } from '@aws-sdk/client-xray';
import { LOCAL_REGION, PORT_VARIABLES } from '#local-stack';
import type { Ports } from '#local-stack';
import { waitFor, type TestStack } from '#testing';
import { compose } from './docker.js';

export const SERVICES = ['signup-api', 'notifier', 'collector', 'aws-local', 'xray-local'] as const;
export type Service = (typeof SERVICES)[number];

const LOCAL_ADMINISTRATOR = { accessKeyId: 'test', secretAccessKey: 'test' };
const READY_LIMIT = { timeoutMs: 40_000 };
const REQUEST_TIMEOUT_MS = 2_000;

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

/** Asks the service itself, since the engine looks every two seconds only. */
export async function waitReady(
  service: Exclude<Service, 'collector'>,
  { addresses }: ContainerStack,
): Promise<void> {
  const url = {
    'signup-api': `${addresses.signupApi}/health/ready`,
    notifier: `${addresses.notifier}/health/ready`,
    'aws-local': `${addresses.awsLocal}/health`,
    'xray-local': `${addresses.xrayLocal}/health`,
  }[service];
  const ask = async (): Promise<boolean> =>
    (await fetch(url, { signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) })).ok;
  await waitFor(`${service} to be ready`, ask, READY_LIMIT);
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
