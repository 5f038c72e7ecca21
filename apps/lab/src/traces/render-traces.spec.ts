import type { TraceSummary } from '@aws-sdk/client-xray';
import { describe, expect, it } from '@jest/globals';
import { FilterSyntaxError } from '#xray-model';
import { createStyle } from '../terminal/style.js';
import { renderFilterError } from './render-filter-error.js';
import { renderTraces } from './render-traces.js';

const summary: TraceSummary = {
  Id: '1-6553f10a-000000000000000000000001',
  StartTime: new Date(1_700_000_010_000),
  ResponseTime: 0.14,
  Duration: 1.2,
  HasFault: false,
  HasError: false,
  HasThrottle: false,
  Http: { HttpMethod: 'POST', HttpStatus: 201, HttpURL: 'http://a/signup' },
  EntryPoint: { Name: 'signup-api' },
  Annotations: {
    plan: [{ AnnotationValue: { StringValue: 'pro' } }, { AnnotationValue: { NumberValue: 2 } }],
  },
};

const view = { columns: 200, style: createStyle(false) };

describe('renderTraces', () => {
  it('shows a trace in one line', () => {
    const [titles, line] = renderTraces([summary], view);

    expect(titles).toMatch(
      /^TIME +TRACE +ENTRY +METHOD +STATUS +RESPONSE +DURATION +OUTCOME +URL +ANNOTATIONS$/,
    );
    expect(line).toMatch(
      /^\d\d:\d\d:\d\d {2}1-6553f10a-0{23}1 {2}signup-api {2}POST +201 +140 ms +1\.20 s {2}ok +http:\/\/a\/signup {2}plan=pro\|2$/,
    );
  });

  it.each([
    [{ HasFault: true, HasError: true }, 'fault'],
    [{ HasError: true, HasThrottle: true }, 'throttle'],
    [{ HasError: true }, 'error'],
    [{ HasThrottle: true }, 'ok'],
    [{ IsPartial: true }, 'ok (partial)'],
  ])('says of %j: %s', (fields, outcome) => {
    expect(renderTraces([{ ...summary, ...fields }], view)[1]).toContain(`  ${outcome}  `);
  });

  it('leaves out what a trace does not have', () => {
    expect(renderTraces([{ Id: 'x' }], view)[1]).toMatch(/^ +x +– +– {2}ok$/);
  });
});

describe('renderFilterError', () => {
  it('puts the caret under the column', () => {
    expect(renderFilterError('ok AND nope', new FilterSyntaxError(8, 'unknown keyword nope'))).toBe(
      [
        'the filter expression is wrong at column 8: unknown keyword nope',
        '',
        '  ok AND nope',
        '         ^',
      ].join('\n'),
    );
  });

  it('keeps its place after wide characters and line ends', () => {
    const lines = renderFilterError('user = "日本"\n)', new FilterSyntaxError(13, 'unexpected')).split('\n');

    expect(lines.slice(2)).toEqual(['  user = "日本" )', '                ^']);
  });
});
