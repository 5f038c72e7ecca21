import { figuresOf, isClientNode, linkFiguresOf, nameNodes, orderFromClients } from '#xray-model';
import { shortName, typeWords } from './node-words.js';
import type { Figures, LinkFigures, Service, ServiceEdge } from '#xray-model';

/** A node as the map draws it. */
export interface MapNode {
  /** Tells the node in every answer, as `ReferenceId` does not; part of links. */
  id: string;
  name: string;
  /** What it is called in a sentence: short, and with its type where several are called the same. */
  plainName: string;
  /** `remote` for a service that does not say where it runs. */
  type: string;
  isClient: boolean;
  /** Undefined on a client, and where nothing is complete yet. */
  figures: Figures | undefined;
  service: Service;
}

export interface MapEdge {
  id: string;
  from: MapNode;
  to: MapNode;
  /** Messages rather than calls. */
  isLink: boolean;
  figures: Figures | undefined;
  link: LinkFigures | undefined;
  edge: ServiceEdge;
}

/** What X-Ray's graph says, ready to be drawn; callers before the called. */
export interface MapGraph {
  nodes: MapNode[];
  edges: MapEdge[];
}

export const NO_GRAPH: MapGraph = { nodes: [], edges: [] };

/** Works out what to draw of an answer over so many minutes. An edge to a node of no page is left out. */
export function buildMapGraph(services: readonly Service[], minutes: number): MapGraph {
  const ordered = orderFromClients(inOneOrder(services));
  const names = nameNodes(ordered);
  const ids = new Map<string, number>();
  const byReference = new Map<number, MapNode>();
  for (const service of ordered) {
    const name = names.get(service.ReferenceId) ?? '?';
    const type = service.Type ?? 'remote';
    byReference.set(service.ReferenceId, {
      id: uniqueId(service, ids),
      name,
      plainName: shortName({ name, type }),
      type,
      isClient: isClientNode(service),
      figures: figuresOf(service.SummaryStatistics, minutes),
      service,
    });
  }
  const nodes = [...byReference.values()];
  tellApart(nodes);
  const edges = nodes.flatMap((from) =>
    from.service.Edges.flatMap((edge) => {
      const to = byReference.get(edge.ReferenceId);
      return to === undefined ? [] : [toMapEdge(from, to, edge, minutes)];
    }),
  );
  return { nodes, edges };
}

/** A table and a queue may well have one name. */
function tellApart(nodes: readonly MapNode[]): void {
  const byName = Map.groupBy(nodes, ({ plainName }) => plainName);
  for (const alike of byName.values()) {
    if (alike.length === 1) continue;
    for (const node of alike) node.plainName = `${node.plainName} (${typeWords(node.type)})`;
  }
}

function toMapEdge(from: MapNode, to: MapNode, edge: ServiceEdge, minutes: number): MapEdge {
  const isLink = edge.EdgeType === 'link';
  return {
    id: `${from.id}${isLink ? '~~' : '~'}${to.id}`,
    from,
    to,
    isLink,
    figures: figuresOf(edge.SummaryStatistics, minutes),
    link: isLink ? linkFiguresOf(edge.ReceivedEventAgeHistogram) : undefined,
    edge,
  };
}

/** Readable in a link; what is in another account, or of a name that another one has, is numbered. */
function uniqueId({ Name, Type = 'remote' }: Service, takenIds: Map<string, number>): string {
  const id = `${Type}|${Name}`;
  const count = (takenIds.get(id) ?? 0) + 1;
  takenIds.set(id, count);
  return count === 1 ? id : `${id}|${count}`;
}

function identityOf({ Name, Type = 'remote', AccountId = '' }: Service): string {
  return [Type, Name, AccountId].join('|');
}

/** The same picture whatever order the services and their edges have in the answer. */
function inOneOrder(services: readonly Service[]): Service[] {
  const sorted = services.toSorted(byIdentity);
  const places = new Map(sorted.map(({ ReferenceId }, place) => [ReferenceId, place]));
  const placeOf = ({ ReferenceId }: ServiceEdge): number => places.get(ReferenceId) ?? 0;
  const byTarget = (a: ServiceEdge, b: ServiceEdge): number => placeOf(a) - placeOf(b);
  return sorted.map((service) => ({ ...service, Edges: service.Edges.toSorted(byTarget) }));
}

function byIdentity(a: Service, b: Service): number {
  return identityOf(a) < identityOf(b) ? -1 : 1;
}

/** Of all: what is worth telling in one line. */
export interface MapTotals {
  nodeCount: number;
  edgeCount: number;
  /** Requests that came in from outside. */
  requestCount: number;
}

export function totalsOf({ nodes, edges }: MapGraph): MapTotals {
  const entries = nodes.filter(({ service }) => service.Root === true);
  const fromClients = edges.filter(({ from, isLink }) => from.isClient && !isLink);
  // Of part of a trace it may not be known who called.
  const counted = fromClients.length > 0 ? fromClients : entries;
  return {
    nodeCount: nodes.length,
    edgeCount: edges.length,
    requestCount: counted.reduce((sum, { figures }) => sum + (figures?.totalCount ?? 0), 0),
  };
}
