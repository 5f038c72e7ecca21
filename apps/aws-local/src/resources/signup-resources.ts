import type { JsonObject } from '../protocol/api-message.js';

export const TABLE = 'signups';
export const TOPIC = 'signups';
export const QUEUE = 'signups';
export const DEAD_LETTER_QUEUE = 'signups-dead-letters';
/** So many times a message is received before it is put aside. */
export const MAX_RECEIVE_COUNT = 5;
/** Whom the topic would write to; nobody confirms it, so the subscription stays pending. */
export const ADMINISTRATOR_EMAIL = 'admin@example.com';

/**
 * Sign-ups by e-mail address. `pending` is sparse: `pendingSince` is removed once a sign-up is announced, so
 * the index holds what is still to be done.
 */
export const SIGNUPS_TABLE: JsonObject = {
  TableName: TABLE,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: ['email', 'id', 'pendingSince'].map((name) => ({
    AttributeName: name,
    AttributeType: 'S',
  })),
  KeySchema: [{ AttributeName: 'email', KeyType: 'HASH' }],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'pending',
      KeySchema: [{ AttributeName: 'pendingSince', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
    {
      IndexName: 'by-id',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      Projection: { ProjectionType: 'ALL' },
    },
  ],
};
