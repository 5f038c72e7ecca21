import { nodeKeyText } from '../trace/node-key.js';
import type { NodeKey } from '../trace/trace.js';

export interface ContributedNode {
  /** Equal for what is one node of the graph. */
  key: string;
  node: NodeKey;
  role: 'client' | 'service' | 'inferred';
  /** A trace came in here from a client. */
  isRoot: boolean;
}

/** Keeps one object for each of the few nodes that the many traces of a system go through. */
export class NodePool {
  private readonly nodes = new Map<string, ContributedNode>();

  node(node: NodeKey, role: 'service' | 'inferred', isRoot: boolean): ContributedNode {
    return this.shared({ key: nodeKeyText(node), node, role, isRoot });
  }

  /** A client is told by what it calls: there is one for each. */
  client(client: NodeKey, callee: NodeKey): ContributedNode {
    return this.shared({
      key: `client of ${nodeKeyText(callee)}`,
      node: client,
      role: 'client',
      isRoot: false,
    });
  }

  /** The pool's own object for a node that may have come from elsewhere. */
  shared(node: ContributedNode): ContributedNode {
    const poolKey = `${node.role} ${node.isRoot} ${node.key}`;
    const known = this.nodes.get(poolKey);
    if (known !== undefined) return known;
    this.nodes.set(poolKey, node);
    return node;
  }
}
