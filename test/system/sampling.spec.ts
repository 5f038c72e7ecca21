import {
  BatchGetTracesCommand,
  CreateSamplingRuleCommand,
  GetSamplingStatisticSummariesCommand,
  GetServiceGraphCommand,
  UpdateSamplingRuleCommand,
} from '@aws-sdk/client-xray';
import type { Trace } from '@aws-sdk/client-xray';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { postSignup, startTestStack, waitFor, type TestStack } from '#testing';

/** Two reports of a client: after the first one it knows that there are other rules. */
const RULES_DEADLINE = { timeoutMs: 30_000 };
const NOWHERE = 'http://127.0.0.1:1';

describe('services with OTEL_TRACES_SAMPLER=xray', () => {
  let stack: TestStack;
  const samplerAt = (endpoint: string): Record<string, string> => ({
    OTEL_TRACES_SAMPLER: 'xray',
    OTEL_TRACES_SAMPLER_ARG: `endpoint=${endpoint},polling_interval=10`,
  });

  beforeAll(async () => {
    stack = await startTestStack(({ addresses }) => ({
      'signup-api': samplerAt(addresses.xrayLocal),
      notifier: samplerAt(NOWHERE),
    }));
    await stack.xray.send(
      new UpdateSamplingRuleCommand({ SamplingRuleUpdate: { RuleName: 'Default', FixedRate: 1 } }),
    );
    await stack.xray.send(
      new CreateSamplingRuleCommand({
        SamplingRule: {
          RuleName: 'no-icons',
          Priority: 1,
          FixedRate: 0,
          ReservoirSize: 0,
          ServiceName: 'signup-api',
          ServiceType: 'AWS::ECS::*',
          HTTPMethod: 'GET',
          URLPath: '/favicon.*',
          Host: '*',
          ResourceARN: '*',
          Version: 1,
        },
      }),
    );
  }, 30_000);
  afterAll(() => stack?.stop());

  /** What the answer's header says: the trace's id, and whether it is sampled. */
  async function get(path: string): Promise<{ traceId: string; isSampled: boolean }> {
    const { headers } = await fetch(stack.addresses.signupApi + path, { signal: AbortSignal.timeout(5_000) });
    return parseHeader(headers);
  }

  function parseHeader(headers: Headers): { traceId: string; isSampled: boolean } {
    const [, traceId = '', sampled] =
      /Root=([^;]+);Sampled=([01])/.exec(headers.get('x-amzn-trace-id') ?? '') ?? [];
    return { traceId, isSampled: sampled === '1' };
  }

  async function findTrace(traceId: string): Promise<Trace | undefined> {
    const { Traces } = await stack.xray.send(new BatchGetTracesCommand({ TraceIds: [traceId] }));
    return Traces?.[0];
  }

  it('obey the rules, pass their decisions on, and do not mind an endpoint that is dead', async () => {
    await waitFor(
      'the rules to be in force',
      async () => {
        for (let count = 0; count < 5; count += 1) if (!(await get('/')).isSampled) return false;
        return !(await get('/favicon.ico')).isSampled;
      },
      RULES_DEADLINE,
    );

    const icons = await Promise.all(Array.from({ length: 10 }, () => get('/favicon.ico')));
    const pages = await Promise.all(Array.from({ length: 10 }, () => get('/')));
    const { status, headers } = await postSignup(stack);

    expect(icons.map(({ isSampled }) => isSampled)).not.toContain(true);
    expect(pages.map(({ isSampled }) => isSampled)).not.toContain(false);
    expect(status).toBe(201);
    // The notifier has no rules of its own, and would sample one in twenty: its segment is there by its caller's word.
    await waitFor('the sign-up’s trace with the notifier in it', async () => {
      const trace = await findTrace(parseHeader(headers).traceId);
      return trace?.Segments?.some(({ Document }) => Document?.includes('"name":"notifier","id"')) === true;
    });
    for (const { traceId } of icons) expect(await findTrace(traceId)).toBeUndefined();
    expect(
      stack.linesOf('notifier').filter((line) => line.includes('sampling rules cannot be fetched')),
    ).toHaveLength(1);
  }, 60_000);

  it('tell X-Ray what they counted, without a trace of telling it', async () => {
    await waitFor(
      'the counts',
      async () => {
        const { SamplingStatisticSummaries = [] } = await stack.xray.send(
          new GetSamplingStatisticSummariesCommand({}),
        );
        const icons = SamplingStatisticSummaries.filter(({ RuleName }) => RuleName === 'no-icons');
        const sum = icons.reduce((count, { RequestCount = 0 }) => count + RequestCount, 0);
        return sum >= 10 && icons.every(({ SampledCount }) => SampledCount === 0);
      },
      RULES_DEADLINE,
    );

    const { Services = [] } = await stack.xray.send(
      new GetServiceGraphCommand({ StartTime: new Date(Date.now() - 600_000), EndTime: new Date() }),
    );
    const names = new Set(Services.map(({ Name }) => Name));
    expect(names).toContain('notifier');
    expect(names).not.toContain('127.0.0.1');
  }, 60_000);
});
