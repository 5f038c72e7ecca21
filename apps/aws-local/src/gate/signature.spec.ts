import { describe, expect, it } from '@jest/globals';
import type { ApiRequest } from '../protocol/api-message.js';
import { parseAuthorization } from './authorization-header.js';
import { buildCanonicalRequest } from './canonical-request.js';
import { checkScope, checkSignedAt, verifySignature } from './signature.js';

// Key, time and signatures of AWS's published Signature Version 4 test suite.
const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const SIGNED_AT = '20150830T123600Z';
const CREDENTIAL = 'AKIDEXAMPLE/20150830/us-east-1/service/aws4_request';

function aRequest(overrides: {
  path?: string;
  queryString?: string;
  signature?: string;
  extraHeaders?: string[];
  signedHeaders?: string;
}): ApiRequest {
  const signed = overrides.signedHeaders ?? 'host;x-amz-date';
  const authorization = `AWS4-HMAC-SHA256 Credential=${CREDENTIAL}, SignedHeaders=${signed}, Signature=${overrides.signature ?? ''}`;
  const rawHeaders = [
    'Host',
    'example.amazonaws.com',
    ...(overrides.extraHeaders ?? []),
    'X-Amz-Date',
    SIGNED_AT,
    'Authorization',
    authorization,
  ];
  return {
    method: 'GET',
    path: overrides.path ?? '/',
    queryString: overrides.queryString ?? '',
    rawHeaders,
    headers: { authorization, 'x-amz-date': SIGNED_AT },
    body: Buffer.alloc(0),
  };
}

describe('verifySignature', () => {
  it.each([
    ['get-vanilla', {}, '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31'],
    [
      'get-vanilla-query-order-key-case',
      { queryString: 'Param2=value2&Param1=value1' },
      'b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500',
    ],
    ['get-utf8', { path: '/\u1234' }, '8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85'],
  ])('accepts the signature of %s', (_, overrides, signature) => {
    const request = aRequest({ ...overrides, signature });

    expect(() => verifySignature(request, parseAuthorization(request), SECRET)).not.toThrow();
  });

  it.each(['5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf32', '5fa0', 'x'.repeat(64)])(
    'refuses the signature %s without quoting what was signed',
    (signature) => {
      const request = aRequest({ signature });

      expect(() => verifySignature(request, parseAuthorization(request), SECRET)).toThrow(
        /^The request signature we calculated does not match[^\n]*details\.$/,
      );
    },
  );
});

describe('buildCanonicalRequest', () => {
  it('joins headers of the same name, trims them and keeps one space of several', () => {
    const request = aRequest({
      extraHeaders: ['My-Header1', '  a   b ', 'my-header1', 'c'],
      signedHeaders: 'host;my-header1',
    });

    expect(buildCanonicalRequest(request, ['host', 'my-header1'])).toContain(
      '\nhost:example.amazonaws.com\nmy-header1:a b,c\n\nhost;my-header1\n',
    );
  });

  it('sorts parameters by name and then by value, and encodes what was encoded otherwise', () => {
    const request = aRequest({ queryString: 'b=2&a=z&a=%2a&c&%41=1' });

    expect(buildCanonicalRequest(request, []).split('\n')[2]).toBe('A=1&a=%2A&a=z&b=2&c=');
  });
});

describe('checkSignedAt', () => {
  const nowMs = Date.parse('2015-08-30T12:36:00Z');

  it.each([-15, 0, 15])('accepts a request signed %i minutes from now', (minutes) => {
    const claim = parseAuthorization(aRequest({ signature: 'x' }));

    expect(() => checkSignedAt(claim, nowMs - minutes * 60_000)).not.toThrow();
  });

  it('names the times when the request is too old', () => {
    const claim = parseAuthorization(aRequest({ signature: 'x' }));

    expect(() => checkSignedAt(claim, nowMs + 16 * 60_000)).toThrow(
      'Signature expired: 20150830T123600Z is now earlier than 20150830T123700Z (20150830T125200Z - 15 min.)',
    );
  });

  it.each(['yesterday', '20151330T123600Z', '2015-08-30T12:36:00Z'])('refuses the date %s', (signedAt) => {
    const claim = { ...parseAuthorization(aRequest({ signature: 'x' })), signedAt };

    expect(() => checkSignedAt(claim, nowMs)).toThrow(/^Date must be in ISO-8601 'basic format'/);
  });
});

describe('checkScope', () => {
  it('names everything that is wrong with the scope', () => {
    const claim = parseAuthorization(aRequest({ signature: 'x', signedHeaders: 'x-amz-date' }));
    const wrong = {
      ...claim,
      scope: { date: '20150829', region: 'mars', service: 'sns', terminator: 'end' },
    };

    expect(() => checkScope(wrong, { service: 'sqs', regions: ['us-east-1'] })).toThrow(
      /valid region, not 'mars'.*correct service: 'sqs'.*not 'end'.*'20150829' != '20150830'.*'Host'/,
    );
  });
});
