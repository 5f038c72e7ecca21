import type { AnnotationValue } from '../segment/segment-document.js';
import type { Trace } from '../trace/trace.js';
import type { BooleanKeyword, NumberKeyword, StringKeyword } from './filter-expression.js';
import { traceSubject } from './filter-subject.js';
import type { FilterSubject } from './filter-subject.js';

const BOOLEANS = [
  'ok',
  'error',
  'throttle',
  'fault',
  'partial',
  'inferred',
] as const satisfies BooleanKeyword[];
const NUMBERS = ['responsetime', 'duration', 'http.status'] as const satisfies NumberKeyword[];
const TEXTS = [
  'http.url',
  'http.method',
  'http.useragent',
  'http.clientip',
  'user',
  'availabilityzone',
  'instance.id',
  'resource.arn',
] as const satisfies StringKeyword[];

/** What the simple keywords of filter expressions read of a trace, written down. It is JSON, and small. */
export interface FilterFacts {
  /** The boolean keywords that hold. */
  is: BooleanKeyword[];
  numbers: Partial<Record<NumberKeyword, number>>;
  texts: Partial<Record<StringKeyword, string[]>>;
  /** Key and value of every annotation of every entity. */
  annotations: [key: string, value: AnnotationValue][];
  /** Some entity, not only the root, failed this way: without one there is no such root cause. */
  hasFaultCause: boolean;
  hasErrorCause: boolean;
}

/** Lists of which every trace has its own, such as those of addresses, must not fill the pool for ever. */
const MAX_POOLED_LISTS = 10_000;

/** Keeps one object for each of the lists that many traces have alike. */
export class ListPool {
  private readonly lists = new Map<string, readonly unknown[]>();

  shared<T extends readonly unknown[]>(list: T): T {
    const key = JSON.stringify(list);
    const known = this.lists.get(key) as T | undefined;
    if (known !== undefined) return known;
    if (this.lists.size < MAX_POOLED_LISTS) this.lists.set(key, list);
    return list;
  }
}

/** @param pool given for many traces, they share what is equal among their facts */
export function filterFactsOf(trace: Trace, pool: ListPool): FilterFacts {
  const subject = traceSubject(trace);
  const facts: FilterFacts = {
    is: BOOLEANS.filter((keyword) => subject.is(keyword)),
    numbers: {},
    texts: {},
    annotations: [],
    hasFaultCause: false,
    hasErrorCause: false,
  };
  for (const keyword of NUMBERS) {
    const value = subject.numberOf(keyword);
    if (value !== undefined) facts.numbers[keyword] = value;
  }
  for (const keyword of TEXTS) {
    const texts = subject.textsOf(keyword);
    if (texts.length > 0) facts.texts[keyword] = [...new Set(texts)];
  }
  for (const { document, outcome } of trace.entities.values()) {
    facts.hasFaultCause ||= outcome === 'fault';
    facts.hasErrorCause ||= outcome === 'error' || outcome === 'throttle';
    if (document.annotations !== undefined) facts.annotations.push(...Object.entries(document.annotations));
  }
  return shareLists(facts, pool);
}

/** The same facts, with the pool's lists for equal ones. */
export function shareLists(facts: FilterFacts, pool: ListPool): FilterFacts {
  const texts: FilterFacts['texts'] = {};
  for (const keyword of TEXTS) {
    const list = facts.texts[keyword];
    if (list !== undefined) texts[keyword] = pool.shared(list);
  }
  return { ...facts, texts, is: pool.shared(facts.is), annotations: pool.shared(facts.annotations) };
}

/** Reads the facts as the trace itself would be read. */
export function factsSubject({ is, numbers, texts }: FilterFacts): FilterSubject {
  return {
    is: (keyword) => is.includes(keyword),
    numberOf: (keyword) => numbers[keyword],
    textsOf: (keyword) => texts[keyword] ?? [],
  };
}
