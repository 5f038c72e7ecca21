import { randomUUID } from 'node:crypto';
import { XRayClient } from '@aws-sdk/client-xray';
import { LOCAL_REGION, startLocalStack } from '#local-stack';
import type { EnvironmentOverrides, LocalStack, ProcessName, StackPlan } from '#local-stack';

/** The whole lab on free ports, with everything in memory, for one test file. */
export interface TestStack extends LocalStack {
  xray: XRayClient;
  /** Every line that a process has written. */
  linesOf(name: ProcessName): readonly string[];
}

const ANY_PORTS = { signupApi: 0, notifier: 0, awsLocal: 0, xrayLocal: 0, xrayLocalOtlp: 0 };
/** The relay of a test looks often and waits little; the rules it follows are the same. */
const QUICK_RELAY = { RELAY_INTERVAL_MS: '300', RELAY_PENDING_AFTER_MS: '1000', RELAY_CLAIM_MS: '5000' };
const LOCAL_ADMINISTRATOR = { accessKeyId: 'test', secretAccessKey: 'test' };

/** Starts the built programs as `npm start` does. */
export async function startTestStack(
  overrides: (plan: StackPlan) => EnvironmentOverrides | Promise<EnvironmentOverrides> = () => ({}),
): Promise<TestStack> {
  const lines = new Map<ProcessName, string[]>();
  const stack = await startLocalStack({
    ports: ANY_PORTS,
    overrides: async (plan) => {
      const wanted = await overrides(plan);
      return { ...wanted, notifier: { ...QUICK_RELAY, ...wanted.notifier } };
    },
    onLine: (name, line) => lines.set(name, [...(lines.get(name) ?? []), line]),
  });
  const xray = new XRayClient({
    region: LOCAL_REGION,
    endpoint: stack.addresses.xrayLocal,
    credentials: LOCAL_ADMINISTRATOR,
  });
  return Object.assign(stack, { xray, linesOf: (name: ProcessName) => lines.get(name) ?? [] });
}

/** A sign-up nobody has made before. */
export function aSignup(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    name: 'Ada Lovelace',
    email: `ada-${randomUUID()}@example.com`,
    previewAccess: 'Yes',
    ...overrides,
  };
}

/** `POST /signup` as JSON. */
export async function postSignup(
  stack: LocalStack,
  signup: Record<string, unknown> = aSignup(),
): Promise<{ status: number; body: Record<string, unknown>; headers: Headers }> {
  const response = await fetch(`${stack.addresses.signupApi}/signup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(signup),
    signal: AbortSignal.timeout(15_000),
  });
  return {
    status: response.status,
    body: (await response.json()) as Record<string, unknown>,
    headers: response.headers,
  };
}

/** What `GET /signups/{id}` says of a sign-up. */
export async function signupStatus(stack: LocalStack, id: unknown): Promise<unknown> {
  const response = await fetch(`${stack.addresses.signupApi}/signups/${String(id)}`, {
    signal: AbortSignal.timeout(5_000),
  });
  return ((await response.json()) as Record<string, unknown>)['status'];
}
