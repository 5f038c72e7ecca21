import { aCase, anException } from './case-builder.js';
import type { SpanCase } from './span-case.js';

/** Spans on which the exporter v0.159.0 panics, and the collector with it. X-Ray Local translates them. */
export function crashCases(): SpanCase[] {
  const trace = (about: string, language: string, lines: readonly string[]): SpanCase =>
    aCase(about, {
      resource: { 'telemetry.sdk.language': language },
      events: [anException(lines.join('\n'))],
    });
  const chain = 'During handling of the above exception, another exception occurred:';
  return [
    aCase('a local root that is a call, on a cloud that is not AWS', {
      attributes: { 'aws.span.kind': 'LOCAL_ROOT' },
      resource: { 'cloud.provider': 'gcp' },
    }),
    trace('a Java cause whose message is empty', 'java', ['E: m', 'Caused by: java.lang.Exception:']),
    trace('a PHP cause whose message is empty', 'php', ['E: m', 'Caused by: LogicException:']),
    trace('a Python frame without a file name', 'python', ['  File ,a,b', 'E: m']),
    trace('a chained Python exception whose message is empty', 'python', [
      '  File "a.py", line 1, in a',
      '    a()',
      'ValueError:',
      '',
      chain,
      '',
      'E: m',
    ]),
    trace('a chained Python exception without its own lines', 'python', [
      '  File "a.py", line 1, in a',
      chain,
      'E: m',
    ]),
    trace('a .NET frame without a label', 'dotnet', ['E: m', '   at in /app/a.cs:line 1']),
    trace('a .NET frame without a line number', 'dotnet', ['E: m', '   at A.B() in /app/a.cs:line']),
  ];
}
