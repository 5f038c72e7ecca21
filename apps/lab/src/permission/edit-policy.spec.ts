import { describe, expect, it } from '@jest/globals';
import { grantAction, readPermission, revokeAction, WildcardError } from './edit-policy.js';
import type { PolicyDocument, PolicyStatement } from './policy-document.js';

const ACTION = 'sns:Publish';
const TOPIC = 'arn:aws:sns:us-east-1:000000000000:signups';

const publish: PolicyStatement = { Sid: 'AnnounceSignup', Effect: 'Allow', Action: ACTION, Resource: TOPIC };
const consume: PolicyStatement = {
  Sid: 'Consume',
  Effect: 'Allow',
  Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage'],
  Resource: 'arn:aws:sqs:us-east-1:000000000000:signups',
};

function aPolicy(...Statement: PolicyStatement[]): PolicyDocument {
  return { Version: '2012-10-17', Statement };
}

const template = aPolicy(publish, consume);

describe('revokeAction', () => {
  it('removes a statement that has no other action, and keeps every other', () => {
    expect(revokeAction(template, ACTION)).toEqual({
      document: aPolicy(consume),
      changes: ['removed statement "AnnounceSignup"'],
    });
  });

  it('takes the action out of a list, in any case, and leaves the rest of it', () => {
    const both = { ...publish, Action: ['SNS:publish', 'sns:Subscribe'] };

    expect(revokeAction(aPolicy(both), ACTION)).toEqual({
      document: aPolicy({ ...both, Action: ['sns:Subscribe'] }),
      changes: ['removed sns:Publish from statement "AnnounceSignup"'],
    });
  });

  it('leaves no document when nothing else was in it', () => {
    const { Sid: _, ...unnamed } = publish;

    expect(revokeAction(aPolicy(unnamed), ACTION)).toEqual({ changes: ['removed statement 1'] });
  });

  it('does nothing the second time', () => {
    const document = aPolicy(consume);

    expect(revokeAction(document, ACTION)).toEqual({ document, changes: [] });
  });

  it('does not touch a Deny', () => {
    const document = aPolicy({ ...publish, Effect: 'Deny' }, consume);

    expect(revokeAction(document, ACTION)).toEqual({ document, changes: [] });
  });

  it.each([
    [{ ...publish, Action: 'sns:*' }, 'sns:*'],
    [{ ...publish, Action: '*' }, '*'],
    [{ ...publish, Action: ['sns:Publish', 'sns:Pub?ish'] }, 'sns:Publish, sns:Pub?ish'],
    [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }, 'NotAction'],
  ])('does not pretend to take it out of a pattern: %j', (statement, scope) => {
    const revoke = (): unknown => revokeAction(aPolicy(consume, statement), ACTION);

    expect(revoke).toThrow(WildcardError);
    expect(revoke).toThrow(`allows sns:Publish through ${scope}`);
  });
});

describe('grantAction', () => {
  it('puts back what revoke took, to the letter', () => {
    const combined = aPolicy(
      { ...publish, Action: ['sns:GetTopicAttributes', ACTION, 'sns:Subscribe'] },
      consume,
    );
    for (const original of [template, combined]) {
      const revoked = revokeAction(original, ACTION).document;
      const granted = grantAction(revoked, original, ACTION).document;

      expect(new Set(granted?.Statement)).toEqual(new Set(original.Statement));
    }
  });

  it('adds the action to the statement that has lost it, in the order of the template', () => {
    const wanted = aPolicy({ ...publish, Action: ['sns:GetTopicAttributes', ACTION] });
    const live = aPolicy({ ...publish, Action: 'sns:GetTopicAttributes' });

    expect(grantAction(live, wanted, 'sns:publish')).toEqual({
      document: wanted,
      changes: ['added sns:publish to statement "AnnounceSignup"'],
    });
  });

  it('adds a statement of its own where the live one allows something else', () => {
    const elsewhere = {
      ...publish,
      Action: 'sns:Subscribe',
      Resource: 'arn:aws:sns:us-east-1:000000000000:other',
    };
    const { Sid: _, ...unnamed } = publish;

    expect(grantAction(aPolicy(elsewhere), template, ACTION)).toEqual({
      document: aPolicy(elsewhere, unnamed),
      changes: ['added statement 2'],
    });
  });

  it('adds no more of a list than the action that was asked for', () => {
    const wanted = aPolicy({ ...publish, Action: ['sns:GetTopicAttributes', ACTION] });

    expect(grantAction(aPolicy(consume), wanted, ACTION).document?.Statement[1]).toEqual({
      ...publish,
      Action: [ACTION],
    });
  });

  it('makes a policy where there was none, with the version of the template', () => {
    expect(grantAction(undefined, template, ACTION)).toEqual({
      document: aPolicy(publish),
      changes: ['added statement "AnnounceSignup"'],
    });
  });

  it('keeps everything else that somebody put into the live policy', () => {
    const foreign = { Sid: 'Foreign', Effect: 'Deny', Action: 's3:*', Resource: '*' };
    const live = { ...aPolicy(foreign), Id: 'ours' };

    expect(grantAction(live, template, ACTION).document).toEqual({
      ...aPolicy(foreign, publish),
      Id: 'ours',
    });
  });

  it.each([
    [publish],
    [{ Effect: 'Allow', Action: 'sns:*', Resource: '*' }],
    [{ Effect: 'Allow', Action: ['SNS:PUBLISH'], Resource: TOPIC }],
  ])('does nothing where as much is allowed already: %j', (statement) => {
    const live = aPolicy(statement);

    expect(grantAction(live, template, ACTION)).toEqual({ document: live, changes: [] });
  });

  it('does not take a conditional permission for the whole', () => {
    const live = aPolicy({ ...publish, Condition: { Bool: { 'aws:SecureTransport': 'true' } } });

    expect(grantAction(live, template, ACTION).changes).toHaveLength(1);
  });

  it('leaves its inputs as they were', () => {
    const live = aPolicy({ ...publish, Action: ['sns:Subscribe'] });
    const before = structuredClone([live, template]);

    grantAction(live, template, ACTION);
    revokeAction(template, ACTION);

    expect([live, template]).toEqual(before);
  });
});

describe('readPermission', () => {
  it.each([
    [template, { state: 'granted', statements: ['statement "AnnounceSignup"'] }],
    [aPolicy(consume), { state: 'revoked', statements: [] }],
    [undefined, { state: 'revoked', statements: [] }],
    [
      aPolicy(publish, { Effect: 'Deny', Action: 'sns:*', Resource: '*' }),
      { state: 'denied', statements: ['statement 2'] },
    ],
    [
      aPolicy(publish, { Effect: 'Allow', Action: '*', Resource: '*' }),
      { state: 'granted', statements: ['statement "AnnounceSignup"', 'statement 2'] },
    ],
  ])('reads %j', (document, expected) => {
    expect(readPermission(document, ACTION)).toEqual(expected);
  });
});
