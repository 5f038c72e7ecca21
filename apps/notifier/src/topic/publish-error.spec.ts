import { describe, expect, it } from '@jest/globals';
import { CredentialsUnusableError } from '../aws/role-credentials.js';
import { PublishError, toPublishError } from './publish-error.js';

function error(fields: { name?: string; code?: string; status?: number; message?: string }): Error {
  const { message, status, ...rest } = fields;
  const metadata = status === undefined ? {} : { $metadata: { httpStatusCode: status } };
  return Object.assign(new Error(message ?? 'because'), rest, metadata);
}

const unusable = (state: 'expired' | 'missing'): Error =>
  new CredentialsUnusableError(state, 'connect ECONNREFUSED', {});

describe('toPublishError', () => {
  it.each([
    ['not-authorized', error({ name: 'AuthorizationErrorException', status: 403 })],
    ['not-authorized', error({ name: 'AuthorizationError', status: 403 })],
    ['not-authorized', error({ name: 'AccessDenied', status: 403 })],
    ['not-authorized', error({ name: 'AccessDeniedException', status: 403 })],
    ['credentials-expired', error({ name: 'ExpiredToken', status: 403 })],
    ['credentials-expired', error({ name: 'ExpiredTokenException', status: 403 })],
    ['credentials-expired', unusable('expired')],
    ['credentials-missing', unusable('missing')],
    ['credentials-missing', error({ name: 'CredentialsMissingError' })],
    ['credentials-missing', error({ name: 'CredentialsProviderError' })],
    ['credentials-missing', error({ name: 'InvalidClientTokenId', status: 403 })],
    ['unreachable', error({ code: 'ECONNREFUSED' })],
    ['unreachable', error({ code: 'ENOTFOUND' })],
    ['unreachable', error({ code: 'ECONNRESET', name: 'TimeoutError' })],
    ['unreachable', error({ name: 'TimeoutError' })],
    ['unreachable', error({ name: 'AbortError' })],
    ['unreachable', new Error('failed', { cause: error({ code: 'EAI_AGAIN' }) })],
    ['rejected', error({ name: 'InvalidParameterException', status: 400 })],
    ['failed', error({ name: 'NotFoundException', status: 404 })],
    ['failed', error({ name: 'SignatureDoesNotMatch', status: 403 })],
    ['failed', error({ name: 'InternalErrorException', status: 500 })],
    ['failed', new Error('because')],
    ['failed', 'because'],
  ])('calls it %s: %s', (failure, thrown) => {
    expect(toPublishError(thrown)).toMatchObject({ failure, cause: thrown });
  });

  it('passes on what it has made before', () => {
    const made = new PublishError('failed', 'because');

    expect(toPublishError(made)).toBe(made);
  });

  it.each([
    [false, error({ code: 'ECONNREFUSED' })],
    [false, error({ name: 'AuthorizationErrorException', status: 403 })],
    [false, error({ name: 'ThrottledException', status: 429 })],
    [true, error({ name: 'TimeoutError' })],
    [true, error({ code: 'ECONNRESET' })],
    [true, error({ name: 'InternalErrorException', status: 500 })],
    [true, new Error('the answer could not be read')],
  ])('says %s to whether it may be published all the same: %s', (mayBePublished, thrown) => {
    expect(toPublishError(thrown).mayBePublished).toBe(mayBePublished);
  });

  it('keeps the first line of the reason: the others of a refused signature repeat the session token', () => {
    const refused = error({
      name: 'SignatureDoesNotMatch',
      message: 'It does not match.\n\nx-amz-security-token:secret',
    });

    expect(toPublishError(refused).message).toBe('It does not match.');
  });

  it('names the code of a connection error without a message', () => {
    expect(toPublishError(error({ code: 'ECONNREFUSED', message: '' })).message).toBe('ECONNREFUSED');
  });
});
