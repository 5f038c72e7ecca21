import { describe, expect, it } from '@jest/globals';
import { redactEmails, redactLastSegment, redactPath } from './redact.js';

describe('redactPath', () => {
  it.each([
    ['/signup', '/signup'],
    ['/signup?email=ada@example.com', '/signup'],
    ['/people/ada@example.com/orders', '/people/redacted/orders'],
    ['/people/ada%40example.com', '/people/redacted'],
    ['/', '/'],
  ])('turns %s into %s', (path, expected) => {
    expect(redactPath(path)).toBe(expected);
  });
});

describe('redactLastSegment', () => {
  it('keeps the path and hides the id', () => {
    expect(redactLastSegment('/v2/credentials/3c4b')).toBe('/v2/credentials/redacted');
  });
});

describe('redactEmails', () => {
  it('hides addresses in an error message', () => {
    expect(redactEmails('no item ada.l+x@mail.example.com, <b@c.de>')).toBe('no item redacted, <redacted>');
  });

  it('leaves the packages in a stack trace alone', () => {
    const stack =
      'Error: x\n    at f (/app/node_modules/@nestjs/core/a.js:1:2)\n    at g (/x/express@5.1.0/b.js:3:4)';

    expect(redactEmails(stack)).toBe(stack);
  });

  it('takes no time over a long text without spaces', () => {
    const hostile = `${'a'.repeat(200_000)}@`;

    expect(redactEmails(hostile)).toBe(hostile);
  });
});
