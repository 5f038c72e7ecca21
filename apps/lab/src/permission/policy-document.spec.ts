import { describe, expect, it } from '@jest/globals';
import { coversAction, fillPlaceholders, parsePolicyDocument } from './policy-document.js';

describe('parsePolicyDocument', () => {
  it('takes a single statement without its list', () => {
    const statement = { Effect: 'Allow', Action: '*', Resource: '*' };

    expect(parsePolicyDocument(JSON.stringify({ Statement: statement }))).toEqual({ Statement: [statement] });
  });

  it.each([
    ['{', 'the policy document is not JSON'],
    ['[]', 'the policy document has no Statement'],
    ['null', 'the policy document has no Statement'],
    ['{"Statement":[{"Action":"*"}]}', 'the policy document has a statement without an Effect'],
    ['{"Statement":["Allow"]}', 'the policy document has a statement without an Effect'],
  ])('refuses %s: %s', (text, message) => {
    expect(() => parsePolicyDocument(text)).toThrow(message);
  });
});

describe('fillPlaceholders', () => {
  it('fills in partition, region and account, and leaves variables of IAM alone', () => {
    const text = 'arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:${aws:username}';
    const account = { partition: 'aws-cn', region: 'cn-north-1', accountId: '123456789012' };

    expect(fillPlaceholders(text, account)).toBe('arn:aws-cn:sns:cn-north-1:123456789012:${aws:username}');
  });
});

describe('coversAction', () => {
  it.each([
    ['sns:Publish', true],
    ['SNS:PUBLISH', true],
    ['sns:*', true],
    ['*', true],
    ['s?s:P*h', true],
    ['sns:*Publish*', true],
    ['sns:PublishBatch', false],
    ['sns:Publis', false],
    ['sns:Publish?', false],
    ['sqs:*', false],
    ['', false],
  ])('%s covers sns:Publish: %s', (Action, expected) => {
    expect(coversAction({ Effect: 'Allow', Action }, 'sns:Publish')).toBe(expected);
  });

  it('takes NotAction for everything else', () => {
    expect(coversAction({ Effect: 'Allow', NotAction: ['iam:*'] }, 'sns:Publish')).toBe(true);
    expect(coversAction({ Effect: 'Allow', NotAction: ['sns:*'] }, 'sns:Publish')).toBe(false);
  });

  it('answers a hostile pattern at once', () => {
    const pattern = `${'*a'.repeat(2_000)}b`;

    expect(coversAction({ Effect: 'Allow', Action: pattern }, 'a'.repeat(5_000))).toBe(false);
  });
});
