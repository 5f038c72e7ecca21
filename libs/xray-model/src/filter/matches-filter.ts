import type { AnnotationValue, JsonValue } from '../segment/segment-document.js';
import { REMOTE_NODE_TYPE } from '../trace/inferred-segment.js';
import { summarizeTrace } from '../trace/summarize-trace.js';
import type { FailedEntity, RootCause, SlowEntity, TraceSummary } from '../trace/trace-summary.js';
import type { NodeKey, Trace } from '../trace/trace.js';
import type {
  AnnotationTest,
  EdgeFilter,
  FilterExpression,
  GroupFilter,
  NodeSelector,
  NumberOperator,
  RootCauseFilter,
  ServiceFilter,
  StringOperator,
  StringTest,
} from './filter-expression.js';
import type { FilterSubject } from './filter-subject.js';
import {
  callSubject,
  entityElement,
  exceptionElement,
  segmentSubject,
  serviceElement,
  traceSubject,
} from './filter-subject.js';

/** A group that `group.name` and `group.arn` may refer to. */
export interface FilterGroup {
  name: string;
  arn: string;
  /** Absent on a group that takes every trace. */
  expression?: FilterExpression;
}

/** What an expression refers to by name besides the trace. */
export interface FilterContext {
  groups?: readonly FilterGroup[];
}

/**
 * Tells whether a trace matches a filter expression. A comparison with something that the trace does not have is
 * false, `!=` too; a group that is not in the context, or that refers to itself, matches nothing.
 */
export function matchesFilter(
  expression: FilterExpression,
  trace: Trace,
  context: FilterContext = {},
): boolean {
  return new Evaluation(trace, context).holds(expression, traceSubject(trace));
}

/** One expression on one trace. */
class Evaluation {
  #summary: TraceSummary | undefined;
  readonly #openGroups = new Set<FilterGroup>();

  constructor(
    private readonly trace: Trace,
    private readonly context: FilterContext,
  ) {}

  holds(expression: FilterExpression, subject: FilterSubject): boolean {
    switch (expression.kind) {
      case 'and':
        return expression.operands.every((operand) => this.holds(operand, subject));
      case 'or':
        return expression.operands.some((operand) => this.holds(operand, subject));
      case 'not':
        return !this.holds(expression.operand, subject);
      case 'boolean':
        return subject.is(expression.keyword) === expression.value;
      case 'number':
        return holdsForNumber(subject.numberOf(expression.keyword), expression.operator, expression.value);
      case 'string':
        return holdsForTexts(subject.textsOf(expression.keyword), expression.test);
      case 'annotation':
        return this.#annotations(expression.key).some((value) => holdsForAnnotation(value, expression.test));
      case 'group':
        return this.#group(expression);
      case 'service':
        return this.#service(expression);
      case 'edge':
        return this.#edge(expression);
      case 'rootCause':
        return this.#rootCauses(expression.cause).some((cause) => this.#rootCause(cause, expression));
      case 'rootCauseJson':
        return expression.rootCauses.every((wanted) =>
          this.#allRootCauses().some((cause) => fits(cause, wanted)),
        );
    }
  }

  #annotations(key: string): AnnotationValue[] {
    const values: AnnotationValue[] = [];
    for (const { document } of this.trace.entities.values()) {
      const { annotations } = document;
      const value =
        annotations !== undefined && Object.hasOwn(annotations, key) ? annotations[key] : undefined;
      if (value !== undefined) values.push(value);
    }
    return values;
  }

  #group({ field, value, isNegated }: GroupFilter): boolean {
    const group = this.context.groups?.find((candidate) => candidate[field] === value);
    if (group === undefined || this.#openGroups.has(group)) return false;
    if (group.expression === undefined) return !isNegated;
    this.#openGroups.add(group);
    const isMatch = this.holds(group.expression, traceSubject(this.trace));
    this.#openGroups.delete(group);
    return isMatch !== isNegated;
  }

  #service({ selector, filter }: ServiceFilter): boolean {
    const segments = this.trace.segments.filter(({ node }) => selects(selector, node));
    if (filter !== undefined) return segments.some((segment) => this.holds(filter, segmentSubject(segment)));
    // Clients are nodes without segments.
    return segments.length > 0 || this.trace.calls.some(({ from }) => selects(selector, from));
  }

  #edge({ source, destination, filter }: EdgeFilter): boolean {
    return this.trace.calls.some((call) => {
      if (!selects(source, call.from) || !selects(destination, call.to)) return false;
      return filter === undefined || this.holds(filter, callSubject(call));
    });
  }

  #rootCause(cause: RootCause<FailedEntity | SlowEntity>, { element, filter }: RootCauseFilter): boolean {
    const services = cause.Services;
    if (element === 'service') {
      return someElement(services, (service, place) => this.holds(filter, serviceElement(service, place)));
    }
    const paths = services.map(({ EntityPath }) => EntityPath);
    if (element === 'entity') {
      return paths.some((path) => {
        return someElement(path, (entity, place) => this.holds(filter, entityElement(entity, place)));
      });
    }
    return paths.flat().some((entity) => {
      const exceptions = 'Exceptions' in entity ? entity.Exceptions : [];
      return someElement(exceptions, (exception, place) =>
        this.holds(filter, exceptionElement(exception, place)),
      );
    });
  }

  #rootCauses(kind: RootCauseFilter['cause']): RootCause<FailedEntity | SlowEntity>[] {
    this.#summary ??= summarizeTrace(this.trace);
    if (kind === 'fault') return this.#summary.FaultRootCauses;
    return kind === 'error' ? this.#summary.ErrorRootCauses : this.#summary.ResponseTimeRootCauses;
  }

  #allRootCauses(): RootCause<FailedEntity | SlowEntity>[] {
    return [...this.#rootCauses('fault'), ...this.#rootCauses('error'), ...this.#rootCauses('responsetime')];
  }
}

