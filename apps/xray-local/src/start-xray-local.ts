import { TraceIngest } from './ingest/trace-ingest.js';
import { createJsonLog } from './report/json-log.js';
import type { JsonLog } from './report/json-log.js';
import { RejectionReport } from './report/rejection-report.js';
import type { XrayLocalStatus } from './report/status.js';
import { createHostGuard } from './server/host-guard.js';
import { createHttpEdge } from './server/http-edge.js';
import type { HttpEdge } from './server/http-edge.js';
import { listen } from './server/listen.js';
import { addOtlpRoutes, wordOtlpRefusal } from './server/otlp.routes.js';
import { addHealthRoute, addPageRoutes } from './server/page.routes.js';
import { addXrayRoutes, wordXrayRefusal } from './server/xray.routes.js';
import { MemoryTraceStore } from './store/memory-trace.store.js';

export interface XrayLocalOptions {
  /** Address to listen on. */
  host?: string;
  /** X-Ray API, OTLP and the page; 0 takes a free port. */
  port?: number;
  /** OTLP alone; 0 takes a free port. */
  otlpPort?: number;
  /** Names, besides those of this machine, that requests may have in their `Host` header. */
  allowedHosts?: readonly string[];
  maxTraces?: number;
  /** Largest sum of the JSON lengths of all documents. */
  maxBytes?: number;
  retentionMs?: number;
  /** Attributes that become annotations, as the collector's `indexed_attributes`. */
  indexedAttributes?: readonly string[];
  /** Every attribute becomes an annotation, as the collector's `index_all_attributes`. */
  indexAllAttributes?: boolean;
  log?: JsonLog;
}

export interface XrayLocal {
  /** Base URL of the X-Ray API; OTLP is there too. */
  url: string;
  /** Base URL of OTLP. */
  otlpUrl: string;
  status(): XrayLocalStatus;
  /** Finishes what is under way and closes. */
  stop(): Promise<void>;
}

const DEFAULTS = {
  host: '127.0.0.1',
  port: 2000,
  otlpPort: 4318,
  allowedHosts: [],
  maxTraces: 10_000,
  maxBytes: 256 * 1024 * 1024,
  retentionMs: 24 * 60 * 60 * 1000,
  indexedAttributes: [],
  indexAllAttributes: false,
  log: createJsonLog((line) => void process.stdout.write(line)),
} satisfies Required<XrayLocalOptions>;

/**
 * Starts X-Ray Local in this process.
 *
 * @throws {PortTakenError} another program listens on one of the ports; nothing is left listening
 */
export async function startXrayLocal(options: XrayLocalOptions = {}): Promise<XrayLocal> {
  const settings = { ...DEFAULTS, ...options };
  const { host, log } = settings;
  const startedMs = performance.now();
  const rejections = new RejectionReport(log);
  const store = new MemoryTraceStore(settings);
  const ingest = new TraceIngest({ store, rejections, indexing: settings });
  const status = (): XrayLocalStatus => ({
    uptimeSec: Math.round(performance.now() - startedMs) / 1000,
    ingest: ingest.counts(),
    rejected: rejections.counts(),
    store: store.counts(),
  });

  const edgeOptions = { guard: createHostGuard(settings.allowedHosts), rejections, log };
  const addresses = { xray: '', otlp: '' };
  const xrayEdge = createHttpEdge(edgeOptions, wordXrayRefusal);
  addXrayRoutes(xrayEdge, { store, ingest });
  addOtlpRoutes(xrayEdge, ingest);
  addPageRoutes(xrayEdge, { addresses: () => addresses, status });
  const otlpEdge = createHttpEdge(edgeOptions, wordOtlpRefusal);
  addOtlpRoutes(otlpEdge, ingest);
  addHealthRoute(otlpEdge);

  const stop = async (): Promise<void> => {
    await closeAll([xrayEdge, otlpEdge]);
    rejections.logOutstanding();
  };
  try {
    addresses.xray = await listen(xrayEdge.app, { host, port: settings.port });
    addresses.otlp = await listen(otlpEdge.app, { host, port: settings.otlpPort });
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: addresses.xray, otlpUrl: addresses.otlp, status, stop };
}

async function closeAll(edges: readonly HttpEdge[]): Promise<void> {
  await Promise.all(edges.map((edge) => edge.close()));
}
