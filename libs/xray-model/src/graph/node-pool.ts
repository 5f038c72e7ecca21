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

/** Systems whose every trace goes another way must not fill the pool for ever. */
const MAX_POOLED_LISTS = 10_000;

/** Keeps one object for each of the few nodes that the many traces of a system go through, and for each way through. */
export class NodePool {
  private readonly nodes = new Map<string, ContributedNode>();
  private readonly numbers = new Map<ContributedNode, number>();
  private readonly lists = new Map<string, readonly ContributedNode[]>();

  /** The pool's object for a service, or for what was inferred of calls. */
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
    this.numbers.set(node, this.numbers.size);
    return node;
  }

  /** One list for all that have the same nodes in the same order; they must be this pool's own. */
  list(nodes: readonly ContributedNode[]): readonly ContributedNode[] {
    const listKey = nodes.map((node) => this.numbers.get(node)).join();
    const known = this.lists.get(listKey);
    if (known !== undefined) return known;
    const list = nodes.slice();
    if (this.lists.size < MAX_POOLED_LISTS) this.lists.set(listKey, list);
    return list;
  }
}
