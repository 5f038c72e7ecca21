import type { AnyValue, KeyValue, OtlpSpan } from '../otlp/otlp-span.js';
import { withoutAttribute } from './attribute-value.js';
import type { AttributeRule, AttributeRules } from './attribute-rule.js';
import { AWS_KEPT_RULES, AWS_RULES, AwsFacts } from './aws-block.js';
import { STATUS_RULES, StatusFacts } from './error-flags.js';
import { HTTP_KEPT_RULES, HTTP_RULES, HttpFacts } from './http-facts.js';
import { NAME_RULES, NameFacts } from './segment-name.js';

const IN_PROGRESS_KEY = 'aws.xray.inprogress';

/** All that one pass over a span's attributes finds out. */
export class SpanFacts {
  readonly http = new HttpFacts();
  readonly aws = new AwsFacts();
  readonly names = new NameFacts();
  /** The names before the mark of a span in progress was removed, which changes the order of the attributes. */
  originalNames = this.names;
  readonly statusCodes = new StatusFacts();
  inProgress: AnyValue | undefined;
  /** What no block has used up, by key; of several with one key the last. */
  readonly rest = new Map<string, AnyValue>();

  constructor(readonly attributes: readonly KeyValue[]) {}
}

interface KeyRule {
  /** The attribute does not reach annotations and metadata. */
  isConsumed: boolean;
  read: AttributeRule<SpanFacts>;
}

const RULES = new Map<string, KeyRule>();
addRules(HTTP_RULES, true);
addRules(AWS_RULES, true);
addRules(HTTP_KEPT_RULES, false);
addRules(AWS_KEPT_RULES, false);
addRules(NAME_RULES, false);
addRules(STATUS_RULES, false);
addRules(
  {
    [IN_PROGRESS_KEY]: (facts, value) => {
      facts.inProgress ??= value;
    },
  },
  false,
);

/** Several blocks may read one key. */
function addRules(rules: AttributeRules<SpanFacts>, isConsumed: boolean): void {
  for (const [key, read] of Object.entries(rules)) {
    const known = RULES.get(key);
    const both: AttributeRule<SpanFacts> = (facts, value) => {
      known?.read(facts, value);
      read(facts, value);
    };
    RULES.set(key, { isConsumed: isConsumed || known?.isConsumed === true, read: known ? both : read });
  }
}

/** Reads a span's attributes once. The mark of a span in progress is no attribute to anybody else. */
export function readSpanFacts(span: Pick<OtlpSpan, 'attributes'>): SpanFacts {
  const facts = readAttributes(span.attributes);
  if (facts.inProgress?.kind !== 'bool') return facts;
  const rest = readAttributes(withoutAttribute(span.attributes, IN_PROGRESS_KEY));
  rest.inProgress = facts.inProgress;
  rest.originalNames = facts.names;
  return rest;
}

function readAttributes(attributes: readonly KeyValue[]): SpanFacts {
  const facts = new SpanFacts(attributes);
  for (const { key, value } of attributes) {
    const rule = RULES.get(key);
    if (rule !== undefined) rule.read(facts, value);
    if (rule === undefined || !rule.isConsumed) facts.rest.set(key, value);
  }
  return facts;
}
