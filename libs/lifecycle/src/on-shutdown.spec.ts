import { EventEmitter, once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { onShutdown } from './on-shutdown.js';

class FakeProcess extends EventEmitter {
  exit(code: number): void {
    this.emit('exited', code);
  }
}

describe('onShutdown', () => {
  it.each(['SIGTERM', 'SIGINT', 'disconnect'])('closes and exits with 0 on %s', async (event) => {
    const source = new FakeProcess();
    let closed = 0;
    onShutdown(async () => void (closed += 1), { deadlineMs: 1000 }, source);
    const exited = once(source, 'exited');

    source.emit(event);
    source.emit('SIGTERM');

    expect(await exited).toEqual([0]);
    expect(closed).toBe(1);
  });

  it('exits with 1 when closing takes longer than the deadline', async () => {
    const source = new FakeProcess();
    const alive = setInterval(() => undefined, 1000);
    onShutdown(() => new Promise(() => undefined), { deadlineMs: 5 }, source);
    const exited = once(source, 'exited');

    source.emit('SIGTERM');

    expect(await exited).toEqual([1]);
    clearInterval(alive);
  });
});
