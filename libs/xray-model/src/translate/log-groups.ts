import type { AnyValue } from '../otlp/otlp-span.js';
import type { SegmentAws } from '../segment/segment-document.js';
import { textOf } from './attribute-value.js';

type LogGroup = NonNullable<SegmentAws['cloudwatch_logs']>[number];

/** The log groups of a resource, from the first of its ARNs, its names and the configured names that has any. */
export function buildLogGroups(
  resource: ReadonlyMap<string, AnyValue>,
  configuredNames: readonly string[],
): LogGroup[] {
  const arns = toTexts(resource.get('aws.log.group.arns'));
  if (arns.length > 0) return arns.map(toLogGroupOfArn);
  const names = toTexts(resource.get('aws.log.group.names'));
  return (names.length > 0 ? names : configuredNames).map((name) => ({ log_group: name || null }));
}

/** A list, or one text with `&` between the items, which is all that `OTEL_RESOURCE_ATTRIBUTES` can say. */
function toTexts(value: AnyValue | undefined): string[] {
  if (value?.kind === 'array') return value.values.map(textOf);
  return textOf(value)
    .split('&')
    .filter((item) => item !== '');
}

/** The name is the 7th part of `arn:aws:logs:us-east-1:123456789012:log-group:name`. */
function toLogGroupOfArn(arn: string): LogGroup {
  const parts = arn.split(':');
  const name = parts.length >= 7 ? parts[6] : arn;
  const group: LogGroup = { log_group: name || null };
  if (arn !== '') group.arn = arn;
  return group;
}
