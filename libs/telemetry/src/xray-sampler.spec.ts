import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { ROOT_CONTEXT, SpanKind } from '@opentelemetry/api';
import { SamplingDecision } from '@opentelemetry/sdk-trace';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { createXraySampler, parseSamplerArgument } from './xray-sampler.js';
import type { XraySampler } from './xray-sampler.js';

const TRACE_ID = '6553f10a4bf92f3577b34da6a3ce929d';

const servers: http.Server[] = [];
const samplers: XraySampler[] = [];

afterEach(() => {
  jest.useRealTimers();
  for (const sampler of samplers.splice(0)) sampler.stop();
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function listen(handler: http.RequestListener): Promise<string> {
  const server = http.createServer(handler);
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function rule(change: object): object {
  const SamplingRule = {
    RuleName: 'all',
    Priority: 1,
    FixedRate: 1,
    ReservoirSize: 0,
    ServiceName: '*',
    ServiceType: '*',
    Host: '*',
    HTTPMethod: '*',
    URLPath: '*',
    ResourceARN: '*',
    Version: 1,
    Attributes: {},
    ...change,
  };
  return { SamplingRule };
}

/** Starts a sampler that has fetched the rules. */
async function samplerWith(...rules: object[]): Promise<XraySampler> {
  let answered: () => void;
  const hasAnswered = new Promise<void>((resolve) => (answered = resolve));
  const endpoint = await listen((_request, response) => {
    response.end(JSON.stringify({ SamplingRuleRecords: rules }), () => answered());
  });
  const sampler = createXraySampler({
    argument: `endpoint=${endpoint}`,
    serviceName: 'orders',
    warn: () => undefined,
  });
  samplers.push(sampler);
  await hasAnswered;
  // The client reads the answer in turns of its own.
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  return sampler;
}

function isSampled({ sampler }: XraySampler, attributes: Record<string, string> = {}): boolean {
  const { decision } = sampler.shouldSample(ROOT_CONTEXT, TRACE_ID, 'GET', SpanKind.SERVER, attributes, []);
  return decision === SamplingDecision.RECORD_AND_SAMPLED;
}

describe('the argument of the xray sampler', () => {
  it.each([
    [undefined, 'http://localhost:2000', 300],
    ['endpoint=http://xray:2000', 'http://xray:2000', 300],
    ['endpoint=http://xray:2000/,polling_interval=60', 'http://xray:2000', 60],
    [' polling_interval = 10 , endpoint = https://xray ', 'https://xray', 10],
  ])('%s', (argument, endpoint, pollingIntervalSec) => {
    expect(parseSamplerArgument(argument)).toEqual({ endpoint, pollingIntervalSec });
  });

  it.each(['endpoint=xray:2000', 'endpoint', 'polling_interval=5', 'polling_interval=x', 'rate=1'])(
    '%s is told and ignored',
    (argument) => {
      const warn = jest.fn();

      expect(parseSamplerArgument(argument, warn)).toEqual(parseSamplerArgument());
      expect(warn).toHaveBeenCalledWith(expect.stringMatching(/OTEL_TRACES_SAMPLER_ARG/), {
        part: argument,
        expected: expect.any(String),
      });
    },
  );
});

describe('the xray sampler', () => {
  it('decides by the first rule that matches the request', async () => {
    const sampler = await samplerWith(
      rule({ RuleName: 'none', URLPath: '/health*', FixedRate: 0 }),
      rule({ Priority: 2 }),
    );

    expect(isSampled(sampler, { 'url.path': '/health/live' })).toBe(false);
    expect(isSampled(sampler, { 'url.path': '/signup' })).toBe(true);
  });

  it('knows the service by its name and by what the detectors find, sooner or later', async () => {
    const sampler = await samplerWith(
      rule({ ServiceName: 'orders', ServiceType: 'AWS::ECS::Container' }),
      rule({ RuleName: 'Default', Priority: 10_000, FixedRate: 0 }),
    );
    expect(isSampled(sampler)).toBe(false);

    const detected = {
      attributes: { 'cloud.platform': Promise.resolve('aws_ecs'), 'host.id': Promise.reject() },
    };
    const observed = sampler.observe({ detect: () => detected as never });
    expect(observed.detect({} as never)).toBe(detected);
    await Promise.allSettled(Object.values(detected.attributes));

    expect(isSampled(sampler)).toBe(true);
  });

  it('samples one request a second while its endpoint is dead, and says so once', async () => {
    const endpoint = await listen(() => undefined);
    servers.pop()!.close();
    const warn = jest.fn();
    const hasWarned = new Promise<void>((resolve) => warn.mockImplementation(() => resolve()));

    const sampler = createXraySampler({ argument: `endpoint=${endpoint}`, serviceName: 'orders', warn });
    samplers.push(sampler);
    await hasWarned;
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'], now: Date.now() + 1001 });

    // Beyond the first of a second, it goes by the trace id: this one is not among the lowest 5 %.
    expect([isSampled(sampler), isSampled(sampler)]).toEqual([true, false]);
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn).toHaveBeenCalledWith(expect.stringMatching(/cannot be fetched/), {
      endpoint,
      error: expect.stringMatching(/ECONNREFUSED/),
    });
  });

  it('gives up on an endpoint that does not answer', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    let asked: () => void;
    const isAsked = new Promise<void>((resolve) => (asked = resolve));
    const endpoint = await listen(() => asked());
    const warn = jest.fn();
    const hasWarned = new Promise<void>((resolve) => warn.mockImplementation(() => resolve()));

    samplers.push(createXraySampler({ argument: `endpoint=${endpoint}`, serviceName: 'orders', warn }));
    await isAsked;
    jest.advanceTimersByTime(5_000);
    await hasWarned;

    expect(warn).toHaveBeenCalledWith(expect.any(String), { endpoint, error: 'no answer within 5000 ms' });
  });

  it('asks for nothing more once it is stopped', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick', 'queueMicrotask'] });
    let requests = 0;
    let asked: () => void;
    const isAsked = new Promise<void>((resolve) => (asked = resolve));
    const endpoint = await listen((_request, response) => {
      requests += 1;
      response.end('{}', () => asked());
    });
    const sampler = createXraySampler({
      argument: `endpoint=${endpoint}`,
      serviceName: 'orders',
      warn: () => undefined,
    });
    await isAsked;

    sampler.stop();
    jest.advanceTimersByTime(600_000);
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));

    expect(requests).toBe(1);
  });
});
