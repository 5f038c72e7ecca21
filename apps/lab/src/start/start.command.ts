import { createWriteStream, mkdirSync } from 'node:fs';
import type { WriteStream } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { loadEnv, portNumber } from '#config';
import {
  findProjectRoot,
  PORT_VARIABLES,
  PortTakenError,
  startLocalStack,
  type LocalStack,
  type ProcessName,
} from '#local-stack';
import type { LabCommand, LabIo } from '../command-line/lab-command.js';
import { renderAddresses, renderLogLine } from './render-start.js';

const PARENT_WATCH_INTERVAL_MS = 500;

const portsSchema = z.object({
  SIGNUP_API_PORT: portNumber(PORT_VARIABLES.signupApi.defaultPort),
  NOTIFIER_PORT: portNumber(PORT_VARIABLES.notifier.defaultPort),
  AWS_LOCAL_PORT: portNumber(PORT_VARIABLES.awsLocal.defaultPort),
  XRAY_LOCAL_PORT: portNumber(PORT_VARIABLES.xrayLocal.defaultPort),
  XRAY_LOCAL_OTLP_PORT: portNumber(PORT_VARIABLES.xrayLocalOtlp.defaultPort),
});

/** Brings up the lab and runs until a signal ends it. */
export const startCommand: LabCommand = {
  name: 'start',
  summary: 'bring up the whole lab on this machine, without an AWS account (npm start)',
  description: [
    'Starts signup-api, notifier, an emulated AWS (aws-local) and X-Ray Local. Runs until Ctrl-C, then stops all of them.',
    `Ports, by variable: ${Object.values(PORT_VARIABLES)
      .map(({ variable, defaultPort }) => `${variable}=${defaultPort}`)
      .join(' ')}; 0 takes a free port.`,
  ],
  positionals: [],
  options: {
    'in-memory': { help: 'forget everything at the end; otherwise sign-ups and messages are kept in .data/' },
    verbose: { help: 'show every log line of the processes, not only warnings and errors' },
  },
  examples: [
    { line: 'start', does: 'the same as npm start' },
    { line: 'start --in-memory', does: 'begin with an empty table, and keep nothing' },
  ],
  run: (input, io) =>
    startLab(io.env, { inMemory: input.flag('in-memory'), isVerbose: input.flag('verbose') }),
};

async function startLab(
  environment: LabIo['env'],
  options: { inMemory: boolean; isVerbose: boolean },
): Promise<number> {
  const env = loadEnv(portsSchema, environment);
  const dataDir = join(findProjectRoot(), '.data');
  const logs = openLogs(join(dataDir, 'logs'));
  const stopRequested = waitForStopRequest();
  let givenUp: ProcessName | undefined;
  try {
    const stack = await startLocalStack({
      ports: {
        signupApi: env.SIGNUP_API_PORT,
        notifier: env.NOTIFIER_PORT,
        awsLocal: env.AWS_LOCAL_PORT,
        xrayLocal: env.XRAY_LOCAL_PORT,
        xrayLocalOtlp: env.XRAY_LOCAL_OTLP_PORT,
      },
      ...(options.inMemory ? {} : { dataDir }),
      onLine: (name, line) => {
        logs.write(name, line);
        const shown = renderLogLine(name, line, { verbose: options.isVerbose });
        if (shown !== undefined) process.stderr.write(`${shown}\n`);
      },
      onRestart: (name, reason) => process.stderr.write(`${name} ended (${reason}); starting it again\n`),
      onGivenUp: (name) => {
        givenUp = name;
        stopRequested.resolve();
      },
    });
    return await runUntilStopped(stack, stopRequested.promise, () => givenUp);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    if (error instanceof PortTakenError) process.stderr.write('Nothing was started.\n');
    return 1;
  } finally {
    logs.close();
  }
}

async function runUntilStopped(
  stack: LocalStack,
  stopRequested: Promise<void>,
  givenUp: () => ProcessName | undefined,
): Promise<number> {
  process.stdout.write(`${renderAddresses(stack.addresses)}\n`);
  await stopRequested;
  const failed = givenUp();
  if (failed !== undefined) {
    process.stderr.write(`${failed} ended again and again; its log is .data/logs/${failed}.log\n`);
    return 1;
  }
  process.stdout.write('stopping …\n');
  await stack.stop();
  return 0;
}

function waitForStopRequest(): PromiseWithResolvers<void> {
  const requested = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => requested.resolve());
  }
  // Whoever started us may be killed without a chance to tell: nothing may be left running then either.
  const parentPid = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid !== parentPid) requested.resolve();
  }, PARENT_WATCH_INTERVAL_MS);
  watch.unref();
  return requested;
}

function openLogs(folder: string): { write(name: ProcessName, line: string): void; close(): void } {
  mkdirSync(folder, { recursive: true });
  const streams = new Map<ProcessName, WriteStream>();
  return {
    write: (name, line) => {
      const stream = streams.get(name) ?? createWriteStream(join(folder, `${name}.log`));
      streams.set(name, stream);
      stream.write(`${line}\n`);
    },
    close: () => streams.forEach((stream) => stream.end()),
  };
}
