import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FilterExpression } from './filter-expression.js';
import { FilterSyntaxError } from './filter-syntax-error.js';
import { MAX_FILTER_CHARS, parseFilterExpression } from './parse-filter-expression.js';

const fault: FilterExpression = { kind: 'boolean', keyword: 'fault', value: true };
const error: FilterExpression = { kind: 'boolean', keyword: 'error', value: true };
const ok: FilterExpression = { kind: 'boolean', keyword: 'ok', value: true };

function syntaxErrorOf(text: string): FilterSyntaxError {
  try {
    parseFilterExpression(text);
  } catch (cause) {
    if (cause instanceof FilterSyntaxError) return cause;
    throw cause;
  }
  throw new Error(`${text} was accepted`);
}

describe('simple keywords', () => {
  it('reads a boolean keyword bare, negated and compared', () => {
    expect(parseFilterExpression('ok')).toEqual(ok);
    expect(parseFilterExpression('!ok')).toEqual({ kind: 'not', operand: ok });
    expect(parseFilterExpression('ok = false')).toEqual({ ...ok, value: false });
    expect(parseFilterExpression('ok != false')).toEqual(ok);
    expect(parseFilterExpression('ok = "true"')).toEqual(ok);
  });

  it.each(['=', '!=', '<', '<=', '>', '>='])('compares a number keyword with %s', (operator) => {
    const expected = { kind: 'number', keyword: 'duration', operator, value: 0.25 };
    expect(parseFilterExpression(`duration ${operator} 0.25`)).toEqual(expected);
    expect(parseFilterExpression(`duration${operator}.25`)).toEqual(expected);
  });

  it.each(['=', '!=', 'CONTAINS', 'BEGINSWITH', 'ENDSWITH'])(
    'compares a string keyword with %s',
    (operator) => {
      expect(parseFilterExpression(`http.url ${operator} "/a b/"`)).toEqual({
        kind: 'string',
        keyword: 'http.url',
        test: { operator, value: '/a b/' },
      });
    },
  );

  it('asks with a bare string keyword whether it is set', () => {
    const expected = { kind: 'string', keyword: 'user', test: { operator: 'isSet' } };
    expect(parseFilterExpression('user')).toEqual(expected);
  });

  it('reads keywords and operators in any case, and keeps the case of values', () => {
    expect(parseFilterExpression('HTTP.Url contains "/API/" and responseTime > 2')).toEqual(
      parseFilterExpression('http.url CONTAINS "/API/" AND responsetime > 2'),
    );
    expect(parseFilterExpression('HTTP.METHOD = "Get"')).toMatchObject({ test: { value: 'Get' } });
  });

  it('reads an escaped quote and an escaped backslash, and keeps any other backslash', () => {
    expect(parseFilterExpression(String.raw`user = "a\"b\\c\d"`)).toMatchObject({
      test: { value: String.raw`a"b\c\d` },
    });
  });

  it('tolerates a single word without quotes, an IP address among them', () => {
    expect(parseFilterExpression('user = alice')).toMatchObject({ test: { value: 'alice' } });
    expect(parseFilterExpression('http.clientip = 10.0.0.1 ok')).toMatchObject({
      operands: [{ test: { value: '10.0.0.1' } }, ok],
    });
  });
});

describe('boolean operators', () => {
  it('binds AND tighter than OR', () => {
    expect(parseFilterExpression('ok OR error AND fault')).toEqual({
      kind: 'or',
      operands: [ok, { kind: 'and', operands: [error, fault] }],
    });
  });

  it('joins expressions that stand side by side with AND', () => {
    expect(parseFilterExpression('(ok OR error) !partial duration <3')).toEqual({
      kind: 'and',
      operands: [
        { kind: 'or', operands: [ok, error] },
        { kind: 'not', operand: { kind: 'boolean', keyword: 'partial', value: true } },
        { kind: 'number', keyword: 'duration', operator: '<', value: 3 },
      ],
    });
  });

  it('negates only what follows directly', () => {
    expect(parseFilterExpression('!ok error')).toEqual({
      kind: 'and',
      operands: [{ kind: 'not', operand: ok }, error],
    });
    expect(parseFilterExpression('!(ok error)')).toEqual({
      kind: 'not',
      operand: { kind: 'and', operands: [ok, error] },
    });
  });
});

