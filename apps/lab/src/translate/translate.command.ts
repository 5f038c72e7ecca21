import { createReadStream } from 'node:fs';
import type { CommandInput } from '../command-line/command-input.js';
import type { LabCommand, LabIo } from '../command-line/lab-command.js';
import { LabError } from '../command-line/lab-errors.js';
import { toPrintable } from '../terminal/text.js';
import { readLines } from './read-lines.js';
import { createLineTranslator } from './translate-lines.js';

export const translateCommand: LabCommand = {
  name: 'translate',
  summary: 'OTLP/JSON in, X-Ray segment documents out',
  description: [
    "Shows what spans become in X-Ray, by the rules of the collector's awsxray exporter: reads OTLP/JSON, one\n" +
      'export request a line, and prints segment documents, one a line.',
    'A line that cannot be read is reported on standard error with its number, the field and the reason; the\n' +
      'others are translated all the same, and the exit code is 1.',
  ],
  positionals: [{ name: 'FILE', isRequired: false, help: 'a file, or - for standard input (the default)' }],
  options: {},
  examples: [
    { line: 'translate spans.jsonl', does: 'every document that the file becomes' },
    { line: "translate - < spans.jsonl | jq '.name'", does: 'only their names', isPiped: true },
  ],
  run: runTranslate,
};

async function runTranslate(input: CommandInput, io: LabIo): Promise<number> {
  const file = input.word('FILE') ?? '-';
  const translate = createLineTranslator();
  let lineNumber = 0;
  let hasErrors = false;
  try {
    for await (const line of readLines(file === '-' ? io.stdin : createReadStream(file))) {
      lineNumber += 1;
      const { documents, errors, dropped } = translate(line);
      for (const document of documents) io.out.write(`${document}\n`);
      for (const error of errors) io.err.write(`line ${lineNumber}: ${toPrintable(error)}\n`);
      for (const drop of dropped) io.err.write(`line ${lineNumber}: dropped ${toPrintable(drop)}\n`);
      hasErrors ||= errors.length > 0;
      await io.out.drained();
    }
  } catch (error) {
    throw explainReadFailure(file, error);
  }
  return hasErrors ? 1 : 0;
}

function explainReadFailure(file: string, error: unknown): unknown {
  const isOfFile = typeof error === 'object' && error !== null && 'syscall' in error && 'message' in error;
  return isOfFile ? new LabError(`cannot read ${file}: ${String(error.message)}`, { cause: error }) : error;
}
