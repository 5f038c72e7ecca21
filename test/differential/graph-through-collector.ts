import { GetServiceGraphCommand } from '@aws-sdk/client-xray';
import type { Edge, Service } from '@aws-sdk/client-xray';
import { aSignup, freePorts, postSignup, startTestStack, waitFor } from '#testing';
import type { TestStack } from '#testing';
import { compareDocuments } from './compare-documents.js';
import { startCollector } from './collector.js';
import type { RunningCollector } from './collector.js';

/**
 * Makes the same sign-ups twice, once with the spans going straight to X-Ray Local and once with the real collector and
 * the configuration of compose and ECS in between, and compares the service graphs: nodes, types, edges and counts.
 */
export async function compareGraphs(
  program: string,
  configFile: string,
  write: (line: string) => void,
): Promise<{ passed: number; failed: number }> {
  const direct = await drawGraph(() => Promise.resolve(undefined));
  const through = await drawGraph((xrayUrl) => startConfiguredCollector(program, configFile, xrayUrl));
  const differences = compareDocuments([through], [direct]);
  for (const { path, exporter, ours } of differences) {
    write(`the graph differs at ${path}: through the collector ${exporter}, straight ${ours}`);
  }
  const nodes = (JSON.parse(direct) as Record<string, unknown>[]).length;
  write(
    `service graph of the lab straight and through the collector: ${nodes} nodes, ${differences.length} differences`,
  );
  return differences.length === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

interface ConfiguredCollector extends RunningCollector {
  otlpUrl: string;
}

/** Only ports are changed, and how long it waits for a batch to fill. */
async function startConfiguredCollector(
  program: string,
  configFile: string,
  xrayUrl: string,
): Promise<ConfiguredCollector> {
  const [http, grpc, health] = await freePorts(3);
  const collector = await startCollector({
    program,
    xrayUrl,
    configs: [
      configFile,
      `yaml:receivers::otlp::protocols::http::endpoint: 127.0.0.1:${http}`,
      `yaml:receivers::otlp::protocols::grpc::endpoint: 127.0.0.1:${grpc}`,
      `yaml:extensions::health_check::endpoint: 127.0.0.1:${health}`,
      'yaml:processors::batch::timeout: 100ms',
      'yaml:service::telemetry::metrics::level: none',
    ],
  });
  return { ...collector, otlpUrl: `http://127.0.0.1:${http}` };
}

const SIGNUPS = 3;
const PATIENCE = { timeoutMs: 30_000 };

async function drawGraph(
  startOnTheWay: (xrayUrl: string) => Promise<ConfiguredCollector | undefined>,
): Promise<string> {
  let collector: ConfiguredCollector | undefined;
  let stack: TestStack | undefined;
  try {
    stack = await startTestStack(async ({ addresses }) => {
      collector = await startOnTheWay(addresses.xrayLocal);
      if (collector === undefined) return {};
      const exporter = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.otlpUrl };
      return { 'signup-api': exporter, notifier: exporter };
    });
    return await useStack(stack);
  } finally {
    await stack?.stop();
    await collector?.stop();
  }
}

/** Three sign-ups, one of them twice, and a page that is not there. */
async function useStack(stack: TestStack): Promise<string> {
  const { awsLocal, signupApi } = stack.addresses;
  const signup = aSignup();
  await fetch(`${signupApi}/favicon.ico`, { signal: AbortSignal.timeout(5000) });
  for (let made = 1; made <= SIGNUPS; made++) {
    await postSignup(stack, made === 1 ? signup : aSignup());
    // One after the other, so that each has a delivery of its own. The notifier is called and consumes the message.
    await waitForCounts(stack, { notifier: made * 2 });
  }
  await postSignup(stack, signup);
  const services = await waitForCounts(stack, {
    'signup-api': SIGNUPS + 2,
    notifier: SIGNUPS * 2,
    SNS: SIGNUPS,
    signups: SIGNUPS * 2 + 1,
    [`${awsLocal}/000000000000/signups`]: SIGNUPS,
  });
  return toComparableText(services).replaceAll(awsLocal, 'http://aws-local');
}

/** @param counts of the calls of each node, which are there when nothing more is under way */
async function waitForCounts(stack: TestStack, counts: Readonly<Record<string, number>>): Promise<Service[]> {
  return waitFor(
    `the graph to count ${JSON.stringify(counts)}`,
    async () => {
      const services = await getGraph(stack);
      const hasCount = ([name, count]: [string, number]): boolean =>
        services.some(
          ({ Name, SummaryStatistics }) => Name === name && SummaryStatistics?.TotalCount === count,
        );
      return Object.entries(counts).every(hasCount) ? services : undefined;
    },
    PATIENCE,
  );
}

async function getGraph(stack: TestStack): Promise<Service[]> {
  const now = Date.now();
  const { Services } = await stack.xray.send(
    new GetServiceGraphCommand({ StartTime: new Date(now - 120_000), EndTime: new Date(now + 60_000) }),
  );
  return Services ?? [];
}

/** Everything but times, with references by name. */
function toComparableText(services: readonly Service[]): string {
  const nameOf = new Map(services.map(({ ReferenceId, Name, Type }) => [ReferenceId, `${Name} (${Type})`]));
  const toEdge = ({ ReferenceId, EdgeType, SummaryStatistics }: Edge): object => ({
    to: nameOf.get(ReferenceId),
    type: EdgeType,
    counts: toCounts(SummaryStatistics),
  });
  const nodes = services.map(({ ReferenceId, Root, State, AccountId, Names, Edges, SummaryStatistics }) => ({
    name: nameOf.get(ReferenceId) ?? '',
    names: Names,
    root: Root,
    state: State,
    account: AccountId,
    counts: toCounts(SummaryStatistics),
    edges: (Edges ?? []).map(toEdge).toSorted(byText),
  }));
  return JSON.stringify(nodes.toSorted(byText));
}

function toCounts(statistics: Service['SummaryStatistics']): object {
  const { OkCount, TotalCount, ErrorStatistics, FaultStatistics } = statistics ?? {};
  return { OkCount, TotalCount, ErrorStatistics, FaultStatistics };
}

function byText(a: object, b: object): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
