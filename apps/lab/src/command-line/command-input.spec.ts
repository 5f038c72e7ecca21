import { describe, expect, it } from '@jest/globals';
import { CommandInput } from './command-input.js';
import { UsageError } from './lab-errors.js';

const spec = {
  positionals: [
    { name: 'ID', isRequired: true, help: 'an id' },
    { name: 'MORE', isRequired: false, help: 'more' },
  ],
  options: {
    minutes: { placeholder: 'N', help: 'how long', default: '5' },
    filter: { placeholder: 'EXPR', help: 'which' },
    json: { help: 'print JSON' },
  },
};

const parse = (...args: string[]): CommandInput => CommandInput.parse(args, spec);

describe('CommandInput', () => {
  it('reads flags, values in both forms, words and defaults', () => {
    const input = parse('a', '--json', '--filter', 'ok', '--minutes=2.5');

    expect(input.word('ID')).toBe('a');
    expect(input.word('MORE')).toBeUndefined();
    expect(input.flag('json')).toBe(true);
    expect(input.text('filter')).toBe('ok');
    expect(input.number('minutes', { min: 0, max: 10 })).toBe(2.5);
    expect(parse('a').number('minutes', { min: 0, max: 10 })).toBe(5);
    expect(parse('a').flag('json')).toBe(false);
  });

  it('takes a value that begins with a dash, and everything after -- as words', () => {
    expect(parse('a', '--filter', '-x').text('filter')).toBe('-x');
    expect(parse('--', '--json').word('ID')).toBe('--json');
  });

  it.each([
    [['a', '--jsno'], 'unknown option --jsno; did you mean --json?'],
    [['a', '--whatever-else'], 'unknown option --whatever-else'],
    [['a', '-x'], 'unknown option -x'],
    [['a', '--constructor'], 'unknown option --constructor'],
    [['a', '--filter'], '--filter needs a value: --filter EXPR'],
    [['a', '--filter', '--json'], '--filter needs a value: --filter EXPR'],
    [['a', '--json=yes'], '--json takes no value'],
    [[], 'ID is missing: an id'],
    [['a', 'b', 'c'], 'unexpected "c"'],
  ])('says for %j: %s', (args, message) => {
    expect(() => parse(...args)).toThrow(new UsageError(message));
  });

  it.each(['abc', '', ' ', '-1', '11', 'Infinity', '1e9'])(
    'names the option whose number is bad: "%s"',
    (value) => {
      const input = parse('a', `--minutes=${value}`);

      expect(() => input.number('minutes', { min: 0, max: 10 })).toThrow(
        `--minutes must be a number from 0 to 10, not "${value.trim()}"`,
      );
    },
  );

  it('asks for whole numbers and for choices where nothing else will do', () => {
    const input = parse('a', '--minutes=2.5', '--filter', 'some');

    expect(() => input.number('minutes', { min: 0, max: 10, isInteger: true })).toThrow(
      'must be a whole number',
    );
    expect(() => input.choice('filter', ['all', 'none'])).toThrow('--filter must be all or none, not "some"');
    expect(parse('a', '--filter', 'all').choice('filter', ['all', 'none'])).toBe('all');
    expect(parse('a').choice('filter', ['all', 'none'])).toBeUndefined();
  });
});
