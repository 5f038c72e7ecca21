import { describe, expect, it } from '@jest/globals';
import { prefersHtml } from './prefers-html.js';

describe('prefersHtml', () => {
  it.each([
    ['a browser', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'],
    ['HTML alone', 'text/html'],
    ['any text', 'text/*'],
    ['HTML ranked higher', 'application/json;q=0.5, text/html;q=0.6'],
    ['upper case', 'Text/HTML'],
  ])('gives the page to %s', (_who, accept) => {
    expect(prefersHtml(accept)).toBe(true);
  });

  it.each([
    ['no header', undefined],
    ['curl', '*/*'],
    ['a program', 'application/json'],
    ['a reader of problems', 'application/problem+json'],
    ['JSON ranked higher', 'text/html;q=0.5, application/json'],
    ['both alike', 'text/html, application/json'],
    ['HTML refused', 'text/html;q=0, */*'],
    ['an image', 'image/png'],
    ['nonsense', ';;q=x,,'],
    ['an empty header', ''],
  ])('gives JSON to %s', (_who, accept) => {
    expect(prefersHtml(accept)).toBe(false);
  });
});
