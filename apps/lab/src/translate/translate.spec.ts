import { describe, expect, it } from '@jest/globals';
import { readLines } from './read-lines.js';
import { createLineTranslator } from './translate-lines.js';

async function linesOf(...chunks: (string | Uint8Array)[]): Promise<string[]> {
  async function* stream(): AsyncGenerator<string | Uint8Array> {
    for (const chunk of chunks) yield chunk;
  }
  const lines: string[] = [];
  for await (const line of readLines(stream())) lines.push(line);
  return lines;
}

describe('readLines', () => {
  it('joins lines that come in pieces, and takes both line ends', async () => {
    expect(await linesOf('a', 'b\r\nc', '', 'd\n', 'e')).toEqual(['ab', 'cd', 'e']);
  });

  it('keeps empty lines in the count, and makes none at the end', async () => {
    expect(await linesOf('a\n\nb\n')).toEqual(['a', '', 'b']);
    expect(await linesOf('')).toEqual([]);
  });

  it('joins a character that is cut between chunks', async () => {
    const bytes = new TextEncoder().encode('é\n');

    expect(await linesOf(bytes.slice(0, 1), bytes.slice(1))).toEqual(['é']);
  });
});

describe('createLineTranslator', () => {
  const span = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), name: 'x', kind: 2 };
  const request = (...spans: object[]): string => {
    return JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] });
  };

  it('makes a line of JSON of every document', () => {
    const { documents, errors, dropped } = createLineTranslator()(
      request(span, { ...span, spanId: '3'.repeat(16) }),
    );

    expect(documents.map((text) => (JSON.parse(text) as { id: string }).id)).toEqual([
      '2'.repeat(16),
      '3'.repeat(16),
    ]);
    expect(documents.every((text) => !text.includes('\n'))).toBe(true);
    expect([errors, dropped]).toEqual([[], []]);
  });

  it('names the field of a line that cannot be read', () => {
    const { documents, errors } = createLineTranslator()(request({ ...span, traceId: 'zz' }));

    expect(documents).toEqual([]);
    expect(errors[0]).toMatch(/^resourceSpans\[0\]\.scopeSpans\[0\]\.spans\[0\]: traceId: /);
  });

  it('translates the other spans of a request with a bad one', () => {
    const { documents, errors } = createLineTranslator()(request({ traceId: span.traceId }, span));

    expect(documents).toHaveLength(1);
    expect(errors[0]).toMatch(/^resourceSpans\[0\]\.scopeSpans\[0\]\.spans\[0\]: spanId: /);
  });

  it('tells a span that has no form in X-Ray from one that is wrong', () => {
    const dropAll = {
      translate: () => ({ documents: [], untranslated: [{ span: aSpan(), reason: 'no form' }] }),
    };

    expect(createLineTranslator(dropAll)(request(span))).toEqual({
      documents: [],
      errors: [],
      dropped: [`span ${'2'.repeat(16)}: no form`],
    });
  });

  it('takes an empty line for nothing', () => {
    expect(createLineTranslator()('  ')).toEqual({ documents: [], errors: [], dropped: [] });
  });

  function aSpan() {
    const empty = { attributes: [], events: [], links: [], parentSpanId: '' };
    const times = { startTimeUnixNano: 0, endTimeUnixNano: 0 };
    return { ...empty, ...times, ...span, kind: 2 as const, status: { code: 0 as const, message: '' } };
  }
});
