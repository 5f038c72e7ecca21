import { signupEventSchema } from '#contracts';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { PendingSignup } from './signup.table.js';

/** Reads an item of the table; undefined when it is not a whole sign-up, which somebody else must have written. */
export function toPendingSignup(item: Readonly<Record<string, AttributeValue>>): PendingSignup | undefined {
  const text = (name: string): string | undefined => item[name]?.S;
  const event = signupEventSchema.safeParse({
    type: 'signup.created.v1',
    id: text('id'),
    name: text('name'),
    email: text('email'),
    previewAccess: text('previewAccess'),
    theme: text('theme'),
    createdAt: text('createdAt'),
  });
  return event.success ? { event: event.data, traceHeader: text('traceHeader') } : undefined;
}
