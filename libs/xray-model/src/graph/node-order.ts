/** What the order and the names of the nodes of an answered graph depend on. */
export interface AnsweredNode {
  ReferenceId?: number | undefined;
  Name?: string | undefined;
  Names?: string[] | undefined;
  Root?: boolean | undefined;
  Type?: string | undefined;
  Edges?: readonly { ReferenceId?: number | undefined }[] | undefined;
}

/** Callers before the called, each client followed by everything it reaches; what no client reaches comes last. */
export function orderFromClients<Node extends AnsweredNode>(nodes: readonly Node[]): Node[] {
  const byId = new Map(nodes.map((node) => [node.ReferenceId, node]));
  const ordered = new Set<Node>();
  const starts = [...nodes.filter(isClientNode), ...nodes.filter((node) => node.Root === true), ...nodes];
  const waiting = starts.toReversed();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (ordered.has(node)) continue;
    ordered.add(node);
    const called = (node.Edges ?? []).map((edge) => byId.get(edge.ReferenceId));
    waiting.push(...called.filter((target) => target !== undefined).toReversed());
  }
  return [...ordered];
}

/**
 * What people call the nodes, by `ReferenceId`. X-Ray names a client like the service it calls; people read "client",
 * and whose only where there are several.
 */
export function nameNodes(nodes: readonly AnsweredNode[]): Map<number | undefined, string> {
  const clientCount = nodes.filter(isClientNode).length;
  return new Map(
    nodes.map((node) => {
      const name = node.Name ?? node.Names?.[0] ?? '?';
      const clientName = clientCount === 1 ? 'client' : `client of ${name}`;
      return [node.ReferenceId, isClientNode(node) ? clientName : name];
    }),
  );
}

/** Whether the node stands for whoever calls a service from outside. */
export function isClientNode(node: AnsweredNode): boolean {
  return node.Type === 'client';
}
