import type { ServiceId } from './trace-summary.js';
import type { NodeKey } from './trace.js';

/** Writes a node as the API does. */
export function toServiceId({ name, type, accountId }: NodeKey): ServiceId {
  return {
    Name: name,
    Names: [name],
    ...(accountId === undefined ? {} : { AccountId: accountId }),
    ...(type === undefined ? {} : { Type: type }),
  };
}
