import { parseDotnetStack } from './dotnet.js';
import { parseGoStack } from './go.js';
import { parseJavaStack } from './java.js';
import { parseJavaScriptStack } from './javascript.js';
import type { ParsedStack } from './parsed-stack.js';
import { parsePythonStack } from './python.js';

/**
 * Reads a stack trace in the format of a language as `telemetry.sdk.language` names it. OpenTelemetry JS says
 * `nodejs`, which the exporter does not know: stacks of Node get lost.
 */
export function parseStackTrace(text: string, language: string): ParsedStack {
  if (text === '') return { stack: [], causes: [] };
  switch (language) {
    case 'java':
    // PHP's SDK writes its stacks as Java does.
    case 'php':
      return parseJavaStack(text);
    case 'python':
      return parsePythonStack(text);
    case 'javascript':
      return { stack: parseJavaScriptStack(text), causes: [] };
    case 'dotnet':
      return { stack: parseDotnetStack(text), causes: [] };
    case 'go':
      return { stack: parseGoStack(text), causes: [] };
    default:
      return { stack: [], causes: [] };
  }
}
