import { describe, expect, it } from '@jest/globals';
import { createHostGuard } from './host-guard.js';

describe('createHostGuard', () => {
  const guard = createHostGuard(['XRay-Local', 'traces.example.com']);

  it.each([
    'localhost',
    'LOCALHOST:2000',
    'localhost.:2000',
    'console.localhost:2000',
    '127.0.0.1:2000',
    '127.1.2.3',
    '10.0.0.7:2000',
    '[::1]:2000',
    '[::ffff:127.0.0.1]',
    'xray-local:2000',
    'traces.example.com',
  ])('answers requests to %s', (host) => {
    expect(guard.findProblem({ host })).toBeUndefined();
  });

  it.each([
    'evil.example',
    'localhost.evil.example',
    'evil.example:2000',
    'xray-local.evil.example',
    '127.0.0.1.evil.example',
    'user@localhost',
    'localhost:2000/path',
    '[::1',
    ' ',
    '',
    undefined,
  ])('refuses requests to %j', (host) => {
    expect(guard.findProblem({ host })).toMatch(/Host header/);
  });

  it('answers its own pages and refuses those of any other origin', () => {
    const host = 'localhost:2000';

    expect(guard.findProblem({ host, origin: 'http://localhost:2000' })).toBeUndefined();
    for (const origin of ['http://localhost:3000', 'http://evil.example', 'https://localhost:2000', 'null']) {
      expect(guard.findProblem({ host, origin })).toMatch(/origin/);
    }
  });

  it('answers every name when told to', () => {
    expect(createHostGuard(['*']).findProblem({ host: 'anything.example' })).toBeUndefined();
  });
});
