import type { TraceSummary } from '#xray-model';
import { quote } from './filter-text.js';
import { annotationsOf, countBy } from './known-values.js';

/** What the traces can be refined by. */
export type Facet = 'node' | 'url' | 'status' | 'user' | 'annotation';

export interface Refinement {
  label: string;
  /** A condition of a filter expression. */
  condition: string;
  /** How many of the loaded traces fit. */
  count: number;
}

export const FACETS: readonly { facet: Facet; label: string }[] = [
  { facet: 'node', label: 'node' },
  { facet: 'url', label: 'URL' },
  { facet: 'status', label: 'status' },
  { facet: 'user', label: 'user' },
  { facet: 'annotation', label: 'annotation' },
];

/** The refinements that are always at hand: what went wrong. */
export function outcomeRefinements(summaries: readonly TraceSummary[]): Refinement[] {
  return [
    { label: 'Fault', condition: 'fault', count: summaries.filter(({ HasFault }) => HasFault).length },
    { label: 'Error', condition: 'error', count: summaries.filter(({ HasError }) => HasError).length },
    {
      label: 'Throttle',
      condition: 'throttle',
      count: summaries.filter(({ HasThrottle }) => HasThrottle).length,
    },
  ];
}

/** The values of a facet among the loaded traces, the most frequent first. */
export function facetRefinements(facet: Facet, summaries: readonly TraceSummary[]): Refinement[] {
  const labels = new Map<string, Label>();
  const conditions = summaries.flatMap((summary) => {
    const found = refinementsOf(facet, summary);
    for (const [condition, label] of found) labels.set(condition, label);
    return [...found.keys()];
  });
  const shortCounts = new Map(
    countBy([...labels.values()].map(({ short }) => short)).map(({ value, count }) => [value, count]),
  );
  return countBy(conditions).map(({ value, count }) => {
    const { short, long } = labels.get(value) ?? { short: value, long: value };
    // Two nodes of one name are told apart by their types.
    return { label: shortCounts.get(short) === 1 ? short : long, condition: value, count };
  });
}

interface Label {
  short: string;
  long: string;
}

/** Condition to label, each condition once for a trace. */
function refinementsOf(facet: Facet, summary: TraceSummary): Map<string, Label> {
  switch (facet) {
    case 'node':
      return nodesOf(summary);
    case 'url':
      return one(summary.Http.HttpURL, (url) => `http.url = ${quote(url)}`);
    case 'status':
      return one(summary.Http.HttpStatus?.toString(), (status) => `http.status = ${status}`);
    case 'user':
      return new Map(summary.Users.map(({ UserName }) => [`user = ${quote(UserName)}`, plain(UserName)]));
    case 'annotation':
      return new Map(
        annotationsOf(summary).map(({ key, value }) => [
          `${annotationKeyword(key)} = ${typeof value === 'string' ? quote(value) : String(value)}`,
          plain(`${key} = ${String(value)}`),
        ]),
      );
  }
}

/** A client is no service that could be asked for. */
function nodesOf({ ServiceIds }: TraceSummary): Map<string, Label> {
  const nodes = ServiceIds.filter(({ Type }) => Type !== 'client');
  return new Map(
    nodes.map(({ Name, Type }) => {
      const type = Type === undefined ? '' : `, type: ${quote(Type)}`;
      const label = { short: Name, long: `${Name} (${Type ?? 'no type'})` };
      return [`service(id(name: ${quote(Name)}${type}))`, label];
    }),
  );
}

function one(value: string | undefined, toCondition: (value: string) => string): Map<string, Label> {
  return new Map(value === undefined ? [] : [[toCondition(value), plain(value)]]);
}

function plain(label: string): Label {
  return { short: label, long: label };
}

/** How the language names an annotation: its key may hold a dot only in brackets. */
export function annotationKeyword(key: string): string {
  return /^\w+$/.test(key) ? `annotation.${key}` : `annotation[${key}]`;
}
