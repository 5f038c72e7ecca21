import type { GetTraceSummariesResult } from '@aws-sdk/client-xray';
import { FilterSyntaxError, parseFilterExpression } from '#xray-model';
import { toWireJson } from '../aws/to-wire-json.js';
import type { TimeRange } from '../aws/xray-reader.js';
import { XrayReader } from '../aws/xray-reader.js';
import type { CommandInput } from '../command-line/command-input.js';
import type { LabCommand, LabIo } from '../command-line/lab-command.js';
import { UsageError } from '../command-line/lab-errors.js';
import { AWS_OPTION, MINUTES_BOUNDS, MINUTES_OPTION } from '../command-line/shared-options.js';
import { formatMinutes } from '../terminal/format.js';
import { createStyle } from '../terminal/style.js';
import { renderFilterError } from './render-filter-error.js';
import { renderTraces } from './render-traces.js';

export const tracesCommand: LabCommand = {
  name: 'traces',
  summary: 'the latest traces, all or those that match a filter expression',
  description: [
    'Lists traces, the latest first: method, status and response time are those of the entry service, the\n' +
      'duration is that of the whole trace.',
    "A filter expression is X-Ray's own language. Keywords stand for the entry service (fault, http.status,\n" +
      'responsetime, …); service("name") { … } and edge("from", "to") { … } look inside; AND, OR, ! and\n' +
      'parentheses combine. Text values stand in double quotes.',
  ],
  positionals: [],
  options: {
    filter: { placeholder: 'EXPR', help: 'only traces that match this filter expression' },
    minutes: MINUTES_OPTION,
    limit: { placeholder: 'N', help: 'at most this many', default: '20' },
    aws: AWS_OPTION,
    json: { help: "print X-Ray's own answer to GetTraceSummaries, its pages joined" },
  },
  examples: [
    { line: 'traces --filter fault', does: 'what the entry service answered with 5xx' },
    { line: `traces --filter 'service("SNS") { error }'`, does: 'where publishing was refused' },
    { line: `traces --filter 'http.method = "POST" AND duration > 0.5'`, does: 'slow sign-ups' },
  ],
  run: runTraces,
};

async function runTraces(input: CommandInput, io: LabIo): Promise<number> {
  const minutes = input.number('minutes', MINUTES_BOUNDS);
  const limit = input.number('limit', { min: 1, max: 10_000, isInteger: true });
  const filter = input.text('filter');
  const isAws = input.flag('aws');
  // In AWS the service itself decides what is a filter expression.
  if (filter !== undefined && !isAws) checkFilter(filter);
  const endSec = io.nowMs() / 1_000;
  const range: TimeRange = { startSec: endSec - minutes * 60, endSec };
  const xray = await XrayReader.create(io.env, { isAws });
  try {
    const answer = await xray.getTraceSummaries(range, { filter, limit });
    if (input.flag('json')) io.out.write(`${toWireJson(answer)}\n`);
    else io.out.write(`${renderAnswer(answer, { minutes, limit, filter }, io).join('\n')}\n`);
    return 0;
  } finally {
    xray.close();
  }
}

function checkFilter(expression: string): void {
  try {
    parseFilterExpression(expression);
  } catch (error) {
    if (!(error instanceof FilterSyntaxError)) throw error;
    throw new UsageError(renderFilterError(expression, error), { cause: error });
  }
}

function renderAnswer(
  answer: GetTraceSummariesResult,
  asked: { minutes: number; limit: number; filter: string | undefined },
  io: LabIo,
): string[] {
  const summaries = answer.TraceSummaries ?? [];
  const span = `the last ${formatMinutes(asked.minutes)}`;
  if (summaries.length > 0) {
    const style = createStyle(io.out.hasColour);
    const lines = renderTraces(summaries, { columns: io.out.columns, style });
    const isCut = summaries.length === asked.limit;
    return isCut ? [...lines, '', `The latest ${asked.limit}; --limit shows more.`] : lines;
  }
  const processed = answer.TracesProcessedCount ?? 0;
  if (asked.filter !== undefined && processed > 0)
    return [`None of the ${processed} traces of ${span} matches.`];
  return [`No traces in ${span}. Sign up on the page, or let the lab do it: npm run lab -- traffic`];
}
