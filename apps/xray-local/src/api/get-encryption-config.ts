import type { Operation } from './operation.js';

/** Tells how traces are said to be encrypted. */
export const getEncryptionConfig: Operation = (_input, { account }) => ({
  EncryptionConfig: account.encryption,
});
