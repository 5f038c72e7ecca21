import { hostname } from 'node:os';
import { findProjectRoot } from '#local-stack';
import { createTranslator, SpanKind } from '#xray-model';
import type { AnyValue, OtlpSpan, ResourceSpans, SegmentDocument } from '#xray-model';

/** A span that a service has sent, and what the exporter's rules make of it. */
export interface ObservedSpan {
  service: string;
  span: OtlpSpan;
  document: SegmentDocument;
}

export function observe(resourceSpans: readonly ResourceSpans[]): ObservedSpan[] {
  const translator = createTranslator();
  return resourceSpans.flatMap(({ resource, spans }) => {
    const service = textOf(resource.attributes.find(({ key }) => key === 'service.name')?.value);
    return spans.map((span) => {
      const [document] = translator.translate({ resource, spans: [span] }).documents;
      if (document === undefined) throw new Error(`${span.name} has no document`);
      return { service, span, document };
    });
  });
}

function textOf(value: AnyValue | undefined): string {
  return value?.kind === 'string' ? value.value : '';
}

const KIND_NAMES: Readonly<Record<number, string>> = Object.fromEntries(
  Object.entries(SpanKind).map(([name, value]) => [value, name]),
);

/** One row for each kind of span: who makes it, its name, kind and attributes, and what it becomes. */
export function tabulateSpans(observed: readonly ObservedSpan[]): string[][] {
  const groups = Map.groupBy(observed, ({ service, span, document }) =>
    [service, span.name, KIND_NAMES[span.kind] ?? '', becomes(document)].join('\n'),
  );
  return [...groups]
    .map(([group, members]) => {
      const keys = members.flatMap(({ span }) => span.attributes.map(({ key }) => key));
      const [service = '', name = '', kind = '', what = ''] = group.split('\n');
      return [service, `\`${name}\``, kind, what, [...new Set(keys)].toSorted().map(toCode).join(', ')];
    })
    .toSorted((a, b) => (a.join('\n') < b.join('\n') ? -1 : 1));
}

function becomes({ type, name, namespace, links }: SegmentDocument): string {
  const what = type === 'subsegment' ? 'subsegment' : 'segment';
  const where = namespace === undefined ? '' : `, ${namespace}`;
  return `${what} \`${name}\`${where}${links === undefined ? '' : ', linked'}`;
}

function toCode(text: string): string {
  return `\`${text}\``;
}

/** What every document of a process has, whatever it is about. */
export interface DocumentPlace {
  origin?: unknown;
  aws: Record<string, unknown>;
  metadata: { default: Record<string, unknown> };
}

const PLACE_KEYS = new Set(['account_id', 'cloudwatch_logs', 'ecs', 'xray']);

/** Parts a document into what is said of the place that it comes from, and the rest. */
export function partDocument(document: SegmentDocument): {
  place: DocumentPlace;
  rest: Record<string, unknown>;
} {
  const { origin, aws = {}, metadata = {}, ...others } = document;
  const [placeAws, ownAws] = part(aws, (key) => PLACE_KEYS.has(key));
  const [placeDefault, ownDefault] = part((metadata['default'] ?? {}) as object, (key) =>
    key.startsWith('otel.resource.'),
  );
  return {
    place: { origin, aws: placeAws, metadata: { default: placeDefault } },
    rest: {
      ...others,
      ...(Object.keys(ownAws).length > 0 ? { aws: ownAws } : {}),
      ...(Object.keys(ownDefault).length > 0 ? { metadata: { default: ownDefault } } : {}),
    },
  };
}

function part(
  object: object,
  isFirst: (key: string) => boolean,
): [Record<string, unknown>, Record<string, unknown>] {
  const entries: [string, unknown][] = Object.entries(object);
  return [
    Object.fromEntries(entries.filter(([key]) => isFirst(key))),
    Object.fromEntries(entries.filter(([key]) => !isFirst(key))),
  ];
}

/** Two runs differ in these: they are replaced, the same one by the same one. */
export function createStandIns(ports: ReadonlyMap<number, number>): (value: unknown) => unknown {
  const ids = new Map<string, string>();
  const standInOf = (id: string, prefix: string, digits: number): string => {
    const known = ids.get(id) ?? prefix + String(ids.size + 1).padStart(digits, '0');
    ids.set(id, known);
    return known;
  };
  const replaceText = (text: string): string =>
    text
      .replaceAll(/\b1-[0-9a-f]{8}-[0-9a-f]{24}\b/g, (id) => standInOf(id, '1-6923f2c0-', 24))
      .replaceAll(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '00000000-0000-4000-8000-000000000000')
      .replaceAll(/\b[0-9a-f]{32}\b/g, '0'.repeat(32))
      .replaceAll(/^[0-9a-f]{16}$/g, (id) => standInOf(id, '', 16))
      .replaceAll(/(?<=127\.0\.0\.1:)\d+/g, (port) => String(ports.get(Number(port)) ?? port))
      .replaceAll(/^.*\/(?=node_modules\/)/g, '')
      .replaceAll(findProjectRoot(), '')
      .replace(/^.*$/, (whole) => (whole === hostname() ? 'container' : whole));
  const replace = (value: unknown, key = ''): unknown => {
    if (key === 'start_time') return 1_764_000_000.1;
    if (key === 'end_time') return 1_764_000_000.2;
    if (typeof value === 'string') return replaceText(value);
    if (typeof value === 'number') return ports.get(value) ?? value;
    // Where our own code is in a stack depends on every line above it.
    if (key === 'stack' && Array.isArray(value)) return value.slice(0, 1).map((frame) => replace(frame));
    if (Array.isArray(value)) return value.map((item) => replace(item));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, replace(each, name)]));
  };
  return (value) => replace(value);
}
