import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../test/fakes/fake-clock.js';
import { RecordedLines } from '../../test/fakes/recorded-lines.js';
import { FailureLog } from './failure-log.js';

describe('FailureLog', () => {
  it('reports the first failure, a summary a minute, and the end', async () => {
    const clock = new FakeClock();
    const recorded = new RecordedLines();
    const log = new FailureLog(recorded, clock, 'reading the queue');

    for (let failure = 0; failure < 13; failure += 1) {
      log.failed('connect ECONNREFUSED');
      await clock.advance(10_000);
    }
    log.worked();
    log.worked();

    expect(recorded.lines).toEqual([
      'warn reading the queue failed: connect ECONNREFUSED',
      'warn reading the queue failed 7 times, lately: connect ECONNREFUSED',
      'warn reading the queue failed 13 times, lately: connect ECONNREFUSED',
      'log reading the queue works again after 13 failures in 130 s',
    ]);
  });
});
