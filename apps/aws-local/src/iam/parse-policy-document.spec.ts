import { describe, expect, it } from '@jest/globals';
import { parsePolicyDocument } from './parse-policy-document.js';

const STATEMENT = { Effect: 'Allow', Action: 'sns:Publish', Resource: '*' };

function parse(statement: unknown): () => unknown {
  return () => parsePolicyDocument(JSON.stringify({ Version: '2012-10-17', Statement: statement }));
}

describe('parsePolicyDocument', () => {
  it('takes one statement or a list, with or without names', () => {
    expect(parse(STATEMENT)()).toHaveLength(1);
    expect(parse([STATEMENT, { ...STATEMENT, Sid: 'Second' }])()).toHaveLength(2);
  });

  it.each([
    ['no JSON', '{'],
    ['no object', '[]'],
    ['no statement', '{"Version":"2012-10-17"}'],
    ['an empty list', '{"Version":"2012-10-17","Statement":[]}'],
    ['an unknown version', '{"Version":"2020-01-01","Statement":[]}'],
    ['an unknown member', '{"Version":"2012-10-17","Statment":[]}'],
  ])('refuses %s as a syntax error', (_, text) => {
    expect(() => parsePolicyDocument(text)).toThrow('Syntax errors in policy.');
  });

  it.each([
    [{ ...STATEMENT, Effect: 'allow' }, 'Syntax errors in policy.'],
    [{ ...STATEMENT, Actions: 'sns:*' }, 'Syntax errors in policy.'],
    [{ ...STATEMENT, NotAction: 'sns:*' }, 'Syntax errors in policy.'],
    [{ ...STATEMENT, Action: 7 }, 'Syntax errors in policy.'],
    [{ ...STATEMENT, Action: [] }, 'Policy statement must contain actions.'],
    [{ Effect: 'Allow', Action: 'sns:*' }, 'Policy statement must contain resources.'],
    [{ ...STATEMENT, Action: 'Publish' }, /must be prefaced by a vendor/],
    [{ ...STATEMENT, Resource: 'signups' }, 'Resource signups must be in ARN format or "*".'],
    [{ ...STATEMENT, Principal: '*' }, 'Policy document should not specify a principal.'],
    [{ ...STATEMENT, Sid: 'not alphanumeric' }, /must be alpha-numeric/],
    [
      [
        { ...STATEMENT, Sid: 'A' },
        { ...STATEMENT, Sid: 'A' },
      ],
      /must be unique/,
    ],
    [{ ...STATEMENT, Condition: { StringEquals: 'x' } }, 'Syntax errors in policy.'],
    [{ ...STATEMENT, Condition: { StringEquals: { Protocol: 'x' } } }, /must be prefaced by a vendor/],
  ])('refuses the statement %j', (statement, message) => {
    expect(parse(statement)).toThrow(message);
  });

  it.each([
    [{ ...STATEMENT, Condition: { DateLessThan: { 'aws:CurrentTime': '2030-01-01' } } }, /DateLessThan/],
    [
      { ...STATEMENT, Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': 'a' } } },
      /ForAllValues/,
    ],
    [{ ...STATEMENT, Resource: 'arn:aws:sns:*:*:${aws:username}' }, /policy variable/],
  ])('refuses what it would not evaluate as AWS does: %j', (statement, message) => {
    expect(parse(statement)).toThrow(message);
  });
});
