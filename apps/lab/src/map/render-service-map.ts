import type { Edge, EdgeStatistics, Service, ServiceStatistics } from '@aws-sdk/client-xray';
import { formatCount, formatSeconds } from '../terminal/format.js';
import type { Paint, Style } from '../terminal/style.js';
import type { Cell, Column } from '../terminal/table.js';
import { renderTable } from '../terminal/table.js';

export interface MapView {
  minutes: number;
  columns: number;
  style: Style;
}

const NUMBER_COLUMNS: Column[] = [
  { title: 'AVERAGE', align: 'right' },
  { title: 'PER MIN', align: 'right' },
  { title: 'OK', align: 'right' },
  { title: 'ERROR', align: 'right' },
  { title: 'FAULT', align: 'right' },
  { title: 'THROTTLE', align: 'right' },
];

/** Lines of a service graph: its nodes from the clients on, and below them who called whom. */
export function renderServiceMap(services: readonly Service[], view: MapView): string[] {
  const ordered = orderFromClients(services);
  const names = nameNodes(ordered);
  const nodes = renderTable({
    columns: [{ title: 'NODE', minWidth: 16 }, { title: 'TYPE', minWidth: 12 }, ...NUMBER_COLUMNS],
    rows: ordered.map((service) => [
      names.get(service.ReferenceId) ?? '',
      service.Type ?? 'remote',
      ...numberCells(service.SummaryStatistics, view),
    ]),
    maxWidth: view.columns,
    paintTitle: view.style.dim,
  });
  const edges = renderTable({
    columns: [{ title: 'CALLS', minWidth: 24 }, ...NUMBER_COLUMNS, { title: '', minWidth: 4, dropOrder: 1 }],
    rows: ordered.flatMap((service) => {
      return (service.Edges ?? []).map((edge) => renderEdge(names, service, edge, view));
    }),
    maxWidth: view.columns,
    paintTitle: view.style.dim,
  });
  return edges.length > 1 ? [...nodes, '', ...edges] : nodes;
}

function renderEdge(
  names: ReadonlyMap<number | undefined, string>,
  source: Service,
  edge: Edge,
  view: MapView,
): Cell[] {
  const from = names.get(source.ReferenceId) ?? '?';
  const to = names.get(edge.ReferenceId) ?? '?';
  if (edge.EdgeType !== 'link') return [`${from} → ${to}`, ...numberCells(edge.SummaryStatistics, view)];
  const ages = edge.ReceivedEventAgeHistogram ?? [];
  const count = ages.reduce((sum, entry) => sum + (entry.Count ?? 0), 0);
  const total = ages.reduce((sum, entry) => sum + (entry.Value ?? 0) * (entry.Count ?? 0), 0);
  const age = count === 0 ? '' : `, ${count} received after ${formatSeconds(total / count)} on average`;
  return [`${from} ⇢ ${to}`, ...numberCells(undefined, view), { text: `link${age}`, paint: view.style.dim }];
}

function numberCells(statistics: ServiceStatistics | EdgeStatistics | undefined, view: MapView): Cell[] {
  const { style } = view;
  const total = statistics?.TotalCount;
  // A client has no figures of its own, and a link has none of a call.
  if (statistics === undefined || total === undefined || total === 0) {
    return NUMBER_COLUMNS.map(() => ({ text: formatCount(undefined), paint: style.dim }));
  }
  const count = (value: number | undefined, paint: Paint): Cell => {
    return { text: formatCount(value ?? 0), paint: (value ?? 0) > 0 ? paint : style.dim };
  };
  return [
    formatSeconds((statistics.TotalResponseTime ?? 0) / total),
    (total / view.minutes).toFixed(1),
    count(statistics.OkCount, style.ok),
    count(statistics.ErrorStatistics?.OtherCount, style.error),
    count(statistics.FaultStatistics?.TotalCount, style.fault),
    count(statistics.ErrorStatistics?.ThrottleCount, style.throttle),
  ];
}

/** Callers before the called, each client followed by everything it reaches; what no client reaches comes last. */
function orderFromClients(services: readonly Service[]): Service[] {
  const byId = new Map(services.map((service) => [service.ReferenceId, service]));
  const ordered = new Set<Service>();
  const starts = [
    ...services.filter(isClient),
    ...services.filter((service) => service.Root === true),
    ...services,
  ];
  const waiting = starts.toReversed();
  for (let service = waiting.pop(); service !== undefined; service = waiting.pop()) {
    if (ordered.has(service)) continue;
    ordered.add(service);
    const called = (service.Edges ?? []).map((edge) => byId.get(edge.ReferenceId));
    waiting.push(...called.filter((target) => target !== undefined).toReversed());
  }
  return [...ordered];
}

/** X-Ray names a client like the service it calls; people read "client", and whose only where there are several. */
function nameNodes(services: readonly Service[]): Map<number | undefined, string> {
  const clientCount = services.filter(isClient).length;
  return new Map(
    services.map((service) => {
      const name = service.Name ?? service.Names?.[0] ?? '?';
      const clientName = clientCount === 1 ? 'client' : `client of ${name}`;
      return [service.ReferenceId, isClient(service) ? clientName : name];
    }),
  );
}

function isClient(service: Service): boolean {
  return service.Type === 'client';
}