describe('annotations', () => {
  it('reads the dot form and the bracket form', () => {
    const expected = { kind: 'annotation', key: 'plan', test: { operator: '=', value: 'pro' } };
    expect(parseFilterExpression('annotation.plan = "pro"')).toEqual(expected);
    expect(parseFilterExpression('Annotation[plan] = "pro"')).toEqual(expected);
    expect(parseFilterExpression('annotation[ "plan" ] = "pro"')).toEqual(expected);
  });

  it('allows any character but the bracket between brackets', () => {
    expect(parseFilterExpression('annotation[user.plan-v2:x]')).toMatchObject({ key: 'user.plan-v2:x' });
  });

  it('takes the operator of the type of the value', () => {
    expect(parseFilterExpression('annotation.age')).toMatchObject({ test: { operator: 'isSet' } });
    expect(parseFilterExpression('annotation.age > -2')).toMatchObject({
      test: { operator: '>', value: -2 },
    });
    expect(parseFilterExpression('annotation.on != true')).toMatchObject({
      test: { operator: '!=', value: true },
    });
    expect(parseFilterExpression('annotation.on = "true"')).toMatchObject({ test: { value: 'true' } });
    expect(parseFilterExpression('annotation.a BEGINSWITH "b"')).toMatchObject({
      test: { operator: 'BEGINSWITH', value: 'b' },
    });
  });
});

describe('service, edge and id', () => {
  it('reads a service by name, by id and without anything', () => {
    const named = { kind: 'service', selector: { name: 'a' } };
    expect(parseFilterExpression('service("a")')).toEqual(named);
    expect(parseFilterExpression('service(id(name: "a"))')).toEqual(named);
    expect(parseFilterExpression('service()')).toEqual({ kind: 'service', selector: {} });
    expect(parseFilterExpression('service("a") { fault }')).toEqual({ ...named, filter: fault });
    expect(parseFilterExpression('service(id)')).toEqual({ kind: 'service', selector: { name: 'id' } });
  });

  it('reads every field of id() in any order', () => {
    const text = 'service(id(account.id: "1", type: "AWS::SNS", name: "SNS")) { fault OR error }';
    expect(parseFilterExpression(text)).toEqual({
      kind: 'service',
      selector: { name: 'SNS', type: 'AWS::SNS', accountId: '1' },
      filter: { kind: 'or', operands: [fault, error] },
    });
  });

  it('reads an edge between two selectors', () => {
    expect(parseFilterExpression('edge("a", id(type: "AWS::SNS")) { fault }')).toEqual({
      kind: 'edge',
      source: { name: 'a' },
      destination: { type: 'AWS::SNS' },
      filter: fault,
    });
  });

  it('reads a bare id() as the service it selects, as entity selectors have it', () => {
    expect(parseFilterExpression('id(name: "a")')).toEqual(parseFilterExpression('service(id(name: "a"))'));
  });
});

