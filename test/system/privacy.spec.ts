import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  aSignup,
  postSignup,
  runLab,
  signupStatus,
  startOtlpSink,
  startTestStack,
  waitFor,
  type OtlpSink,
  type TestStack,
} from '#testing';

let sink: OtlpSink;
let stack: TestStack;
let secrets: string[];

beforeAll(async () => {
  sink = await startOtlpSink();
  stack = await startTestStack(({ environments }) => {
    const { signupApi, notifier } = {
      signupApi: environments['signup-api'],
      notifier: environments.notifier,
    };
    secrets = [signupApi, notifier].flatMap((environment) => [
      String(environment['AWS_CONTAINER_CREDENTIALS_FULL_URI']).split('/').at(-1) ?? '',
      String(environment['AWS_CONTAINER_AUTHORIZATION_TOKEN']),
    ]);
    const toSink = { OTEL_EXPORTER_OTLP_ENDPOINT: sink.url };
    return { 'signup-api': toSink, notifier: toSink };
  });
}, 30_000);
afterAll(async () => {
  await stack?.stop();
  await sink?.close();
});

describe('what leaves in telemetry', () => {
  it('holds no e-mail address, name, credentials id, access key or token', async () => {
    const person = {
      name: 'Zbigniew Unmistakable',
      email: 'zbigniew.unmistakable@example.org',
      theme: 'Umbrageous',
    };
    const { body } = await postSignup(stack, aSignup(person));
    await waitFor('the announcement', async () => (await signupStatus(stack, body['id'])) === 'notified');
    await postSignup(stack, aSignup(person));
    await postSignup(stack, aSignup({ ...person, name: '' }));
    await fetch(`${stack.addresses.signupApi}/?email=${person.email}`);
    await fetch(`${stack.addresses.signupApi}/people/${encodeURIComponent(person.email)}`);
    await fetch(`${stack.addresses.notifier}/credentials`);
    await runLab(stack, 'permission', 'revoke', 'sns:Publish');
    await postSignup(stack, aSignup({ ...person, email: `2${person.email}` }));
    const isExported = (): boolean => sink.bytes().includes('AuthorizationError');
    await waitFor('the refused Publish to be exported', isExported);
    await stack.stop();

    const bytes = sink.bytes();
    // The search itself works: what must be there is found.
    for (const expected of ['POST /signup', 'ecs-credentials-endpoint', 'signups', 'AuthorizationError']) {
      expect(bytes.includes(expected)).toBe(true);
    }
    const text = bytes.toString('latin1');
    const forbidden = [...Object.values(person), ...secrets, 'unmistakable', '%40example', '@example'];
    for (const secret of forbidden) {
      expect(secret.length).toBeGreaterThan(5);
      expect(text.toLowerCase()).not.toContain(secret.toLowerCase());
    }
    // Temporary access key ids begin so.
    expect(text).not.toMatch(/ASIA[A-Z0-9]{12}/);
    expect(text).not.toMatch(/AWS4-HMAC|X-Amz-Security-Token/i);
  }, 60_000);
});
