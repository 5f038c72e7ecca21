import { describe, expect, it } from '@jest/globals';
import { LabError } from '../command-line/lab-errors.js';
import { resolveClientSettings, resolveSignupApiUrl } from './aws-target.js';
import { callAws } from './call-aws.js';
import { toWireJson } from './to-wire-json.js';

const LOCAL = { isAws: false };

describe('resolveClientSettings', () => {
  it('finds the laptop by the default ports, as its administrator', () => {
    expect(resolveClientSettings('SNS', {}, LOCAL)).toMatchObject({
      region: 'us-east-1',
      endpoint: 'http://127.0.0.1:4566',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    });
    expect(resolveClientSettings('X-Ray', {}, LOCAL).endpoint).toBe('http://127.0.0.1:2000');
    expect(resolveSignupApiUrl({})).toBe('http://127.0.0.1:3000');
  });

  it.each([
    [{ AWS_LOCAL_PORT: '4600' }, 'http://127.0.0.1:4600'],
    [{ AWS_LOCAL_HOST: 'aws-local', AWS_LOCAL_PORT: '4600' }, 'http://aws-local:4600'],
    [{ AWS_LOCAL_HOST: '0.0.0.0' }, 'http://127.0.0.1:4566'],
    [{ AWS_LOCAL_HOST: '::1' }, 'http://[::1]:4566'],
    [{ AWS_ENDPOINT_URL: 'http://a:1', AWS_LOCAL_PORT: '4600' }, 'http://a:1'],
    [{ AWS_ENDPOINT_URL: 'http://a:1', AWS_ENDPOINT_URL_SNS: 'http://b:2' }, 'http://b:2'],
    [{ AWS_ENDPOINT_URL: '' }, 'http://127.0.0.1:4566'],
  ])('finds SNS with %j at %s', (env, endpoint) => {
    expect(resolveClientSettings('SNS', env, LOCAL).endpoint).toBe(endpoint);
  });

  it.each([
    [{ XRAY_LOCAL_PORT: '2100', AWS_ENDPOINT_URL: 'http://a:1' }, 'http://127.0.0.1:2100'],
    [{ XRAY_LOCAL_PORT: '2100', AWS_ENDPOINT_URL_XRAY: 'http://x:3' }, 'http://x:3'],
  ])('finds X-Ray with %j at %s', (env, endpoint) => {
    expect(resolveClientSettings('X-Ray', env, LOCAL).endpoint).toBe(endpoint);
  });

  it("takes the environment's access key where there is one", () => {
    const key = {
      AWS_ACCESS_KEY_ID: 'AKIA',
      AWS_SECRET_ACCESS_KEY: 's',
      AWS_SESSION_TOKEN: 't',
      AWS_REGION: 'eu-west-1',
    };

    expect(resolveClientSettings('SNS', key, LOCAL)).toMatchObject({
      region: 'eu-west-1',
      credentials: { accessKeyId: 'AKIA', secretAccessKey: 's', sessionToken: 't' },
    });
  });

  it('leaves everything to the SDK in AWS, but for the time limits', () => {
    const settings = resolveClientSettings('SNS', { AWS_LOCAL_PORT: '4600' }, { isAws: true });

    expect(Object.keys(settings).toSorted()).toEqual(['maxAttempts', 'requestHandler']);
  });
});

describe('callAws', () => {
  const local = resolveClientSettings('SNS', {}, LOCAL);
  const fail = (error: Error, settings = local): Promise<never> =>
    callAws('SNS', settings, Promise.reject(error));
  const anError = (name: string, message: string, fields: object = {}): Error => {
    return Object.assign(new Error(message), { name }, fields);
  };

  it('answers what the call answers', async () => {
    await expect(callAws('SNS', local, Promise.resolve(1))).resolves.toBe(1);
  });

  it.each([
    anError('Error', 'connect ECONNREFUSED', { code: 'ECONNREFUSED' }),
    anError('TimeoutError', 'too late'),
    new AggregateError([anError('Error', '', { code: 'ECONNREFUSED' })]),
    new TypeError('fetch failed', { cause: anError('Error', '', { code: 'ENOTFOUND' }) }),
  ])('says what is not running, and how to start it: %s', async (error) => {
    await expect(fail(error)).rejects.toEqual(
      new LabError('aws-local (SNS) is not running at http://127.0.0.1:4566; start the lab with: npm start'),
    );
    await expect(fail(error, resolveClientSettings('SNS', {}, { isAws: true }))).rejects.toThrow(
      'SNS in AWS does not answer',
    );
  });

  it("names the access key of the environment when it is not the laptop's", async () => {
    const error = anError('InvalidClientTokenId', 'no such key', { $metadata: {} });
    const foreign = resolveClientSettings('SNS', { AWS_ACCESS_KEY_ID: 'AKIA' }, LOCAL);

    await expect(fail(error, foreign)).rejects.toThrow('unset it to be the administrator of the laptop');
    await expect(fail(error)).rejects.toThrow(/answered InvalidClientTokenId: no such key$/);
    await expect(fail(error, resolveClientSettings('SNS', {}, { isAws: true }))).rejects.toThrow(
      'SNS does not accept your AWS credentials: no such key',
    );
  });

  it('passes on what AWS answered, and lets a mistake of the lab through', async () => {
    await expect(fail(anError('NotFoundException', 'no topic', { $metadata: {} }))).rejects.toEqual(
      new LabError('SNS answered NotFoundException: no topic'),
    );
    await expect(fail(new RangeError('oops'))).rejects.toThrow(RangeError);
  });
});

describe('toWireJson', () => {
  it('writes times as X-Ray does, in seconds', () => {
    const answer = {
      StartTime: new Date(1_700_000_000_500),
      Services: [{ EndTime: new Date(1_700_000_001_000) }],
    };

    expect(JSON.parse(toWireJson(answer))).toEqual({
      StartTime: 1_700_000_000.5,
      Services: [{ EndTime: 1_700_000_001 }],
    });
  });
});
