import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AccountSettings } from '../src/account-settings/account-settings.js';
import { ResourcePolicies } from '../src/account-settings/resource-policies.js';
import { TagRegistry } from '../src/account-settings/tag-registry.js';
import { MemorySettingsStore } from '../src/settings/settings.store.js';
import { callApi } from './api-caller.js';
import type { Answer } from './api-caller.js';
import { startForTest } from './start-for-test.js';
import type { XrayForTest } from './start-for-test.js';

const DEFAULT_RULE_ARN = 'arn:aws:xray:us-east-1:000000000000:sampling-rule/Default';

function policy(statement: object | object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statement });
}

const ALLOW = { Effect: 'Allow', Principal: { AWS: '*' }, Action: 'xray:*', Resource: '*' };

describe('the settings of the account', () => {
  let xray: XrayForTest;
  const call = (path: string, input: object = {}): Promise<Answer> => callApi(xray, path, input);

  beforeEach(async () => {
    xray = await startForTest();
  });
  afterEach(async () => {
    await xray.stop();
  });

  describe('resource policies', () => {
    const put = (PolicyName: string, more: object = {}): Promise<Answer> =>
      call('/PutResourcePolicy', { PolicyName, PolicyDocument: policy(ALLOW), ...more });

    it('count their revisions, and change at the right one alone', async () => {
      expect((await put('a', { PolicyRevisionId: '0' })).body).toMatchObject({
        ResourcePolicy: { PolicyRevisionId: '1' },
      });
      expect((await put('a')).body).toMatchObject({ ResourcePolicy: { PolicyRevisionId: '2' } });
      expect(await put('a', { PolicyRevisionId: '1' })).toMatchObject({
        status: 400,
        errorType: 'InvalidPolicyRevisionIdException',
        body: { Message: 'PolicyRevisionId: the policy is at 2, not at 1' },
      });
      const deletion = { PolicyName: 'a', PolicyRevisionId: '1' };
      expect((await call('/DeleteResourcePolicy', deletion)).errorType).toBe(
        'InvalidPolicyRevisionIdException',
      );
      expect((await call('/ListResourcePolicies')).body['ResourcePolicies']).toHaveLength(1);
    });

    it.each([
      ['{', 'it is not JSON'],
      ['[]', 'it must be a JSON object'],
      ['{}', 'Statement is missing'],
      [policy([]), 'Statement must not be empty'],
      [policy([ALLOW, 'x'] as object[]), 'Statement 2: it must be an object'],
      [policy({ ...ALLOW, Effect: 'Maybe' }), 'Statement 1: Effect must be Allow or Deny'],
      [policy({ ...ALLOW, Action: undefined }), 'Statement 1: Action is missing'],
      [policy({ ...ALLOW, Principal: undefined }), 'Statement 1: Principal is missing'],
    ])('refuse %s as malformed', async (PolicyDocument, reason) => {
      expect(await put('a', { PolicyDocument })).toMatchObject({
        status: 400,
        errorType: 'MalformedPolicyDocumentException',
        body: { Message: `PolicyDocument: ${reason}` },
      });
    });

    it('are at most five, of at most 5 KiB', async () => {
      const long = policy({ ...ALLOW, Sid: 'x'.repeat(5 * 1024) });
      expect((await put('a', { PolicyDocument: long })).errorType).toBe('PolicySizeLimitExceededException');
      for (const name of ['a', 'b', 'c', 'd', 'e']) expect((await put(name)).status).toBe(200);

      expect((await put('f')).errorType).toBe('PolicyCountLimitExceededException');
      expect((await put('e')).status).toBe(200);
    });

    it.each([
      ['*', 'xray:PutResourcePolicy', true],
      [{ AWS: ['*'] }, ['xray:GetGroups', 'XRAY:Put*'], true],
      [{ AWS: '*' }, '*', true],
      [{ AWS: '*' }, 'xray:Get*', false],
      [{ AWS: 'arn:aws:iam::000000000000:role/one' }, '*', false],
      [{ Service: '*' }, '*', false],
    ])('lock nobody out, unless asked to: %j denied %j', async (Principal, Action, isLockout) => {
      const PolicyDocument = policy({ Effect: 'Deny', Principal, Action, Resource: '*' });

      const answer = await put('a', { PolicyDocument });

      expect(answer.errorType).toBe(isLockout ? 'LockoutPreventionException' : null);
      expect((await put('a', { PolicyDocument, BypassPolicyLockoutCheck: true })).status).toBe(200);
    });
  });

  it('tags are added, replaced by key and taken away', async () => {
    const tag = (Key: string, Value: string): object => ({ Key, Value });
    const tagsOf = async (): Promise<unknown> =>
      (await call('/ListTagsForResource', { ResourceARN: DEFAULT_RULE_ARN })).body['Tags'];
    await call('/TagResource', { ResourceARN: DEFAULT_RULE_ARN, Tags: [tag('a', '1'), tag('b', '')] });
    await call('/TagResource', {
      ResourceARN: DEFAULT_RULE_ARN,
      Tags: [tag('a', '2'), tag('__proto__', '3')],
    });

    expect(await tagsOf()).toEqual([tag('a', '2'), tag('b', ''), tag('__proto__', '3')]);
    await call('/UntagResource', { ResourceARN: DEFAULT_RULE_ARN, TagKeys: ['b', 'none', '__proto__'] });
    expect(await tagsOf()).toEqual([tag('a', '2')]);
    const fifty = Array.from({ length: 50 }, (_, index) => tag(`k${index}`, ''));
    expect((await call('/TagResource', { ResourceARN: DEFAULT_RULE_ARN, Tags: fifty })).errorType).toBe(
      'TooManyTagsException',
    );
  });

  it('telemetry records are added up at GET /status', async () => {
    const BackendConnectionErrors = { TimeoutCount: 1, HTTPCode5XXCount: 2 };
    const record = { Timestamp: 1, SegmentsReceivedCount: 5, SegmentsSentCount: 4, SegmentsRejectedCount: 1 };
    await call('/TelemetryRecords', { TelemetryRecords: [record, { ...record, BackendConnectionErrors }] });

    const status = (await (await fetch(`${xray.url}/status`)).json()) as { telemetry: object };

    expect(status.telemetry).toEqual({
      records: 2,
      segmentsReceived: 10,
      segmentsSent: 8,
      segmentsSpilledOver: 0,
      segmentsRejected: 2,
      backendConnectionErrors: 3,
    });
  });

  it('encryption begins with none, and goes back to it', async () => {
    const config = async (): Promise<unknown> => (await call('/EncryptionConfig')).body['EncryptionConfig'];
    expect(await config()).toEqual({ Type: 'NONE', Status: 'ACTIVE' });
    await call('/PutEncryptionConfig', { Type: 'KMS', KeyId: 'k' });
    await call('/PutEncryptionConfig', { Type: 'NONE' });
    expect(await config()).toEqual({ Type: 'NONE', Status: 'ACTIVE' });
  });

  it('indexing and destination begin as in AWS, and say what holds here', async () => {
    expect((await call('/GetIndexingRules')).body['IndexingRules']).toEqual([
      {
        Name: 'Default',
        ModifiedAt: 0,
        Rule: { Probabilistic: { DesiredSamplingPercentage: 1, ActualSamplingPercentage: 100 } },
      },
    ]);
    expect((await call('/GetTraceSegmentDestination')).body).toEqual({
      Destination: 'XRay',
      Status: 'ACTIVE',
    });
    expect((await call('/UpdateTraceSegmentDestination', { Destination: 'XRay' })).body['Status']).toBe(
      'ACTIVE',
    );
    expect((await call('/UpdateTraceSegmentDestination')).body['Destination']).toBe('XRay');
  });

  it('survive a restart with a data folder', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'xray-local-'));
    const before = await startForTest({ dataDir });
    await callApi(before, '/CreateGroup', { GroupName: 'slow', FilterExpression: 'responsetime > 1' });
    await callApi(before, '/UpdateSamplingRule', {
      SamplingRuleUpdate: { RuleName: 'Default', FixedRate: 1 },
    });
    await before.stop();

    const after = await startForTest({ dataDir });
    const groups = await callApi(after, '/Groups');
    const rules = await callApi(after, '/GetSamplingRules');
    await after.stop();
    await rm(dataDir, { recursive: true });

    expect(groups.body['Groups']).toMatchObject([
      { GroupName: 'Default' },
      { FilterExpression: 'responsetime > 1' },
    ]);
    expect(rules.body['SamplingRuleRecords']).toMatchObject([{ SamplingRule: { FixedRate: 1 } }]);
  });

  it('are kept where settings are kept', () => {
    const settings = new MemorySettingsStore();
    const now = (): number => 5000;
    const account = new AccountSettings(settings, now);
    account.encryption = { Type: 'KMS', KeyId: 'k', Status: 'ACTIVE' };
    account.setIndexingPercentage(7);
    account.segmentDestination = 'CloudWatchLogs';
    new TagRegistry(settings).replace('arn:x', [{ Key: 'a', Value: '1' }]);
    new ResourcePolicies(settings, now).put('p', '{}');

    const again = new AccountSettings(settings, now);

    expect(again.encryption.KeyId).toBe('k');
    expect(again.indexingRule).toMatchObject({
      ModifiedAt: 5,
      Rule: { Probabilistic: { DesiredSamplingPercentage: 7 } },
    });
    expect(again.segmentDestination).toBe('CloudWatchLogs');
    expect(new TagRegistry(settings).of('arn:x')).toEqual([{ Key: 'a', Value: '1' }]);
    expect(new ResourcePolicies(settings, now).byName('p')).toMatchObject({ LastUpdatedTime: 5 });
  });
});
