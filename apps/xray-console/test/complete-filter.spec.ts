import { describe, expect, it } from '@jest/globals';
import { parseFilterExpression } from '#xray-model';
import { completeFilter } from '../src/trace-list/complete-filter.js';
import { collectKnownValues } from '../src/trace-list/known-values.js';
import { node, summary } from './summaries.js';

const KNOWN = collectKnownValues([
  summary('a', {
    Http: { HttpURL: 'http://shop/cart', HttpStatus: 409, HttpMethod: 'POST' },
    Users: [{ UserName: 'ada "the first"', ServiceIds: [] }],
    ServiceIds: [node('signup-api', 'AWS::ECS::Fargate'), node('signups', 'AWS::DynamoDB::Table')],
    Annotations: {
      tier: [{ AnnotationValue: { StringValue: 'gold' }, ServiceIds: [] }],
      'user.age': [{ AnnotationValue: { NumberValue: 36 }, ServiceIds: [] }],
    },
  }),
]);

/** What is suggested where the text has a bar. */
function suggestAt(text: string): string[] {
  const caret = text.indexOf('|');
  return completeFilter(text.replace('|', ''), caret, KNOWN).suggestions.map(({ insert }) => insert);
}

describe('completeFilter', () => {
  it('begins with keywords, nodes, edges and the annotations that were seen', () => {
    expect(suggestAt('|')).toEqual(expect.arrayContaining(['ok', 'error', 'fault', 'responsetime']));
    expect(suggestAt('|')).toEqual(
      expect.arrayContaining(['service("")', 'edge("", "")', 'annotation.tier']),
    );
    expect(suggestAt('ser|')[0]).toBe('service("")');
    expect(suggestAt('anno|')).toEqual(['annotation.tier', 'annotation[user.age]']);
  });

  it('puts what begins with the typed letters before what only holds them', () => {
    expect(suggestAt('us|').slice(0, 2)).toEqual(['user', 'http.status']);
  });

  it.each([
    ['http.status |', ['=', '!=', '<', '<=', '>', '>=']],
    ['http.status = |', ['409']],
    ['http.url CONTAINS |', ['"http://shop/cart"']],
    ['http.url CONTAINS "ca|', ['"http://shop/cart"']],
    ['http.method = |', ['"POST"']],
    ['user = |', [String.raw`"ada \"the first\""`]],
    ['annotation.tier = |', ['"gold"']],
    ['annotation[user.age] > |', ['36']],
    ['service(|', ['"signup-api"', '"signups"', 'id(name: "")']],
    ['service(id(|', ['name: ', 'type: ', 'account.id: ']],
    ['service(id(name: |', ['"signup-api"', '"signups"']],
    ['service(id(name: "signups", type: |', ['"AWS::DynamoDB::Table"', '"AWS::ECS::Fargate"']],
    ['edge("signup-api", |', ['"signup-api"', '"signups"', 'id(name: "")']],
    ['fault |', ['AND', 'OR']],
    ['service("signups") { fault |', ['AND', 'OR', '}']],
    ['(fault |', ['AND', 'OR', ')']],
  ])('suggests after %s', (text, expected) => {
    expect(suggestAt(text)).toEqual(expected);
  });

  it('offers in braces only what has a meaning there', () => {
    const inside = suggestAt('service("signups") { r|');
    expect(inside).toEqual(expect.arrayContaining(['responsetime', 'root']));
    expect(inside).not.toContain('service("")');
    expect(suggestAt('annot|')).not.toEqual([]);
    expect(suggestAt('service("signups") { annot|')).toEqual([]);
  });

  it('replaces the word or the string in which the caret stands', () => {
    expect(completeFilter('http.url = "http://x" AND fault', 15, KNOWN)).toMatchObject({ from: 11, to: 21 });
    expect(completeFilter('faul AND ok', 4, KNOWN)).toMatchObject({ from: 0, to: 4 });
  });

  it('does not suggest what stands there already', () => {
    expect(suggestAt('fault|')).toEqual([]);
  });

  it('makes expressions that the parser takes', () => {
    expect(() => parseFilterExpression('service("signups") AND annotation[user.age] > 36')).not.toThrow();
    expect(() => parseFilterExpression(String.raw`user = "ada \"the first\""`)).not.toThrow();
  });
});
