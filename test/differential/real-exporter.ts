import { startCaptureServer } from './capture-server.js';
import { freePorts } from '#testing';
import { startCollector } from './collector.js';
import { CONFIGURATION_NAMES, CONFIGURATIONS } from './span-case.js';
import type { ConfigurationName, SpanCase } from './span-case.js';
import { toExportRequest } from './translate-case.js';

/** The collector with one `awsxray` exporter for each configuration, all of them sending to a server that keeps it. */
export interface RealExporter {
  /** The documents of each span, in the order of the spans, as the exporter sent them. */
  translate(cases: readonly SpanCase[]): Promise<string[][]>;
  stop(): Promise<void>;
}

const SPANS_PER_REQUEST = 100;
const REQUEST_TIMEOUT_MS = 60_000;

export async function startRealExporter(program: string): Promise<RealExporter> {
  const capture = await startCaptureServer();
  const ports = await freePorts(CONFIGURATION_NAMES.length);
  const portOf = new Map(CONFIGURATION_NAMES.map((name, index) => [name, ports[index] ?? 0]));
  const collector = await startCollector({
    program,
    configs: [`yaml:${JSON.stringify(toCollectorConfig(portOf))}`],
    xrayUrl: capture.url,
  });

  const translate = async (cases: readonly SpanCase[]): Promise<string[][]> => {
    for (const [name, port] of portOf) {
      const own = cases.filter(({ configuration }) => configuration === name);
      for (let start = 0; start < own.length; start += SPANS_PER_REQUEST) {
        const spans = own.slice(start, start + SPANS_PER_REQUEST);
        await exportSpans(port, toExportRequest(spans)).catch(async (error: unknown) => {
          const reason = error instanceof Error ? error.message : String(error);
          const refused = JSON.stringify(await firstRefused(port, spans));
          throw new Error(`the collector did not take ${refused}: ${reason}\n${collector.lastLines()}`, {
            cause: error,
          });
        });
      }
    }
    return cases.map(({ span }) => capture.take(span.traceId));
  };
  return {
    translate,
    stop: async () => {
      await collector.stop();
      await capture.close();
    },
  };
}

/** No batching: the answer to an export request says that its documents have been sent. */
function toCollectorConfig(portOf: ReadonlyMap<ConfigurationName, number>): object {
  const names = [...portOf.keys()];
  const byName = <T>(prefix: string, make: (name: ConfigurationName) => T): Record<string, T> =>
    Object.fromEntries(names.map((name) => [idOf(prefix, name), make(name)]));
  return {
    receivers: byName('otlp', (name) => ({
      protocols: { http: { endpoint: `127.0.0.1:${portOf.get(name)}` } },
    })),
    exporters: byName('awsxray', (name) => CONFIGURATIONS[name]),
    service: {
      telemetry: { metrics: { level: 'none' } },
      pipelines: byName('traces', (name) => ({
        receivers: [idOf('otlp', name)],
        exporters: [idOf('awsxray', name)],
      })),
    },
  };
}

function idOf(type: string, name: ConfigurationName): string {
  return `${type}/${name.replaceAll(' ', '-')}`;
}

/** Tells one span of a refused request from the others. */
async function firstRefused(port: number, spans: readonly SpanCase[]): Promise<SpanCase | string> {
  for (const span of spans) {
    try {
      await exportSpans(port, toExportRequest([span]));
    } catch {
      return span;
    }
  }
  return 'spans that it takes one by one';
}

async function exportSpans(port: number, body: string): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${port}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
    signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
  });
  const answer = await response.text();
  if (response.status !== 200) throw new Error(`${response.status} ${answer}`);
}
