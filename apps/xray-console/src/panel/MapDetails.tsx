import type { JSX } from 'preact';
import { formatPerMinute, formatSeconds, plural } from '../format.js';
import { filterForEdge, filterForNode } from '../map/filter-for.js';
import type { MapEdge, MapGraph, MapNode } from '../map/map-graph.js';
import { typeWords } from '../map/node-words.js';
import { DetailPanel } from './DetailPanel.js';
import { selectOnMap } from './map-selection.js';

interface MapDetailsProps {
  graph: MapGraph;
  selectedId: string;
  focusId: string | undefined;
  onFocus: (id: string | undefined) => void;
  onClose: () => void;
}

/** The panel of the selected node or edge; nothing while the selected one is not in the time range. */
export function MapDetails(props: MapDetailsProps): JSX.Element | null {
  const { graph, selectedId } = props;
  const node = graph.nodes.find(({ id }) => id === selectedId);
  if (node !== undefined) return <NodeDetails {...props} node={node} />;
  const edge = graph.edges.find(({ id }) => id === selectedId);
  return edge === undefined ? null : <EdgeDetails edge={edge} onClose={props.onClose} />;
}

function NodeDetails({
  node,
  graph,
  focusId,
  onFocus,
  onClose,
}: MapDetailsProps & { node: MapNode }): JSX.Element {
  const isFocus = focusId === node.id;
  return (
    <DetailPanel
      id={node.id}
      kind={typeWords(node.type)}
      title={node.name}
      figures={node.figures}
      entries={node.service.ResponseTimeHistogram ?? []}
      view="the service itself sees it"
      filterFor={(selection) => filterForNode(node, selection)}
      onClose={onClose}
      actions={
        <button
          type="button"
          class="button quiet small"
          aria-pressed={isFocus}
          onClick={() => onFocus(isFocus ? undefined : node.id)}
        >
          Focus on its neighbours
        </button>
      }
    >
      {node.isClient && <p class="muted">Clients send no segments: what they called tells of them.</p>}
      <Connections title="Calls" edges={graph.edges.filter(({ from }) => from.id === node.id)} end="to" />
      <Connections title="Called by" edges={graph.edges.filter(({ to }) => to.id === node.id)} end="from" />
    </DetailPanel>
  );
}

function Connections(props: {
  title: string;
  edges: readonly MapEdge[];
  end: 'from' | 'to';
}): JSX.Element | null {
  const { title, edges, end } = props;
  if (edges.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul class="connections">
        {edges.map((edge) => (
          <li key={edge.id}>
            <button type="button" class="link-button" onClick={() => selectOnMap(edge.id)}>
              {edge[end].plainName}
            </button>
            <span class="muted">{describe(edge)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function describe({ isLink, link, figures }: MapEdge): string {
  if (isLink) return `${plural(link?.count ?? 0, 'message')} after ${formatSeconds(link?.averageAgeSec)}`;
  return `${formatSeconds(figures?.averageSec)}, ${formatPerMinute(figures?.perMinute)} a minute`;
}

function EdgeDetails({ edge, onClose }: { edge: MapEdge; onClose: () => void }): JSX.Element {
  const { from, to, isLink, link } = edge;
  return (
    <DetailPanel
      id={edge.id}
      kind={isLink ? 'Messages' : 'Calls'}
      title={`${from.plainName} → ${to.plainName}`}
      figures={edge.figures}
      entries={edge.edge.ResponseTimeHistogram}
      view="the caller sees it"
      filterFor={(selection) => filterForEdge(edge, selection)}
      onClose={onClose}
    >
      {isLink && (
        <p>
          {plural(link?.count ?? 0, 'message')} led to work in a trace of its own, on average{' '}
          {formatSeconds(link?.averageAgeSec)} after being sent.
        </p>
      )}
      <section>
        <h3>Ends</h3>
        <ul class="connections">
          {[from, to].map((node, index) => (
            <li key={index}>
              <button type="button" class="link-button" onClick={() => selectOnMap(node.id)}>
                {node.plainName}
              </button>
              <span class="muted">{index === 0 ? 'caller' : 'called'}</span>
            </li>
          ))}
        </ul>
      </section>
    </DetailPanel>
  );
}