function someElement<T>(
  list: readonly T[],
  holds: (element: T, place: { index: number; length: number }) => boolean,
): boolean {
  return list.some((element, index) => holds(element, { index, length: list.length }));
}

/**
 * Whether the selector is for the node: what it does not name may be anything. Consoles show a service that does not
 * say where it runs as `remote`, so that people ask for it as such.
 */
export function selects({ name, type, accountId }: NodeSelector, node: NodeKey): boolean {
  if (name !== undefined && name !== node.name) return false;
  if (type !== undefined && type !== (node.type ?? REMOTE_NODE_TYPE)) return false;
  return accountId === undefined || accountId === node.accountId;
}

export function holdsForTexts(texts: readonly string[], test: StringTest): boolean {
  if (test.operator === 'isSet') return texts.length > 0;
  return texts.some((text) => holdsForText(text, test.operator, test.value));
}

function holdsForText(text: string, operator: StringOperator, value: string): boolean {
  switch (operator) {
    case '=':
      return text === value;
    case '!=':
      return text !== value;
    case 'CONTAINS':
      return text.includes(value);
    case 'BEGINSWITH':
      return text.startsWith(value);
    case 'ENDSWITH':
      return text.endsWith(value);
  }
}

export function holdsForNumber(actual: number | undefined, operator: NumberOperator, value: number): boolean {
  if (actual === undefined) return false;
  switch (operator) {
    case '=':
      return actual === value;
    case '!=':
      return actual !== value;
    case '<':
      return actual < value;
    case '<=':
      return actual <= value;
    case '>':
      return actual > value;
    case '>=':
      return actual >= value;
  }
}

/** A value of another type than the annotation's is another value. */
export function holdsForAnnotation(actual: AnnotationValue, test: AnnotationTest): boolean {
  if (test.operator === 'isSet') return actual !== false;
  if (isNumberTest(test)) {
    return typeof actual === 'number'
      ? holdsForNumber(actual, test.operator, test.value)
      : test.operator === '!=';
  }
  if (isTextTest(test)) {
    // So the language asks whether a keyword is set, of whatever type its value is.
    if (test.operator === 'CONTAINS' && test.value === '') return true;
    return typeof actual === 'string'
      ? holdsForText(actual, test.operator, test.value)
      : test.operator === '!=';
  }
  return (actual === test.value) === (test.operator === '=');
}

function isNumberTest(test: AnnotationTest): test is { operator: NumberOperator; value: number } {
  return 'value' in test && typeof test.value === 'number';
}

function isTextTest(test: AnnotationTest): test is { operator: StringOperator; value: string } {
  return 'value' in test && typeof test.value === 'string';
}

/**
 * Whether a root cause has everything that the wanted one names. Lists must agree from end to end; an account id
 * may be written as a number, and null stands for what is absent, as the guide's own answers have it.
 */
function fits(actual: unknown, wanted: JsonValue): boolean {
  if (wanted === null) return actual === undefined || actual === null;
  if (Array.isArray(wanted)) {
    if (!Array.isArray(actual) || actual.length !== wanted.length) return false;
    return wanted.every((element, index) => fits(actual[index], element));
  }
  if (typeof wanted === 'object') {
    if (typeof actual !== 'object' || actual === null) return false;
    return Object.entries(wanted).every(([key, value]) => {
      return fits(Object.hasOwn(actual, key) ? actual[key as keyof typeof actual] : undefined, value);
    });
  }
  return actual === wanted || (typeof wanted === 'number' && actual === String(wanted));
}
