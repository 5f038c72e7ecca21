import { describe, expect, it } from '@jest/globals';
import { untilAborted } from './until-aborted.js';

describe('untilAborted', () => {
  const reason = new Error('too late');

  it('settles like the work', async () => {
    const { signal } = new AbortController();

    await expect(untilAborted(signal, Promise.resolve(1))).resolves.toBe(1);
    await expect(untilAborted(signal, Promise.reject(reason))).rejects.toBe(reason);
  });

  it('rejects with the reason of the abort when that comes first', async () => {
    const controller = new AbortController();
    const waiting = untilAborted(controller.signal, new Promise(() => undefined));

    controller.abort(reason);

    await expect(waiting).rejects.toBe(reason);
  });

  it('rejects when it is too late already', async () => {
    await expect(untilAborted(AbortSignal.abort(reason), new Promise(() => undefined))).rejects.toBe(reason);
  });
});
