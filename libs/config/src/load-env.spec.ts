import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { durationMs, loadEnv, portNumber } from './load-env.js';

const schema = z.object({
  PORT: portNumber(3000),
  WAIT_MS: durationMs(100, { minMs: 1, maxMs: 1000 }),
  AWS_REGION: z.string().min(1),
});

describe('loadEnv', () => {
  it('gives typed values and fills in defaults', () => {
    const env = loadEnv(schema, { PORT: '8080', AWS_REGION: 'eu-west-1' });

    expect(env).toEqual({ PORT: 8080, WAIT_MS: 100, AWS_REGION: 'eu-west-1' });
    expect(Object.isFrozen(env)).toBe(true);
  });

  it('takes an empty variable as not set', () => {
    expect(loadEnv(schema, { PORT: '', AWS_REGION: 'x' }).PORT).toBe(3000);
  });

  it('names every bad variable in one message', () => {
    const load = (): unknown => loadEnv(schema, { PORT: 'http', WAIT_MS: '0' });

    expect(load).toThrow(/PORT: a port number/);
    expect(load).toThrow(/WAIT_MS: /);
    expect(load).toThrow(/AWS_REGION: /);
  });

  it.each(['65536', '-1', '1.5'])('refuses the port %s', (port) => {
    expect(() => loadEnv(schema, { PORT: port, AWS_REGION: 'x' })).toThrow(/PORT/);
  });
});