describe('groups and root causes', () => {
  it('reads a group by name and by ARN', () => {
    expect(parseFilterExpression('group.name = "slow" AND ok')).toEqual({
      kind: 'and',
      operands: [{ kind: 'group', field: 'name', value: 'slow', isNegated: false }, ok],
    });
    expect(parseFilterExpression('group.arn != "arn:g"')).toMatchObject({ field: 'arn', isNegated: true });
  });

  it('reads the element of a root cause with the keywords of its list', () => {
    expect(parseFilterExpression('rootcause.responsetime.entity { last and coverage > 0.8 }')).toEqual({
      kind: 'rootCause',
      cause: 'responsetime',
      element: 'entity',
      filter: {
        kind: 'and',
        operands: [
          { kind: 'boolean', keyword: 'last', value: true },
          { kind: 'number', keyword: 'coverage', operator: '>', value: 0.8 },
        ],
      },
    });
  });

  it('reads root causes as JSON and goes on after them', () => {
    const text = 'rootcause.json = #[{ "Services": [{ "Name": "a ] \\" b" }] }] AND fault';
    expect(parseFilterExpression(text)).toEqual({
      kind: 'and',
      operands: [{ kind: 'rootCauseJson', rootCauses: [{ Services: [{ Name: 'a ] " b' }] }] }, fault],
    });
    expect(parseFilterExpression('json = #[{}]')).toEqual({ kind: 'rootCauseJson', rootCauses: [{}] });
  });
});

