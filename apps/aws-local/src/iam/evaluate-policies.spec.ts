import { describe, expect, it } from '@jest/globals';
import { evaluatePolicies, type PolicyDecision } from './evaluate-policies.js';
import { parsePolicyDocument } from './parse-policy-document.js';

const TOPIC = 'arn:aws:sns:us-east-1:000000000000:signups';

interface Asked {
  action?: string;
  resource?: string;
  conditionKeys?: Record<string, string>;
}

function decide(statements: Record<string, unknown>[], asked: Asked = {}): PolicyDecision {
  const parsed = parsePolicyDocument(JSON.stringify({ Version: '2012-10-17', Statement: statements }));
  return evaluatePolicies(parsed, {
    action: 'sns:Publish',
    resource: TOPIC,
    conditionKeys: {},
    ...asked,
  });
}

function allow(members: Record<string, unknown> = {}): Record<string, unknown> {
  return { Effect: 'Allow', Action: 'sns:Publish', Resource: TOPIC, ...members };
}

describe('evaluatePolicies', () => {
  it('denies what nothing allows', () => {
    expect(evaluatePolicies([], { action: 'sns:Publish', resource: TOPIC, conditionKeys: {} })).toBe(
      'implicit-deny',
    );
    expect(decide([allow()], { action: 'sns:Subscribe' })).toBe('implicit-deny');
  });

  it('lets an explicit deny win over any allow, in either order', () => {
    const deny = { Effect: 'Deny', Action: '*', Resource: '*' };

    expect(decide([allow(), deny])).toBe('explicit-deny');
    expect(decide([deny, allow()])).toBe('explicit-deny');
  });

  it.each([
    ['sns:publish', 'allow'],
    ['SNS:PUBLISH', 'allow'],
    ['sns:Pub*', 'allow'],
    ['sns:?ublish', 'allow'],
    ['sns:PublishBatch', 'implicit-deny'],
    ['*', 'allow'],
    [['sqs:SendMessage', 'sns:Publish'], 'allow'],
  ])('compares the action %j without regard to case: %s', (action, expected) => {
    expect(decide([allow({ Action: action })])).toBe(expected);
  });

  it.each([
    ['arn:aws:sns:*:*:signups', 'allow'],
    ['arn:aws:sns:us-east-1:000000000000:sign*', 'allow'],
    ['arn:aws:sns:us-east-1:000000000000:Signups', 'implicit-deny'],
    ['arn:aws:sns:us-east-1:000000000000:signup', 'implicit-deny'],
    [[TOPIC, 'arn:aws:sns:us-east-1:000000000000:other'], 'allow'],
  ])('compares the resource %j with regard to case: %s', (resource, expected) => {
    expect(decide([allow({ Resource: resource })])).toBe(expected);
  });

  it('takes NotAction and NotResource for everything else', () => {
    const notAction = { Effect: 'Allow', NotAction: 'sns:Delete*', Resource: '*' };
    const notResource = { Effect: 'Allow', Action: '*', NotResource: [TOPIC] };

    expect(decide([notAction])).toBe('allow');
    expect(decide([notAction], { action: 'sns:DeleteTopic' })).toBe('implicit-deny');
    expect(decide([notResource])).toBe('implicit-deny');
    expect(decide([notResource], { resource: 'arn:aws:sns:us-east-1:000000000000:other' })).toBe('allow');
  });
});

describe('a condition', () => {
  const conditionKeys = {
    'sns:Protocol': 'sqs',
    'aws:PrincipalArn': 'arn:aws:iam::000000000000:role/notifier',
    'aws:SecureTransport': 'true',
  };

  it.each([
    [{ StringEquals: { 'sns:Protocol': 'sqs' } }, 'allow'],
    [{ StringEquals: { 'SNS:protocol': ['email', 'sqs'] } }, 'allow'],
    [{ StringEquals: { 'sns:Protocol': 'SQS' } }, 'implicit-deny'],
    [{ StringEqualsIgnoreCase: { 'sns:Protocol': 'SQS' } }, 'allow'],
    [{ StringNotEquals: { 'sns:Protocol': ['email', 'sqs'] } }, 'implicit-deny'],
    [{ StringLike: { 'sns:Protocol': 's?*' } }, 'allow'],
    [{ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/note*' } }, 'implicit-deny'],
    [{ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/noti*' } }, 'allow'],
    [{ ArnEquals: { 'aws:PrincipalArn': 'arn:aws:iam::000000000000:role/notifier' } }, 'allow'],
    [{ ArnNotEquals: { 'aws:PrincipalArn': 'arn:aws:iam::000000000000:role/notifier' } }, 'implicit-deny'],
    [{ Bool: { 'aws:SecureTransport': true } }, 'allow'],
    [{ Bool: { 'aws:SecureTransport': 'False' } }, 'implicit-deny'],
    [{ StringEquals: { 'aws:SourceVpc': 'vpc-1' } }, 'implicit-deny'],
    [{ StringEqualsIfExists: { 'aws:SourceVpc': 'vpc-1' } }, 'allow'],
    [{ StringNotEquals: { 'aws:SourceVpc': 'vpc-1' } }, 'allow'],
    [{ StringEqualsIfExists: { 'sns:Protocol': 'email' } }, 'implicit-deny'],
    [{ StringEquals: { 'sns:Protocol': 'sqs' }, Bool: { 'aws:SecureTransport': 'false' } }, 'implicit-deny'],
  ])('%j gives %s', (condition, expected) => {
    expect(decide([allow({ Condition: condition })], { conditionKeys })).toBe(expected);
  });
});
