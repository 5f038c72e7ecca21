import type { Service } from '@aws-sdk/client-xray';
import type { TimeRange } from '../aws/xray-reader.js';
import { XrayReader } from '../aws/xray-reader.js';
import { toWireJson } from '../aws/to-wire-json.js';
import type { CommandInput } from '../command-line/command-input.js';
import type { LabCommand, LabIo } from '../command-line/lab-command.js';
import { AWS_OPTION, MINUTES_BOUNDS, MINUTES_OPTION } from '../command-line/shared-options.js';
import { formatMinutes, formatTime } from '../terminal/format.js';
import { createStyle } from '../terminal/style.js';
import { renderServiceMap } from './render-service-map.js';

export const mapCommand: LabCommand = {
  name: 'map',
  summary: 'the service map: who called whom, how often, how fast, with what outcome',
  description: [
    'Asks X-Ray for the service graph. A node counts what it served, as it saw it itself; an edge counts the\n' +
      'calls, as their caller saw them. Errors are 4xx, faults 5xx, throttles 429. A dashed arrow links a message\n' +
      'to the trace that consumed it.',
  ],
  positionals: [],
  options: {
    minutes: MINUTES_OPTION,
    aws: AWS_OPTION,
    json: { help: "print X-Ray's own answer to GetServiceGraph, its pages joined" },
  },
  examples: [
    { line: 'map', does: 'the last five minutes' },
    { line: "map --json | jq '.Services[].Name'", does: 'the names of the nodes', isPiped: true },
  ],
  run: runMap,
};

async function runMap(input: CommandInput, io: LabIo): Promise<number> {
  const minutes = input.number('minutes', MINUTES_BOUNDS);
  const endSec = io.nowMs() / 1_000;
  const range = { startSec: endSec - minutes * 60, endSec };
  const xray = await XrayReader.create(io.env, { isAws: input.flag('aws') });
  try {
    const graph = await xray.getServiceGraph(range);
    if (input.flag('json')) io.out.write(`${toWireJson(graph)}\n`);
    else io.out.write(`${renderAnswer(graph.Services ?? [], range, io).join('\n')}\n`);
    return 0;
  } finally {
    xray.close();
  }
}

function renderAnswer(services: readonly Service[], range: TimeRange, io: LabIo): string[] {
  const minutes = (range.endSec - range.startSec) / 60;
  const style = createStyle(io.out.hasColour);
  const title = `${style.bold('Service map')} of the last ${formatMinutes(minutes)}, ${formatTime(range.startSec)} to ${formatTime(range.endSec)}`;
  if (services.length > 0) {
    return [title, '', ...renderServiceMap(services, { minutes, columns: io.out.columns, style })];
  }
  return [title, '', 'No traces yet. Sign up on the page, or let the lab do it: npm run lab -- traffic'];
}
