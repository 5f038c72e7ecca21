import './segment-details.css';
import type { JSX } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Trace, TraceEntity } from '#xray-model';
import { formatDateTime, formatSeconds } from '../format.js';
import type { LinkedTrace } from '../trace/linked-traces.js';
import { LinkedTraceList } from '../trace/LinkedTraceList.js';
import { CopyButton } from '../ui/CopyButton.js';
import { StatusBadge } from '../ui/StatusBadge.js';
import type { Tab } from '../ui/Tabs.js';
import { Tabs } from '../ui/Tabs.js';
import type { WaterfallMark } from '../waterfall/build-rows.js';
import type { Fact } from './describe-entity.js';
import {
  annotationFacts,
  exceptionFacts,
  metadataFacts,
  requestFacts,
  resourceFacts,
  sqlFacts,
} from './describe-entity.js';
import { ExceptionList } from './ExceptionList.js';
import { FactList } from './FactList.js';

/** The style sheet of the trace has the same. */
const BESIDE = '(min-width: 75rem)';

interface SegmentDetailsProps {
  trace: Trace;
  entity: TraceEntity;
  marks: readonly WaterfallMark[];
  links: readonly LinkedTrace[];
  tab: string;
  onTab: (id: string) => void;
  onClose: () => void;
  /** Counts up when the reader came by keyboard and wants to go on reading here. */
  focusRequest: number;
}

/** Everything that is known of one segment or subsegment. */
export function SegmentDetails(props: SegmentDetailsProps): JSX.Element {
  const { entity, tab, onTab, onClose, focusRequest } = props;
  const panel = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (focusRequest > 0)
      panel.current?.querySelector<HTMLElement>('[role=tab][aria-selected=true]')?.focus();
  }, [focusRequest]);
  // Where there is no room beside the timeline the details are below it.
  useLayoutEffect(() => {
    if (!matchMedia(BESIDE).matches) panel.current?.scrollIntoView({ block: 'nearest' });
  }, [entity.id]);
  const closeByKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    onClose();
  };
  return (
    <section
      class="card segment-details"
      aria-label={`Details of ${entity.document.name}`}
      ref={panel}
      onKeyDown={closeByKey}
    >
      <header class="segment-details-head">
        <p class="segment-kind">{kindOf(entity)}</p>
        <div class="segment-details-title">
          <h2>{entity.document.name}</h2>
          <button type="button" class="button small quiet" onClick={onClose}>
            Close
          </button>
        </div>
        <p class="segment-details-summary">
          <StatusBadge outcome={entity.outcome} /> <span>{lengthOf(entity)}</span>
        </p>
      </header>
      <Tabs label="Details" tabs={tabsOf(props)} selectedId={tab} onSelect={onTab} />
    </section>
  );
}

function tabsOf({ trace, entity, marks, links }: SegmentDetailsProps): Tab[] {
  const exceptions = exceptionFacts(trace, entity);
  const annotations = annotationFacts(entity);
  const metadata = metadataFacts(entity);
  const tabs: Tab[] = [
    {
      id: 'overview',
      label: 'Overview',
      content: () => <Overview trace={trace} entity={entity} marks={marks} />,
    },
    {
      id: 'resources',
      label: 'Resources',
      content: () => <FactList facts={resourceFacts(entity)} none="It does not say where it ran." />,
    },
    {
      id: 'annotations',
      label: withCount('Annotations', annotations.length),
      content: () => <FactList facts={annotations} none="No annotations: what a filter could look for." />,
    },
    {
      id: 'metadata',
      label: withCount('Metadata', metadata.length),
      content: () => <Metadata entity={entity} />,
    },
    {
      id: 'exceptions',
      label: withCount('Exceptions', exceptions.length),
      content: () => <ExceptionList exceptions={exceptions} />,
    },
  ];
  if (entity.document.sql !== undefined)
    tabs.push({ id: 'sql', label: 'SQL', content: () => <Sql entity={entity} /> });
  if (links.length > 0) {
    const list = (): JSX.Element => <LinkedTraceList links={links} />;
    tabs.push({ id: 'links', label: withCount('Links', links.length), content: list });
  }
  tabs.push({ id: 'raw', label: 'Raw', content: () => <RawDocument entity={entity} /> });
  return tabs;
}

