import { createCredentials } from '#aws-clients';
import { credentialsReportSchema } from '#contracts';
import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../test/fakes/fake-clock.js';
import { hang } from '../../test/fakes/fake-signup.topic.js';
import { RoleCredentials } from '../aws/role-credentials.js';
import { CredentialsService } from './credentials.service.js';

const ARN = 'arn:aws:sts::000000000000:assumed-role/notifier/task';
const LIFE_MS = 120_000;

function setUp() {
  const clock = new FakeClock();
  const endpoint = { fetches: 0, failure: undefined as Error | undefined };
  const sts = { questions: 0, answer: async (_signal: AbortSignal): Promise<string> => ARN };
  const credentials = createCredentials(
    async () => {
      if (endpoint.failure) throw endpoint.failure;
      endpoint.fetches += 1;
      const identity = {
        accessKeyId: `ASIAKEY${endpoint.fetches}`,
        secretAccessKey: 'the-secret',
        sessionToken: 'the-token',
        expiration: new Date(clock.nowMs() + LIFE_MS),
      };
      return Object.assign(identity, { $source: { CREDENTIALS_HTTP: 'z' } });
    },
    () => clock.nowMs(),
  );
  const identity = {
    whoAmI: (signal: AbortSignal): Promise<string> => {
      sts.questions += 1;
      return sts.answer(signal);
    },
  };
  return {
    clock,
    endpoint,
    sts,
    service: new CredentialsService(new RoleCredentials(credentials), identity, clock),
  };
}

describe('CredentialsService', () => {
  it('tells source, role and times, and nothing secret', async () => {
    const { service } = setUp();

    const report = await service.report();

    expect(report).toEqual({
      source: 'container',
      role: ARN,
      expiresAt: '2026-01-01T12:02:00.000Z',
      lastRefreshedAt: '2026-01-01T12:00:00.000Z',
      state: 'valid',
      lastError: null,
    });
    expect(credentialsReportSchema.parse(report)).toEqual(report);
    expect(JSON.stringify(report)).not.toMatch(/ASIAKEY|the-secret|the-token/);
  });

  it('asks for the role once for each set of credentials', async () => {
    const { clock, endpoint, sts, service } = setUp();

    await service.report();
    await service.report();
    expect({ fetches: endpoint.fetches, questions: sts.questions }).toEqual({ fetches: 1, questions: 1 });

    await clock.advance(LIFE_MS);
    await service.report();
    expect({ fetches: endpoint.fetches, questions: sts.questions }).toEqual({ fetches: 2, questions: 2 });
  });

  it('reports missing credentials, and why, as an answer', async () => {
    const { endpoint, sts, service } = setUp();
    endpoint.failure = new Error('connect ECONNREFUSED 127.0.0.1:4566');

    expect(await service.report()).toEqual({
      source: 'unknown',
      role: null,
      expiresAt: null,
      lastRefreshedAt: null,
      state: 'missing',
      lastError: 'connect ECONNREFUSED 127.0.0.1:4566',
    });
    expect(sts.questions).toBe(0);
  });

  it('reports expired credentials that cannot be renewed', async () => {
    const { clock, endpoint, service } = setUp();
    await service.report();
    endpoint.failure = new Error('connect ECONNREFUSED');

    await clock.advance(LIFE_MS);

    expect(await service.report()).toMatchObject({
      state: 'expired',
      role: null,
      expiresAt: '2026-01-01T12:02:00.000Z',
      lastError: 'connect ECONNREFUSED',
    });
  });

  it('leaves the role open when STS refuses, and asks again next time', async () => {
    const { sts, service } = setUp();
    sts.answer = () => Promise.reject(new Error('AccessDenied'));
    expect(await service.report()).toMatchObject({ state: 'valid', role: null });

    sts.answer = async () => ARN;

    expect(await service.report()).toMatchObject({ role: ARN });
  });

  it('leaves the role open when STS takes more than a second', async () => {
    const { clock, sts, service } = setUp();
    sts.answer = async (signal) => {
      await hang(signal);
      return ARN;
    };

    const report = service.report();
    await clock.advance(1000);

    expect(await report).toMatchObject({ state: 'valid', role: null });
  });
});
