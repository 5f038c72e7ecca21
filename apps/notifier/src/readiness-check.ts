import type { ReadinessCheck } from '#nest-http';
import type { RoleCredentials } from './aws/role-credentials.js';
import type { InboxConsumer } from './inbox/inbox.consumer.js';

/**
 * Ready means that the background work has credentials and reads the queue. Whether publishing is permitted is
 * not asked: a notifier without that permission still answers each request with the reason.
 */
export function createReadinessCheck(
  role: Pick<RoleCredentials, 'status'>,
  inbox: Pick<InboxConsumer, 'isReading'>,
): ReadinessCheck {
  return async () => {
    const { state, lastError } = role.status();
    if (state !== 'valid')
      throw new Error(`the credentials are ${state}${lastError ? `: ${lastError}` : ''}`);
    if (!inbox.isReading()) throw new Error('the queue cannot be read, or its messages cannot be handled');
  };
}
