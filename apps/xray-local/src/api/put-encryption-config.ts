import { InvalidRequestError } from './api-error.js';
import type { Operation } from './operation.js';
import { optionalText, requireChoice, requireText } from './operation-input.js';

const MAX_KEY_ID_CHARACTERS = 3000;

/** Keeps the choice of a key. Nothing is encrypted here: the change is active with the next read. */
export const putEncryptionConfig: Operation = (input, { account }) => {
  const Type = requireChoice(input, 'Type', ['NONE', 'KMS']);
  if (Type === 'NONE' && optionalText(input, 'KeyId', MAX_KEY_ID_CHARACTERS) !== undefined) {
    throw new InvalidRequestError('KeyId must be left out when Type is NONE');
  }
  const key = Type === 'KMS' ? { KeyId: requireText(input, 'KeyId', MAX_KEY_ID_CHARACTERS) } : {};
  account.encryption = { Type, Status: 'ACTIVE', ...key };
  return { EncryptionConfig: { Type, Status: 'UPDATING', ...key } };
};
