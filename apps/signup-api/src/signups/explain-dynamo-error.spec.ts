import { describe, expect, it } from '@jest/globals';
import { explainDynamoError } from './explain-dynamo-error.js';
import { StoreUnavailableError } from './signup.store.js';

// What the SDK throws for answers is tested with the store. These come from Node, and inside of Jest the SDK takes
// Node's errors for something else and wraps them.
describe('explainDynamoError', () => {
  it.each(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'EPIPE', 'ETIMEDOUT'])(
    'takes %s for a table that cannot be reached',
    (code) => {
      const error = Object.assign(new Error('connect 10.0.0.1:443'), { code });

      const explained = explainDynamoError(error);

      expect(explained).toBeInstanceOf(StoreUnavailableError);
      expect(explained).toMatchObject({ message: 'it cannot be reached', cause: error });
    },
  );

  it.each([
    new TypeError('x is not a function'),
    Object.assign(new Error('no'), { code: 'ERR_INVALID_URL' }),
    'text',
    undefined,
  ])('leaves %p as it is', (error) => {
    expect(explainDynamoError(error)).toBe(error);
  });
});
