import { describe, expect, it } from '@jest/globals';
import { aCase } from './case-builder.js';
import type { CaseParts } from './case-builder.js';
import { SPELLINGS } from './vocabulary.js';
import { translateCase } from './translate-case.js';

interface Translated {
  aws: Record<string, unknown>;
  annotations: Record<string, unknown>;
  metadata: { default: Record<string, unknown> };
}

function translate(parts: CaseParts): Translated {
  const [document = ''] = translateCase(aCase('own choice', parts));
  return JSON.parse(document) as Translated;
}

describe('what the exporter decides by the random order of a map, from run to run', () => {
  it.each(SPELLINGS.map(([one = '', other = '']) => [one, other]))(
    'is decided for the later one of %s and %s',
    (one, other) => {
      const { aws } = translate({ attributes: { [one]: 'first', [other]: 'second' } });

      expect(Object.values(aws)).toContain('second');
      expect(Object.values(aws)).not.toContain('first');
    },
  );

  it('is decided for the later one of two attributes that become one annotation', () => {
    const { annotations } = translate({
      configuration: 'all',
      attributes: { 'a b': 'first', 'a/b': 'second' },
    });

    expect(annotations).toEqual({ a_b: 'second' });
  });

  it('is decided for the later one of two sources of one key of the metadata', () => {
    const { metadata } = translate({
      attributes: { 'aws.xray.metadata.default': '{"key":"first"}', key: 'second' },
    });

    expect(metadata.default).toEqual({ key: 'second' });
  });
});

describe('what has no place in a document', () => {
  it('is lost, as it is by the exporter', () => {
    const { span, ...rest } = aCase('lost');
    const more = {
      traceState: 'a=b',
      flags: 769,
      events: [{ name: 'other', timeUnixNano: '1', attributes: [] }],
    };

    expect(translateCase({ ...rest, span: { ...span, ...more } })).toEqual(translateCase({ ...rest, span }));
  });
});
