import { findText } from './find-text.js';
import type { JsonEvent } from './otlp-json.js';
import type { SpanCase } from './span-case.js';

/**
 * Spans on which the exporter v0.159.0 panics, which ends the whole collector: they cannot be compared. Each is a row of
 * docs/fidelity.md and has a test of its own, as X-Ray Local translates them. A few harmless neighbours are left out too.
 */
export function crashesExporter(spanCase: SpanCase): boolean {
  return isForeignLocalRoot(spanCase) || hasCrashingStackTrace(spanCase);
}

const SERVER_OR_INTERNAL = new Set([1, 2]);

/** The segment of a local root's service is stripped of call fields in an `aws` block that is not there. */
function isForeignLocalRoot({ span, resource }: SpanCase): boolean {
  if (SERVER_OR_INTERNAL.has(span.kind)) return false;
  const isLocalRoot = (span.attributes ?? []).some(
    ({ key, value }) => key === 'aws.span.kind' && value.stringValue === 'LOCAL_ROOT',
  );
  return (
    isLocalRoot && resource.some(({ key, value }) => key === 'cloud.provider' && value.stringValue !== 'aws')
  );
}

function hasCrashingStackTrace({ span, resource }: SpanCase): boolean {
  const language = findText(resource, 'telemetry.sdk.language');
  return (span.events ?? []).some((event) => endsTooSoon(event, language));
}

/** A text that ends where the parser, having seen its beginning, cuts a fixed number of characters off. */
function endsTooSoon({ attributes }: JsonEvent, language: string): boolean {
  const traces = attributes
    .filter(({ key }) => key === 'exception.stacktrace')
    .map(({ value }) => value.stringValue ?? '');
  return traces.some((trace) => {
    if (language === 'java' || language === 'php') return /^Caused by: [^:\n]*:\r?$/m.test(trace);
    if (language === 'python') return crashesPythonParser(trace.split('\n'));
    if (language === 'dotnet') return /^\s*at in|:line(?:\s|$)(?! *\d)|:line in /m.test(trace);
    return false;
  });
}

const CHAIN_LINE = 'During handling of the above exception, another exception occurred:';
const FILE_LINE = '  File ';

function crashesPythonParser(lines: readonly string[]): boolean {
  return lines.some((line, index) => {
    if (/^ {2}File [^,]?,/.test(line)) return true;
    if (!line.startsWith(CHAIN_LINE)) return false;
    const fileIndex = lines.slice(0, index).findLastIndex((earlier) => earlier.startsWith(FILE_LINE));
    if (fileIndex < 0) return false;
    if (index - fileIndex < 3) return true;
    const title = lines.slice(fileIndex + 2, index - 1).join('\n');
    return title.indexOf(':') >= 0 && title.indexOf(':') === title.length - 1;
  });
}
