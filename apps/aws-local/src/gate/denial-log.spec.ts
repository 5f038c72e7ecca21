import { describe, expect, it } from '@jest/globals';
import { DenialLog } from './denial-log.js';

const REFUSAL = { code: 'AccessDenied', service: 'sns', operation: 'Publish', caller: 'notifier' };

describe('DenialLog', () => {
  it('logs the first refusal of a sort, and the count of all only when asked and when it has grown', () => {
    const lines: unknown[] = [];
    const denials = new DenialLog((level, msg, fields) => lines.push({ level, msg, ...fields }));

    for (let times = 0; times < 3; times += 1) denials.record(REFUSAL);
    denials.summarise();
    denials.summarise();

    expect(lines).toEqual([
      { level: 'warn', msg: 'request refused', ...REFUSAL, count: 1 },
      {
        level: 'warn',
        msg: 'requests refused so far',
        refusals: [{ ...REFUSAL, count: 3 }],
        otherCount: 0,
      },
    ]);
  });

  it('counts what a caller makes up in one sum', () => {
    const lines: { otherCount?: unknown }[] = [];
    const denials = new DenialLog((_level, _msg, fields) => lines.push({ ...fields }));

    for (let index = 0; index < 1000; index += 1) denials.record({ ...REFUSAL, operation: `Op${index}` });
    denials.summarise();

    expect(lines).toHaveLength(201);
    expect(lines.at(-1)?.otherCount).toBe(800);
  });
});
