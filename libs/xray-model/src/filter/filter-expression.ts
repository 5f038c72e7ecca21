import type { JsonValue } from '../segment/segment-document.js';

/**
 * A parsed filter expression. Every part of the language has one shape here: `service("a") { fault }` and
 * `service(id(name: "a")) { fault = true }` parse to the same tree.
 *
 * @see https://docs.aws.amazon.com/xray/latest/devguide/xray-console-filters.html
 */
export type FilterExpression =
  | { kind: 'and'; operands: FilterExpression[] }
  | { kind: 'or'; operands: FilterExpression[] }
  | { kind: 'not'; operand: FilterExpression }
  | BooleanFilter
  | NumberFilter
  | StringFilter
  | AnnotationFilter
  | GroupFilter
  | ServiceFilter
  | EdgeFilter
  | RootCauseFilter
  | RootCauseJsonFilter;

export interface BooleanFilter {
  kind: 'boolean';
  keyword: BooleanKeyword;
  value: boolean;
}

export interface NumberFilter {
  kind: 'number';
  keyword: NumberKeyword;
  operator: NumberOperator;
  value: number;
}

export interface StringFilter {
  kind: 'string';
  keyword: StringKeyword;
  test: StringTest;
}

export interface AnnotationFilter {
  kind: 'annotation';
  key: string;
  test: AnnotationTest;
}

/** Stands for the expression of the group of that name or ARN. */
export interface GroupFilter {
  kind: 'group';
  field: 'name' | 'arn';
  value: string;
  isNegated: boolean;
}

export interface ServiceFilter {
  kind: 'service';
  selector: NodeSelector;
  /** Must hold for one segment of the node. */
  filter?: FilterExpression;
}

export interface EdgeFilter {
  kind: 'edge';
  source: NodeSelector;
  destination: NodeSelector;
  /** Must hold for one call over the edge, as its caller saw it. */
  filter?: FilterExpression;
}

export interface RootCauseFilter {
  kind: 'rootCause';
  cause: RootCauseKind;
  element: RootCauseElement;
  filter: FilterExpression;
}

/** Every object of the array must be found among the root causes; a field left out of it matches anything. */
export interface RootCauseJsonFilter {
  kind: 'rootCauseJson';
  rootCauses: JsonValue[];
}

/** Without any field: every node. Comparison is exact and case-sensitive. */
export interface NodeSelector {
  name?: string;
  type?: string;
  accountId?: string;
}

export type NumberOperator = '=' | '!=' | '<' | '<=' | '>' | '>=';
export type StringOperator = '=' | '!=' | 'CONTAINS' | 'BEGINSWITH' | 'ENDSWITH';

/** `isSet` is the bare keyword. */
export type StringTest = { operator: 'isSet' } | { operator: StringOperator; value: string };

/** A bare boolean annotation stands for its value, any other for being set. */
export type AnnotationTest =
  | { operator: 'isSet' }
  | { operator: NumberOperator; value: number }
  | { operator: StringOperator; value: string }
  | { operator: '=' | '!='; value: boolean };

export type RootCauseKind = 'fault' | 'error' | 'responsetime';
export type RootCauseElement = 'service' | 'entity' | 'exception';

export type BooleanKeyword =
  'ok' | 'error' | 'throttle' | 'fault' | 'partial' | 'inferred' | 'first' | 'last' | 'remote' | 'root';

export type NumberKeyword = 'responsetime' | 'duration' | 'http.status' | 'index' | 'coverage';

export type StringKeyword =
  | 'http.url'
  | 'http.method'
  | 'http.useragent'
  | 'http.clientip'
  | 'user'
  | 'name'
  | 'type'
  | 'message'
  | 'availabilityzone'
  | 'instance.id'
  | 'resource.arn';
