import { assembleTrace, toXRayTraceId, TraceIdFormatError } from '#xray-model';
import { toWireJson } from '../aws/to-wire-json.js';
import { XrayReader } from '../aws/xray-reader.js';
import type { CommandInput } from '../command-line/command-input.js';
import type { LabCommand, LabIo } from '../command-line/lab-command.js';
import { LabError, UsageError } from '../command-line/lab-errors.js';
import { AWS_OPTION } from '../command-line/shared-options.js';
import { createStyle } from '../terminal/style.js';
import { findLinkingTraces } from './find-linking-traces.js';
import { readDocuments } from './read-documents.js';
import { renderTrace } from './render-trace.js';

export const traceCommand: LabCommand = {
  name: 'trace',
  summary: "one trace's timeline",
  description: [
    'Shows what happened in a trace, and when: each segment with its subsegments below it, status, times and\n' +
      'outcome, the exceptions, and the traces it is linked with, in both directions.',
    'A call to something that sends no traces of its own (a table, SNS) appears as a segment that X-Ray infers.',
  ],
  positionals: [
    { name: 'ID', isRequired: true, help: "a trace id, in X-Ray's form (1-…-…) or as 32 hexadecimal digits" },
  ],
  options: {
    aws: AWS_OPTION,
    json: { help: "print the trace as X-Ray's own answer to BatchGetTraces has it" },
  },
  examples: [
    { line: 'trace 1-5759e988-bd862e3fe1be46a994272793', does: 'the id as the sign-up answered it' },
    { line: 'trace 5759e988bd862e3fe1be46a994272793', does: "the same, in OpenTelemetry's form" },
  ],
  run: runTrace,
};

async function runTrace(input: CommandInput, io: LabIo): Promise<number> {
  const id = readTraceId(input.word('ID') ?? '');
  const xray = await XrayReader.create(io.env, { isAws: input.flag('aws') });
  try {
    const [found] = await xray.getTraces([id]);
    if (found === undefined || (found.Segments ?? []).length === 0) {
      throw new LabError(`there is no trace ${id}; the latest ones: npm run lab -- traces`);
    }
    if (input.flag('json')) {
      io.out.write(`${toWireJson(found)}\n`);
      return 0;
    }
    const trace = assembleTrace(id, readDocuments(found));
    const linking = await findLinkingTraces(xray, trace, io.nowMs() / 1_000);
    const view = { columns: io.out.columns, style: createStyle(io.out.hasColour) };
    io.out.write(`${renderTrace(trace, linking, view).join('\n')}\n`);
    return 0;
  } finally {
    xray.close();
  }
}

function readTraceId(text: string): string {
  try {
    return toXRayTraceId(text.trim());
  } catch (error) {
    if (error instanceof TraceIdFormatError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}
