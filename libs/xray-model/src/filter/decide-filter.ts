import {
  EDGE_SAMPLE_TIMES,
  NODE_SAMPLE_TIMES,
  readSample,
  SAMPLE_LENGTH,
} from '../graph/trace-contribution.js';
import type { Sample } from '../graph/trace-contribution.js';
import type { TraceDigest } from '../trace/trace-digest.js';
import type {
  EdgeFilter,
  FilterExpression,
  GroupFilter,
  RootCauseFilter,
  ServiceFilter,
} from './filter-expression.js';
import { factsSubject } from './filter-facts.js';
import { holdsForAnnotation, holdsForNumber, holdsForTexts, selects } from './matches-filter.js';
import type { FilterContext } from './matches-filter.js';

/** True or false, or undefined where only the trace itself can tell. */
export type Verdict = boolean | undefined;

/**
 * Tells from the digest alone whether a trace matches, where that is possible: never other than {@link matchesFilter}
 * would. What remains open are root causes of traces that have some, and the finer questions about single segments.
 */
export function decideFilter(
  expression: FilterExpression,
  digest: TraceDigest,
  context: FilterContext = {},
): Verdict {
  return new Decision(digest, context).decide(expression);
}

class Decision {
  private isInGroup = false;

  constructor(
    private readonly digest: TraceDigest,
    private readonly context: FilterContext,
  ) {}

  decide(expression: FilterExpression): Verdict {
    const { facts } = this.digest;
    switch (expression.kind) {
      case 'and':
        return every(expression.operands, (operand) => this.decide(operand));
      case 'or':
        return some(expression.operands, (operand) => this.decide(operand));
      case 'not':
        return negate(this.decide(expression.operand));
      case 'boolean':
        return factsSubject(facts).is(expression.keyword) === expression.value;
      case 'number':
        return holdsForNumber(facts.numbers[expression.keyword], expression.operator, expression.value);
      case 'string':
        return holdsForTexts(factsSubject(facts).textsOf(expression.keyword), expression.test);
      case 'annotation':
        return facts.annotations.some(
          ([key, value]) => key === expression.key && holdsForAnnotation(value, expression.test),
        );
      case 'group':
        return this.group(expression);
      case 'service':
        return this.service(expression);
      case 'edge':
        return this.edge(expression);
      case 'rootCause':
        return this.rootCause(expression);
      case 'rootCauseJson':
        return undefined;
    }
  }

  private group({ field, value, isNegated }: GroupFilter): Verdict {
    const group = this.context.groups?.find((candidate) => candidate[field] === value);
    if (group === undefined) return false;
    if (group.expression === undefined) return !isNegated;
    // Groups that refer to groups may do so in a circle, which matches nothing: that is not tracked here.
    if (this.isInGroup) return undefined;
    this.isInGroup = true;
    const verdict = this.decide(group.expression);
    this.isInGroup = false;
    return isNegated ? negate(verdict) : verdict;
  }

  private service({ selector, filter }: ServiceFilter): Verdict {
    const { nodes, nodeSamples } = this.digest.contribution;
    const selected = nodes.map(({ node }) => selects(selector, node));
    if (filter === undefined || !selected.includes(true)) return selected.includes(true);
    const samples: Verdict[] = [];
    for (let at = 0; at < nodeSamples.length; at += SAMPLE_LENGTH) {
      if (selected[nodeSamples[at] as number] !== true) continue;
      samples.push(decideSample(filter, readSample(nodeSamples, at + NODE_SAMPLE_TIMES)));
    }
    return some(samples, (verdict) => verdict);
  }

  private edge({ source, destination, filter }: EdgeFilter): Verdict {
    const { nodes, edgeSamples } = this.digest.contribution;
    const isSource = nodes.map(({ node }) => selects(source, node));
    const isDestination = nodes.map(({ node }) => selects(destination, node));
    const samples: Verdict[] = [];
    for (let at = 0; at < edgeSamples.length; at += SAMPLE_LENGTH) {
      const isSelected = isSource[edgeSamples[at] as number] && isDestination[edgeSamples[at + 1] as number];
      if (isSelected !== true) continue;
      if (filter === undefined) return true;
      samples.push(decideSample(filter, readSample(edgeSamples, at + EDGE_SAMPLE_TIMES)));
    }
    return some(samples, (verdict) => verdict);
  }

  private rootCause({ cause }: RootCauseFilter): Verdict {
    const { hasFaultCause, hasErrorCause } = this.digest.facts;
    if (cause === 'fault' && !hasFaultCause) return false;
    return cause === 'error' && !hasErrorCause ? false : undefined;
  }
}

/** Of a sample only its class and its response time are known. */
function decideSample(filter: FilterExpression, sample: Sample): Verdict {
  switch (filter.kind) {
    case 'and':
      return every(filter.operands, (operand) => decideSample(operand, sample));
    case 'or':
      return some(filter.operands, (operand) => decideSample(operand, sample));
    case 'not':
      return negate(decideSample(filter.operand, sample));
    case 'boolean':
      return compare(isOfClass(filter.keyword, sample), filter.value);
    case 'number':
      return filter.keyword === 'responsetime' ? decideResponseTime(filter, sample) : undefined;
    default:
      return undefined;
  }
}

/** The class names the gravest flag; those below it may be set too. */
function isOfClass(keyword: string, { outcome }: Sample): Verdict {
  if (keyword === 'partial') return outcome === 'pending';
  // What is in progress has its flags already, and no class.
  if (outcome === 'pending') return undefined;
  if (keyword === 'ok') return outcome === 'ok';
  if (keyword === 'fault') return outcome === 'fault';
  if (keyword === 'throttle') return outcome === 'fault' ? undefined : outcome === 'throttle';
  if (keyword !== 'error') return undefined;
  if (outcome === 'error') return true;
  return outcome === 'ok' ? false : undefined;
}

const ROUNDING_SEC = 0.001;

function decideResponseTime(
  { operator, value }: Extract<FilterExpression, { kind: 'number' }>,
  { outcome, responseTimeUs }: Sample,
): Verdict {
  if (outcome === 'pending') return false;
  const seconds = responseTimeUs / 1e6;
  // Comparisons see milliseconds, rounded from what the document says; so near, only that can tell.
  return Math.abs(seconds - value) <= ROUNDING_SEC ? undefined : holdsForNumber(seconds, operator, value);
}

function compare(actual: Verdict, wanted: boolean): Verdict {
  return actual === undefined ? undefined : actual === wanted;
}

function negate(verdict: Verdict): Verdict {
  return verdict === undefined ? undefined : !verdict;
}

function some<T>(items: readonly T[], decide: (item: T) => Verdict): Verdict {
  let verdict: Verdict = false;
  for (const item of items) {
    const one = decide(item);
    if (one === true) return true;
    if (one === undefined) verdict = undefined;
  }
  return verdict;
}

function every<T>(items: readonly T[], decide: (item: T) => Verdict): Verdict {
  return negate(some(items, (item) => negate(decide(item))));
}
