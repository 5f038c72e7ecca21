import type { ServiceId, TraceSummary } from '#xray-model';

/** What the loaded summaries speak of, the most frequent first. */
export interface KnownValues {
  names: readonly string[];
  types: readonly string[];
  urls: readonly string[];
  methods: readonly string[];
  statuses: readonly string[];
  users: readonly string[];
  userAgents: readonly string[];
  clientIps: readonly string[];
  /** The values of each annotation, as the language writes them. */
  annotations: ReadonlyMap<string, readonly string[]>;
}

interface AnnotationFact {
  key: string;
  value: string | number | boolean;
}

/** Arbitrary: more than anybody reads in a list of suggestions. */
const MAX_VALUES = 200;

/** Gathers what may be suggested and refined by. */
export function collectKnownValues(summaries: readonly TraceSummary[]): KnownValues {
  const annotationFacts = summaries.flatMap(annotationsOf);
  const keys = mostFrequent(annotationFacts.map(({ key }) => key));
  return {
    names: mostFrequent(summaries.flatMap(({ ServiceIds }) => ServiceIds.map(({ Name }) => Name))),
    types: mostFrequent(summaries.flatMap(({ ServiceIds }) => ServiceIds.flatMap(typeOf))),
    urls: mostFrequent(summaries.flatMap(({ Http }) => Http.HttpURL ?? [])),
    methods: mostFrequent(summaries.flatMap(({ Http }) => Http.HttpMethod ?? [])),
    statuses: mostFrequent(summaries.flatMap(({ Http }) => Http.HttpStatus ?? []).map(String)),
    users: mostFrequent(summaries.flatMap(({ Users }) => Users.map(({ UserName }) => UserName))),
    userAgents: mostFrequent(summaries.flatMap(({ Http }) => Http.UserAgent ?? [])),
    clientIps: mostFrequent(summaries.flatMap(({ Http }) => Http.ClientIp ?? [])),
    annotations: new Map(keys.map((key) => [key, valuesOf(annotationFacts, key)])),
  };
}

/** The annotations of a trace, one for each value. */
export function annotationsOf({ Annotations }: TraceSummary): AnnotationFact[] {
  return Object.entries(Annotations).flatMap(([key, entries]) =>
    entries.map(({ AnnotationValue: found }) => {
      if ('StringValue' in found) return { key, value: found.StringValue };
      return { key, value: 'NumberValue' in found ? found.NumberValue : found.BooleanValue };
    }),
  );
}

/** Counts what occurs, the most frequent first and then by name. */
export function countBy(values: readonly string[]): { value: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || compareText(a.value, b.value));
}

function mostFrequent(values: readonly string[]): string[] {
  return countBy(values)
    .slice(0, MAX_VALUES)
    .map(({ value }) => value);
}

function valuesOf(facts: readonly AnnotationFact[], wanted: string): string[] {
  return mostFrequent(facts.filter(({ key }) => key === wanted).map(({ value }) => JSON.stringify(value)));
}

function typeOf({ Type }: ServiceId): string[] {
  return Type === undefined ? [] : [Type];
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a !== b);
}
