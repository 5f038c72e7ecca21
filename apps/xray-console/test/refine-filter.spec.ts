import { describe, expect, it } from '@jest/globals';
import { parseFilterExpression } from '#xray-model';
import { facetRefinements, outcomeRefinements } from '../src/trace-list/facets.js';
import { addCondition, hasCondition, removeCondition } from '../src/trace-list/refine-filter.js';
import { node, summary } from './summaries.js';

describe('refining a filter', () => {
  it('joins conditions with AND, and keeps an OR together', () => {
    expect(addCondition('', 'fault')).toBe('fault');
    expect(addCondition('error', 'fault')).toBe('error AND fault');
    expect(addCondition('ok OR error', 'user = "ada"')).toBe('(ok OR error) AND user = "ada"');
    expect(addCondition('service("a") { ok OR error }', 'fault')).toBe(
      'service("a") { ok OR error } AND fault',
    );
  });

  it('adds nothing twice, however it is spaced', () => {
    expect(addCondition('http.status=409', 'http.status = 409')).toBe('http.status=409');
    expect(hasCondition('a = "x AND y" AND fault', 'fault')).toBe(true);
  });

  it('takes out again what it has put in', () => {
    const added = addCondition('ok OR error', 'http.url = "http://a/b AND c"');
    expect(removeCondition(added, 'http.url = "http://a/b AND c"')).toBe('(ok OR error)');
    expect(removeCondition('fault', 'fault')).toBe('');
    expect(removeCondition('fault AND error AND ok', 'error')).toBe('fault AND ok');
  });

  it('does not see a condition inside an OR, where it need not hold', () => {
    expect(hasCondition('fault OR error', 'fault')).toBe(false);
  });
});

describe('the refinements of the loaded traces', () => {
  const traces = [
    summary('a', {
      HasFault: true,
      Http: { HttpURL: 'http://a/', HttpStatus: 500 },
      ServiceIds: [node('signup-api', 'client'), node('signup-api', 'AWS::ECS::Fargate'), node('mail "x"')],
      Users: [{ UserName: 'ada', ServiceIds: [] }],
      Annotations: { 'shop.id': [{ AnnotationValue: { NumberValue: 4 }, ServiceIds: [] }] },
    }),
    summary('b', {
      HasError: true,
      HasThrottle: true,
      Http: { HttpURL: 'http://a/', HttpStatus: 429 },
      ServiceIds: [node('signup-api', 'AWS::ECS::Fargate'), node('signup-api', 'AWS::Lambda')],
    }),
  ];

  it('count what went wrong', () => {
    expect(outcomeRefinements(traces).map(({ condition, count }) => [condition, count])).toEqual([
      ['fault', 1],
      ['error', 1],
      ['throttle', 1],
    ]);
  });

  it('count the values of a facet, the most frequent first, and leave clients out', () => {
    expect(facetRefinements('node', traces)).toEqual([
      {
        label: 'signup-api (AWS::ECS::Fargate)',
        condition: 'service(id(name: "signup-api", type: "AWS::ECS::Fargate"))',
        count: 2,
      },
      { label: 'mail "x"', condition: String.raw`service(id(name: "mail \"x\""))`, count: 1 },
      {
        label: 'signup-api (AWS::Lambda)',
        condition: 'service(id(name: "signup-api", type: "AWS::Lambda"))',
        count: 1,
      },
    ]);
    expect(facetRefinements('url', traces)).toEqual([
      { label: 'http://a/', condition: 'http.url = "http://a/"', count: 2 },
    ]);
  });

  it('are conditions that the parser takes', () => {
    const facets = ['node', 'url', 'status', 'user', 'annotation'] as const;
    const conditions = facets.flatMap((facet) =>
      facetRefinements(facet, traces).map(({ condition }) => condition),
    );
    expect(conditions).toHaveLength(8);
    for (const condition of conditions) expect(() => parseFilterExpression(condition)).not.toThrow();
  });
});
