import { randomUUID } from 'node:crypto';
import type { SignupEvent } from '#contracts';

let counter = 0;

/** A sign-up event; each with an id and an address of its own. */
export function anEvent(fields: Partial<SignupEvent> = {}): SignupEvent {
  counter += 1;
  return {
    type: 'signup.created.v1',
    id: randomUUID(),
    name: 'Ada Lovelace',
    email: `ada-${counter}@example.com`,
    previewAccess: 'Yes',
    createdAt: '2026-01-01T11:00:00.000Z',
    ...fields,
  };
}

export const TRACE_HEADER = 'Root=1-69566240-0123456789abcdef01234567;Parent=0123456789abcdef;Sampled=1';
