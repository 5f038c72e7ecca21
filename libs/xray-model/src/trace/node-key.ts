import type { SegmentDocument } from '../segment/segment-document.js';
import type { NodeKey } from './trace.js';

/** The type of the node that stands for whoever called the root of a trace. */
export const CLIENT_NODE_TYPE = 'client';

/** One text for each node: equal for equal keys and for no others. */
export function nodeKeyText({ name, type, accountId }: NodeKey): string {
  return `${name}\u0000${type ?? ''}\u0000${accountId ?? ''}`;
}

/** The node of a service that sent its own segment. The API gives no type to one that does not say where it runs. */
export function serviceNode({ name, origin, aws }: SegmentDocument): NodeKey {
  return nodeKey(name, origin, aws?.account_id);
}

/** The caller of a root is known by the name of what it called. */
export function clientNode({ name }: NodeKey): NodeKey {
  return { name, type: CLIENT_NODE_TYPE };
}

/** What is empty says no more than what is not there. */
export function nodeKey(name: string, type: string | undefined, accountId: string | undefined): NodeKey {
  const key: NodeKey = { name };
  if (type !== undefined && type !== '') key.type = type;
  if (accountId !== undefined && accountId !== '') key.accountId = accountId;
  return key;
}
