import { describe, expect, it } from '@jest/globals';
import { crashCases } from './crash-cases.js';
import { crashesExporter } from './exporter-limits.js';
import { ruleCases } from './rule-cases.js';
import type { SpanCase } from './span-case.js';
import { translateCase } from './translate-case.js';

interface Translated {
  name: string;
  aws?: object;
  cause?: { exceptions: { type: string; message: string; stack?: object[] }[] };
}

/** What docs/fidelity.md says of each, of its last exception where it has any. */
const BECOMES: Readonly<Record<string, object>> = {
  'a Java cause whose message is empty': { type: 'java.lang.Exception', message: '' },
  'a PHP cause whose message is empty': { type: 'LogicException', message: '' },
  'a Python frame without a file name': { stack: [{ path: '', line: 0, label: '' }] },
  'a chained Python exception whose message is empty': { type: 'ValueError', message: '' },
  'a chained Python exception without its own lines': { type: 'Problem', message: 'went wrong' },
  'a .NET frame without a label': { stack: [{ path: '/app/a.cs', line: 1, label: '' }] },
  'a .NET frame without a line number': { stack: [{ path: '/app/a.cs', line: 0, label: 'A.B()' }] },
};

const translate = (spanCase: SpanCase): Translated[] =>
  translateCase(spanCase).map((text) => JSON.parse(text) as Translated);

describe.each(crashCases())('$about, which ends the real collector', (spanCase) => {
  it('is translated all the same', () => {
    const [document, service] = translate(spanCase);
    const expected = BECOMES[spanCase.about];

    if (expected === undefined) {
      expect([document?.aws, service?.aws, service?.name]).toEqual([undefined, undefined, 'operation']);
    } else {
      expect(service).toBeUndefined();
      expect(document?.cause?.exceptions.at(-1)).toMatchObject(expected);
    }
  });

  it('is not sent to it by the differential test', () => {
    expect(crashesExporter(spanCase)).toBe(true);
  });
});

describe('the spans of the rules', () => {
  it('leave the real collector alive', () => {
    expect(ruleCases().filter(crashesExporter)).toEqual([]);
  });

  it('have a trace each, by which their documents are found again', () => {
    const traceIds = ruleCases().map(({ span }) => span.traceId);

    expect(new Set(traceIds).size).toBe(traceIds.length);
  });
});
