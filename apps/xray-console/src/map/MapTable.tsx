import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { formatCount, formatPerMinute, formatSeconds } from '../format.js';
import { Table } from '../ui/Table.js';
import type { TableColumn } from '../ui/Table.js';
import type { Sort } from '../ui/sort-rows.js';
import type { MapEdge, MapGraph, MapNode } from './map-graph.js';
import { typeWords } from './node-words.js';

interface MapTableProps {
  graph: MapGraph;
  matchingIds: ReadonlySet<string> | undefined;
  onSelect: (id: string) => void;
}

type Row = Pick<MapNode, 'id' | 'figures'>;

/** The figures of the map as tables, which sort. */
export function MapTable({ graph, matchingIds, onSelect }: MapTableProps): JSX.Element {
  const [nodeSort, setNodeSort] = useState<Sort>();
  const [edgeSort, setEdgeSort] = useState<Sort>();
  const isShown = (id: string): boolean => matchingIds === undefined || matchingIds.has(id);
  const nameColumn = <R extends Row>(title: string, nameOf: (row: R) => string): TableColumn<R> => ({
    id: 'name',
    title,
    sortBy: nameOf,
    cell: (row) => (
      <button type="button" class="link-button" onClick={() => onSelect(row.id)}>
        {nameOf(row)}
      </button>
    ),
  });
  const nodeColumns: TableColumn<MapNode>[] = [
    nameColumn<MapNode>('Node', ({ plainName }) => plainName),
    { id: 'type', title: 'Type', cell: ({ type }) => typeWords(type), sortBy: ({ type }) => typeWords(type) },
    ...figureColumns<MapNode>(),
  ];
  const edgeColumns: TableColumn<MapEdge>[] = [
    nameColumn<MapEdge>(
      'Calls',
      ({ from, to, isLink }) => `${from.plainName} ${isLink ? '⇢' : '→'} ${to.plainName}`,
    ),
    ...figureColumns<MapEdge>(),
  ];
  return (
    <div class="map-tables">
      <Table
        caption="Nodes of the service map"
        columns={nodeColumns}
        rows={graph.nodes.filter(({ id }) => isShown(id))}
        keyOf={({ id }) => id}
        sort={nodeSort}
        onSort={setNodeSort}
      />
      <Table
        caption="Calls between the nodes"
        columns={edgeColumns}
        rows={graph.edges.filter(({ from, to }) => isShown(from.id) || isShown(to.id))}
        keyOf={({ id }) => id}
        sort={edgeSort}
        onSort={setEdgeSort}
      />
    </div>
  );
}

function figureColumns<R extends Row>(): TableColumn<R>[] {
  const count = (
    id: string,
    title: string,
    field: 'okCount' | 'errorCount' | 'faultCount' | 'throttleCount',
  ) => ({
    id,
    title,
    align: 'right' as const,
    cell: ({ figures }: R) => formatCount(figures?.[field]),
    sortBy: ({ figures }: R) => figures?.[field],
  });
  return [
    {
      id: 'average',
      title: 'Average',
      align: 'right',
      cell: ({ figures }) => formatSeconds(figures?.averageSec),
      sortBy: ({ figures }) => figures?.averageSec,
    },
    {
      id: 'rate',
      title: 'Per minute',
      align: 'right',
      cell: ({ figures }) => formatPerMinute(figures?.perMinute),
      sortBy: ({ figures }) => figures?.perMinute,
    },
    count('ok', 'OK', 'okCount'),
    count('error', 'Error', 'errorCount'),
    count('fault', 'Fault', 'faultCount'),
    count('throttle', 'Throttle', 'throttleCount'),
  ];
}
