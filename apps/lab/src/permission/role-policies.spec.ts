import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chooseRole, loadRolePolicies, policiesDirectoryOf, readTemplate } from './role-policies.js';

const ACCOUNT = { partition: 'aws', region: 'us-east-1', accountId: '000000000000' };

function aRole(role: string, ...actions: string[]): { role: string; text: string } {
  const Statement = [{ Effect: 'Allow', Action: actions, Resource: 'arn:${AWS::Partition}:x' }];
  return { role, text: JSON.stringify({ Version: '2012-10-17', Statement }) };
}

const roles = [
  aRole('notifier', 'sns:Publish', 'sqs:ReceiveMessage'),
  aRole('signup-api', 'dynamodb:PutItem', 'sqs:ReceiveMessage'),
];

describe('loadRolePolicies', () => {
  let directory = '';

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'lab-policies-'));
  });

  afterEach(async () => {
    await rm(directory, { recursive: true });
  });

  it('names each role as its file', async () => {
    await writeFile(join(directory, 'notifier.json'), '{}');
    await writeFile(join(directory, 'README.md'), '');

    expect(await loadRolePolicies(directory)).toEqual([{ role: 'notifier', text: '{}' }]);
  });

  it('says where it looked', async () => {
    await expect(loadRolePolicies(join(directory, 'none'))).rejects.toThrow(join(directory, 'none'));
  });

  it('finds the policies of the project, each with its actions named', async () => {
    const policies = await loadRolePolicies(policiesDirectoryOf(import.meta.dirname));

    expect(chooseRole(policies, 'sns:Publish').role).toBe('notifier');
    expect(chooseRole(policies, 'dynamodb:PutItem').role).toBe('signup-api');
  });
});

describe('policiesDirectoryOf', () => {
  it('is the same for the sources and for what is built of them', () => {
    const source = join('/project', 'apps', 'lab', 'src', 'permission');
    const built = join('/project', 'dist', 'apps', 'lab', 'src', 'permission');

    expect(policiesDirectoryOf(source)).toBe(join('/project', 'deploy', 'policies'));
    expect(policiesDirectoryOf(built)).toBe(policiesDirectoryOf(source));
  });
});

describe('chooseRole', () => {
  it('takes the one role that has the action', () => {
    expect(chooseRole(roles, 'SNS:publish').role).toBe('notifier');
  });

  it('takes the named one of several', () => {
    expect(chooseRole(roles, 'sqs:ReceiveMessage', 'signup-api').role).toBe('signup-api');
  });

  it.each([
    [
      'sqs:ReceiveMessage',
      undefined,
      'notifier and signup-api both have sqs:ReceiveMessage; choose with --role',
    ],
    ['s3:GetObject', undefined, 'no service role has s3:GetObject'],
    ['sns:Publish', 'signup-api', 'the role signup-api never had sns:Publish'],
    ['sns:Publish', 'nobody', 'there is no role nobody; the service roles are notifier, signup-api'],
  ])('says about %s of %s: %s', (action, role, message) => {
    expect(() => chooseRole(roles, action, role)).toThrow(message);
  });
});

describe('readTemplate', () => {
  it('fills in the account', () => {
    expect(readTemplate(roles[0]!, ACCOUNT).Statement[0]?.['Resource']).toBe('arn:aws:x');
  });

  it('names the file that is no policy', () => {
    expect(() => readTemplate({ role: 'notifier', text: '{}' }, ACCOUNT)).toThrow(
      'deploy/policies/notifier.json: ',
    );
  });
});
