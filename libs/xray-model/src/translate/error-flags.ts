import { StatusCode } from '../otlp/otlp-span.js';
import type { AnyValue } from '../otlp/otlp-span.js';
import { integerOf } from './attribute-value.js';
import type { AttributeRules } from './attribute-rule.js';

/** The HTTP status of a span by the old and by the stable name; of several with one key the first. */
export class StatusFacts {
  oldCode: AnyValue | undefined;
  stableCode: AnyValue | undefined;
}

export const STATUS_RULES: AttributeRules<{ readonly statusCodes: StatusFacts }> = {
  'http.status_code': ({ statusCodes }, value) => {
    statusCodes.oldCode ??= value;
  },
  'http.response.status_code': ({ statusCodes }, value) => {
    statusCodes.stableCode ??= value;
  },
};

export interface ErrorFlags {
  fault: boolean;
  error: boolean;
  throttle: boolean;
}

/** An HTTP status of 400 to 599 decides; without one, a span with status ERROR is a fault. */
export function flagErrors(status: StatusCode, { oldCode, stableCode }: StatusFacts): ErrorFlags {
  const code = integerOf(oldCode ?? stableCode);
  if (code < 400 || code > 599) return { fault: status === StatusCode.ERROR, error: false, throttle: false };
  const isFault = code >= 500;
  return { fault: isFault, error: !isFault, throttle: code === 429 };
}