describe('errors', () => {
  it.each([
    ['', 1, 'expected a keyword, found the end of the expression'],
    ['ok AND  ', 7, 'expected a keyword, found the end of the expression'],
    ['ok AND OR fault', 8, 'expected a keyword, found OR'],
    ['AND ok', 1, 'expected a keyword, found AND'],
    ['responstime > 2', 1, 'unknown keyword responstime; the keywords here are ok, error,'],
    ['NOT ok', 1, 'unknown keyword NOT; write ! for not'],
    ['ok )', 4, 'expected AND, OR or the end of the expression, found ")"'],
    ['(ok', 4, 'expected AND, OR or ")", found the end of the expression'],
    ['ok = maybe', 6, 'expected true or false after ok, found maybe'],
    ['ok > true', 4, 'expected = or != after ok, found ">"'],
    ['duration', 9, 'expected one of = != < <= > >= after duration, found the end of the expression'],
    ['duration > "2"', 12, 'expected a number to compare duration with, found the text "2"'],
    ['duration CONTAINS 2', 10, 'expected one of = != < <= > >= after duration, found CONTAINS'],
    ['http.url > "a"', 10, 'expected one of = != CONTAINS BEGINSWITH ENDSWITH after http.url, found ">"'],
    ['http.url = ', 11, 'expected a text value in quotes after http.url, found the end of the expression'],
    ['user = and', 8, 'expected a text value in quotes after user, found and'],
    ['http.url = "abc', 12, 'the text that starts here has no closing quote'],
    ["http.url = 'abc'", 12, 'unexpected \'; text values stand in "double quotes"'],
    ['annotation = 1', 12, 'expected "." or "[" and the key of the annotation, found "="'],
    ['annotation. = 1', 12, 'expected the key of the annotation after "."'],
    ['annotation[] = 1', 12, 'expected an annotation key between the brackets'],
    ['annotation[a', 13, 'expected "]" after the annotation key'],
    ['annotation["a" = 1', 16, 'expected "]" after the annotation key, found "="'],
    ['annotation.a > "b"', 16, 'expected a number after >, found the text "b"'],
    ['annotation.a CONTAINS AND', 23, 'expected a text value in quotes after annotation a, found AND'],
    ['service', 8, 'expected "(" after service, found the end of the expression'],
    ['service("a" { ok }', 13, 'expected ")" after the service, found "{"'],
    ['service("a") { ok', 18, 'expected AND, OR or "}", found the end of the expression'],
    ['service("a") { }', 16, 'expected a keyword, found "}"'],
    ['service(id())', 12, 'expected name, type or account.id, found ")"'],
    ['service(id(name "a"))', 17, 'expected ":" after name, found the text "a"'],
    ['service(id(name: "a", name: "b"))', 23, 'id() has name twice'],
    ['service(= "a")', 9, 'expected the name of a service in quotes, or id(…), found "="'],
    ['edge("a") { ok }', 9, 'expected "," between the two ends of the edge, found ")"'],
    ['group.name CONTAINS "a"', 12, 'expected = or != after group.name, found CONTAINS'],
    ['rootcause.fault { ok }', 1, 'expected rootcause.json, or rootcause. with fault, error or responsetime'],
    ['rootcause.fault.service', 24, 'expected "{" after rootcause.fault.service'],
    ['rootcause.json = [{}]', 18, 'expected "#" and a JSON array of root causes, found "["'],
    ['rootcause.json = #{}', 19, 'expected a JSON array of root causes after "#", found "{"'],
    ['rootcause.json = #[{]', 19, 'the JSON array that starts here has no closing bracket'],
    ['rootcause.json = #[{a: 1}]', 19, 'the root causes after "#" are not JSON: '],
    ['rootcause.json = #[]', 19, 'expected at least one root cause in the array after "#"'],
    ['json != #[{}]', 6, 'expected "=" after json, found "!="'],
    ['"service("a")"', 1, 'expected a keyword, found the text "service("'],
    ['5 > duration', 1, 'expected a keyword, found 5'],
    ['ok 💥', 4, 'unexpected 💥'],
  ])('says for %j that at column %d: %s', (text, column, message) => {
    const found = syntaxErrorOf(text);
    expect(found.message).toContain(message);
    expect(found.column).toBe(column);
  });

  it.each([
    ['first', 'first has a meaning only inside rootcause.….service { }'],
    ['name = "a"', 'name has a meaning only inside service(…) { } or inside edge(…) { }'],
    ['service("a") { coverage > 1 }', 'coverage has a meaning only inside rootcause.….entity { }'],
    [
      'rootcause.fault.service { message = "a" }',
      'message has a meaning only inside rootcause.….exception { }',
    ],
    [
      'service("a") { annotation.b }',
      'annotation.b speaks about the whole trace and cannot stand inside service(…)',
    ],
    [
      'edge("a", "b") { service("c") }',
      'service speaks about the whole trace and cannot stand inside edge(…)',
    ],
    ['service("a") { group.name = "c" }', 'put it beside, with AND or OR'],
  ])('names the place of a keyword that stands in the wrong one: %s', (text, message) => {
    expect(syntaxErrorOf(text).message).toContain(message);
  });

  it('refuses an expression that is too long or nests too deep, at once', () => {
    expect(syntaxErrorOf('x'.repeat(MAX_FILTER_CHARS + 1)).message).toContain('at most 2000 are read');
    expect(syntaxErrorOf('('.repeat(MAX_FILTER_CHARS)).message).toBe('nested deeper than 50 levels');
    expect(syntaxErrorOf('!'.repeat(MAX_FILTER_CHARS)).column).toBe(51);
    expect(syntaxErrorOf(`json = #${'['.repeat(1_000)}`).message).toBe('nested deeper than 50 levels');
  });

  it('answers anything that can be written with its words with a tree or a syntax error', () => {
    const words =
      'ok duration http.url annotation.a annotation[ ] service( edge( id( name: ) { } , ! AND or = != <';
    const pieces = [
      ...words.split(' '),
      '"x"',
      '-1',
      'CONTAINS',
      'rootcause.json = #[',
      'rootcause.fault.entity',
      '\\',
      '"',
    ];
    const property = fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 30 }), (parts) => {
      try {
        return parseFilterExpression(parts.join(' ')).kind.length > 0;
      } catch (cause) {
        return (
          cause instanceof FilterSyntaxError &&
          cause.column >= 1 &&
          cause.column <= parts.join(' ').length + 1
        );
      }
    });
    fc.assert(property, { numRuns: 2_000 });
  });

  it('answers every cut of a valid expression with a tree or a syntax error', () => {
    const text =
      'edge(id(name: "a", type: "b"), c) { responsetime >= 0.1 } !annotation[x.y] OR rootcause.json = #[{"a":[1]}]';
    for (let end = 0; end <= text.length; end += 1) {
      for (const part of [text.slice(0, end), text.slice(end)]) {
        try {
          parseFilterExpression(part);
        } catch (cause) {
          expect(cause).toBeInstanceOf(FilterSyntaxError);
        }
      }
    }
  });
});
