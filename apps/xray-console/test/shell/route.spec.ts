import { describe, expect, it } from '@jest/globals';
import { buildUrl, changeParams, routeTo } from '../../src/route/build-url.js';
import { parseRoute } from '../../src/route/parse-route.js';
import { parseSelectedRange, toSelectedRangeText } from '../../src/route/selected-range.js';
import {
  findRangeProblem,
  parseTimeRange,
  toTimeRangeText,
  toTimeWindow,
} from '../../src/state/time-range.js';

const ID = '1-58406520-a006649127e371903a2de979';

describe('parseRoute', () => {
  it.each([
    ['', { page: 'service-map', params: {} }],
    ['#/service-map?timeRange=PT15M', { page: 'service-map', params: { timeRange: 'PT15M' } }],
    [
      '#/traces?filter=http.url%20CONTAINS%20%22a%3Fb%22',
      { page: 'traces', params: { filter: 'http.url CONTAINS "a?b"' } },
    ],
    [`#/traces/${ID}`, { page: 'trace', traceId: ID, params: {} }],
    [`#/traces/${ID}/raw?timeRange=PT5M`, { page: 'raw', traceId: ID, params: { timeRange: 'PT5M' } }],
    ['#/traces/%E0%A4', { page: 'trace', traceId: '%E0%A4', params: {} }],
    ['#/somewhere/else', { page: 'unknown', params: {} }],
  ])('reads %s', (hash, route) => {
    expect(parseRoute(hash)).toEqual(route);
  });
});

describe('buildUrl', () => {
  it.each([
    '#/service-map?timeRange=PT15M&select=AWS%3A%3ASNS%7CSNS',
    '#/traces?filter=error+%3D+true',
    `#/traces/${ID}`,
    `#/traces/${ID}/raw`,
  ])('builds what was read: %s', (url) => {
    expect(buildUrl(parseRoute(url))).toBe(url);
  });

  it('keeps the time range, the group and the refreshing on the way to another page, and nothing else', () => {
    const from = parseRoute('#/service-map?timeRange=PT1H&group=slow&refresh=off&select=x');

    expect(buildUrl(routeTo(from, 'traces', { params: { filter: 'error' } }))).toBe(
      '#/traces?timeRange=PT1H&refresh=off&group=slow&filter=error',
    );
  });

  it('takes parameters out that are undefined or empty', () => {
    expect(changeParams({ a: '1', b: '2', c: '3' }, { a: undefined, b: '', d: '4' })).toEqual({
      c: '3',
      d: '4',
    });
  });
});

describe('the time range of a link', () => {
  it.each([
    ['PT15M', { kind: 'last', seconds: 900 }],
    ['PT6H', { kind: 'last', seconds: 21_600 }],
    ['PT1H30M', { kind: 'last', seconds: 5400 }],
    [
      '2026-11-22T10:00:00~2026-11-22T10:15:00',
      { kind: 'absolute', startSec: 1795341600, endSec: 1795342500 },
    ],
    ['2026-11-2T9:05~2026-11-2T9:06Z', { kind: 'absolute', startSec: 1793610300, endSec: 1793610360 }],
  ])('is read from %s', (text, range) => {
    expect(parseTimeRange(text)).toEqual(range);
  });

  it.each(['', 'PT', 'PT0M', '5', '2026-11-22~2026-11-21', '2026-11-22T10:00', 'a~b', 'a~b~c'])(
    'is not read from %j',
    (text) => {
      expect(parseTimeRange(text)).toBeUndefined();
    },
  );

  it.each(['PT5M', 'PT1H', 'PT90S', '2026-11-22T10:00:00~2026-11-22T10:15:00'])(
    'is written as it was: %s',
    (text) => {
      expect(toTimeRangeText(parseTimeRange(text)!)).toBe(text);
    },
  );

  it('ends now, or where it says', () => {
    expect(toTimeWindow({ kind: 'last', seconds: 60 }, 100_000)).toEqual({ startSec: 40, endSec: 100 });
    expect(toTimeWindow({ kind: 'absolute', startSec: 1, endSec: 2 }, 100_000)).toEqual({
      startSec: 1,
      endSec: 2,
    });
  });

  it('is too wide beyond six hours', () => {
    expect(findRangeProblem({ kind: 'last', seconds: 21_600 })).toBeUndefined();
    expect(findRangeProblem({ kind: 'last', seconds: 21_601 })).toMatch(/six hours/);
  });
});

describe('a range of response times in a link', () => {
  it.each(['0.1~0.25', '0.1~', '~2'])('is written as it was: %s', (text) => {
    expect(toSelectedRangeText(parseSelectedRange(text)!)).toBe(text);
  });

  it.each([undefined, '', '~', 'a~b', '2~1', '1', '-1~'])('is not read from %j', (text) => {
    expect(parseSelectedRange(text)).toBeUndefined();
  });
});
