import type { Edge, EdgeStatistics, Service, ServiceStatistics } from '@aws-sdk/client-xray';
import {
  figuresOf,
  formatCount,
  formatPerMinute,
  formatSeconds,
  linkFiguresOf,
  nameNodes,
  orderFromClients,
} from '#xray-model';
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
  const { count, averageAgeSec } = linkFiguresOf(edge.ReceivedEventAgeHistogram);
  const age = count === 0 ? '' : `, ${count} received after ${formatSeconds(averageAgeSec)} on average`;
  return [`${from} ⇢ ${to}`, ...numberCells(undefined, view), { text: `link${age}`, paint: view.style.dim }];
}

function numberCells(statistics: ServiceStatistics | EdgeStatistics | undefined, view: MapView): Cell[] {
  const { style } = view;
  const figures = figuresOf(statistics, view.minutes);
  if (figures === undefined) {
    return NUMBER_COLUMNS.map(() => ({ text: formatCount(undefined), paint: style.dim }));
  }
  const count = (value: number, paint: Paint): Cell => {
    return { text: formatCount(value), paint: value > 0 ? paint : style.dim };
  };
  return [
    formatSeconds(figures.averageSec),
    formatPerMinute(figures.perMinute),
    count(figures.okCount, style.ok),
    count(figures.errorCount, style.error),
    count(figures.faultCount, style.fault),
    count(figures.throttleCount, style.throttle),
  ];
}
