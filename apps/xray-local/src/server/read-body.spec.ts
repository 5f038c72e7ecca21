import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { ByteBudget } from './byte-budget.js';
import { readBody } from './read-body.js';

function aRequest(headers: Record<string, string> = {}) {
  const stream = new PassThrough();
  return { stream, message: Object.assign(stream, { headers }) as unknown as IncomingMessage };
}

function read(message: IncomingMessage, budget: ByteBudget) {
  let takenBytes = 0;
  const body = readBody(message, { maxBytes: 100, budget, onTaken: (bytes) => void (takenBytes += bytes) });
  return { body, takenBytes: () => takenBytes };
}

describe('readBody', () => {
  it('joins what arrives in parts', async () => {
    const { stream, message } = aRequest();
    const { body } = read(message, new ByteBudget(100));

    stream.write('one ');
    stream.end('two');

    expect((await body).toString()).toBe('one two');
  });

  it('refuses a body whose stated length is over the limit before any of it arrives', async () => {
    const { message } = aRequest({ 'content-length': '101' });

    await expect(read(message, new ByteBudget(1000)).body).rejects.toMatchObject({ statusCode: 413 });
  });

  it('refuses a body of unstated length once it is over the limit', async () => {
    const { stream, message } = aRequest();
    const { body } = read(message, new ByteBudget(1000));

    stream.write(Buffer.alloc(60));
    stream.write(Buffer.alloc(60));

    await expect(body).rejects.toMatchObject({ statusCode: 413 });
  });

  it('refuses a body for which other bodies leave no room, until they are done with', async () => {
    const budget = new ByteBudget(100);
    const first = aRequest();
    const second = aRequest();
    const third = aRequest();
    const firstRead = read(first.message, budget);
    first.stream.end(Buffer.alloc(80));
    await firstRead.body;
    expect(firstRead.takenBytes()).toBe(80);

    const secondRead = read(second.message, budget);
    second.stream.end(Buffer.alloc(30));
    await expect(secondRead.body).rejects.toMatchObject({ statusCode: 429 });

    budget.giveBack(80);
    const thirdRead = read(third.message, budget);
    third.stream.end(Buffer.alloc(30));
    expect(await thirdRead.body).toHaveLength(30);
  });

  it('fails when the client goes away', async () => {
    const { stream, message } = aRequest();
    const { body } = read(message, new ByteBudget(100));

    stream.destroy(new Error('aborted'));

    await expect(body).rejects.toThrow('aborted');
  });
});