function Overview({
  trace,
  entity,
  marks,
}: {
  trace: Trace;
  entity: TraceEntity;
  marks: readonly WaterfallMark[];
}): JSX.Element {
  return (
    <>
      {marks.map(({ kind, label, reason }) => (
        <p key={kind} class="segment-note">
          <strong>{label}.</strong> {reason}
        </p>
      ))}
      <FactList facts={timeFacts(trace, entity)} none="" />
      <h3>Request and response</h3>
      <FactList facts={requestFacts(entity)} none="No request is described here." />
    </>
  );
}

function timeFacts(trace: Trace, entity: TraceEntity): Fact[] {
  const { document } = entity;
  const facts: (Fact | undefined)[] = [
    { name: 'Id', value: entity.id, isCode: true },
    document.parent_id === undefined
      ? undefined
      : { name: 'Parent', value: document.parent_id, isCode: true },
    document.origin === undefined ? undefined : { name: 'Origin', value: document.origin },
    document.namespace === undefined ? undefined : { name: 'Namespace', value: document.namespace },
    document.user === undefined ? undefined : { name: 'User', value: document.user },
    { name: 'Started', value: formatDateTime(entity.startTimeSec) },
    { name: 'After the start', value: formatSeconds(entity.startTimeSec - trace.startTimeSec) },
    {
      name: 'Ended',
      value: entity.endTimeSec === undefined ? 'still in progress' : formatDateTime(entity.endTimeSec),
    },
    { name: 'Took', value: lengthOf(entity) },
    { name: 'Flags', value: flagsOf(entity) },
  ];
  return facts.filter((fact) => fact !== undefined);
}

function flagsOf({ document: { error, fault, throttle } }: TraceEntity): string {
  const flags = Object.entries({ error, fault, throttle }).flatMap(([name, isSet]) =>
    isSet === true ? [name] : [],
  );
  return flags.length === 0 ? 'none' : flags.join(', ');
}

function Metadata({ entity }: { entity: TraceEntity }): JSX.Element {
  const facts = metadataFacts(entity);
  if (facts.length === 0) return <p class="muted">No metadata.</p>;
  return (
    <>
      {facts.map(({ namespace, json }) => (
        <section key={namespace} class="metadata-part">
          <h3>{namespace}</h3>
          <JsonText json={json} label={`Metadata ${namespace}`} />
        </section>
      ))}
    </>
  );
}

function Sql({ entity }: { entity: TraceEntity }): JSX.Element {
  const { query, facts } = sqlFacts(entity);
  return (
    <>
      {query !== undefined && <JsonText json={query} label="Query" />}
      <FactList facts={facts} none="Nothing but the query." />
    </>
  );
}

function RawDocument({ entity }: { entity: TraceEntity }): JSX.Element {
  const json = JSON.stringify(entity.document, undefined, 2);
  return (
    <>
      <CopyButton text={json} label="Copy JSON" />
      <JsonText json={json} label="Document" />
    </>
  );
}

function JsonText({ json, label }: { json: string; label: string }): JSX.Element {
  return (
    <pre class="json-text" tabIndex={0} role="region" aria-label={label}>
      {json}
    </pre>
  );
}

function kindOf(entity: TraceEntity): string {
  if (entity.kind === 'subsegment')
    return entity.document.namespace === undefined ? 'Subsegment' : 'Subsegment, a call';
  return entity.isInferred ? 'Inferred segment' : 'Segment';
}

function lengthOf({ responseTimeSec }: TraceEntity): string {
  return responseTimeSec === undefined ? 'in progress' : formatSeconds(responseTimeSec);
}

function withCount(label: string, count: number): string {
  return count === 0 ? label : `${label} ${count}`;
}
