import type { AddressInfo } from 'node:net';
import { createOperationContext } from './api/operation-context.js';
import { startDaemonListener } from './daemon/daemon-listener.js';
import type { DaemonListener } from './daemon/daemon-listener.js';
import { TraceIngest } from './ingest/trace-ingest.js';
import { EvictionReport } from './report/eviction-report.js';
import type { JsonLog } from './report/json-log.js';
import { RejectionReport } from './report/rejection-report.js';
import type { XrayLocalStatus } from './report/status.js';
import type { Addresses } from './server/home-page.js';
import { createHostGuard } from './server/host-guard.js';
import { createHttpEdge } from './server/http-edge.js';
import type { HttpEdge } from './server/http-edge.js';
import { listen } from './server/listen.js';
import { addOtlpRoutes, wordOtlpRefusal } from './server/otlp.routes.js';
import { addConsoleRoutes, hasConsole } from './server/console.routes.js';
import { addHealthRoute, addHomePage, addStatusRoutes } from './server/page.routes.js';
import { addXrayRoutes, wordXrayRefusal } from './server/xray.routes.js';
import { openStores } from './store/open-stores.js';
import { TraceWaits } from './store/trace-waits.js';
import type { WaitedTrace, WaitOptions } from './store/trace-waits.js';

export interface XrayLocalOptions {
  /** Address to listen on. */
  host?: string;
  /** X-Ray API, OTLP and the page, and the daemon's protocol on UDP; 0 takes a free port. */
  port?: number;
  /** OTLP alone; 0 takes a free port, as it does by default when `port` is 0. */
  otlpPort?: number;
  /** Names, besides those of this machine, that requests may have in their `Host` header. */
  allowedHosts?: readonly string[];
  /** Keeps traces and settings in this folder over restarts; by default they are in memory alone. */
  dataDir?: string;
  maxTraces?: number;
  /** Largest sum of the JSON lengths of all documents. */
  maxBytes?: number;
  retentionMs?: number;
  /** Attributes that become annotations, as the collector's `indexed_attributes`. */
  indexedAttributes?: readonly string[];
  /** Every attribute becomes an annotation, as the collector's `index_all_attributes`. */
  indexAllAttributes?: boolean;
  /** The folder of the built console; a small page is served where there is none. */
  consoleDir?: string;
  /** Nothing is logged by default. */
  log?: JsonLog;
}

export interface XrayLocal {
  /** Base URL of the X-Ray API; OTLP is there too. */
  url: string;
  /** Base URL of OTLP. */
  otlpUrl: string;
  /** `udp://ADDRESS:PORT` of the X-Ray daemon's protocol. */
  daemonUrl: string;
  status(): XrayLocalStatus;
  /**
   * Waits until a trace is there and, unless told otherwise, complete.
   *
   * @param traceId X-Ray's form or 32 hex digits
   * @throws {TraceTimeoutError} which says what there was instead
   */
  waitForTrace(traceId: string, options?: WaitOptions): Promise<WaitedTrace>;
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
  log: () => undefined,
} satisfies XrayLocalOptions;

/**
 * Starts X-Ray Local in this process.
 *
 * @throws {PortTakenError} another program listens on one of the ports; nothing is left listening
 * @throws {ArchiveTakenError} another process uses the data folder
 * @throws {ArchiveError} the data folder cannot be used
 */
export async function startXrayLocal(options: XrayLocalOptions = {}): Promise<XrayLocal> {
  const settings = { ...DEFAULTS, ...(options.port === 0 ? { otlpPort: 0 } : {}), ...withoutGaps(options) };
  const { host, log } = settings;
  const startedMs = performance.now();
  const rejections = new RejectionReport(log);
  const evictions = new EvictionReport(log);
  const stores = openStores(settings, { log, evictions });
  const store = stores.traces;
  const waits = new TraceWaits(store);
  const onStored = (): void => waits.notify();
  const ingest = new TraceIngest({ store, rejections, indexing: settings, onStored });
  const operations = createOperationContext({ store, ingest, settings: stores.settings });
  const waitForTrace: XrayLocal['waitForTrace'] = (id, wait) => waits.waitFor(id, wait);
  let daemon: DaemonListener | undefined;
  const status = (): XrayLocalStatus => ({
    uptimeSec: Math.round(performance.now() - startedMs) / 1000,
    ingest: ingest.counts(),
    daemon: daemon?.counts() ?? { packetsReceived: 0, receiveBufferBytes: 0 },
    telemetry: operations.telemetry.counts(),
    rejected: rejections.counts(),
    store: store.counts(),
  });

  const addresses = { xray: '', otlp: '' };
  const edgeOptions = { guard: createHostGuard(settings.allowedHosts), rejections, log };
  const xrayEdge = createHttpEdge(edgeOptions, wordXrayRefusal);
  addXrayRoutes(xrayEdge, operations);
  addStatusRoutes(xrayEdge, status);
  addPages(xrayEdge, options.consoleDir, () => addresses);
  const otlpEdge = createHttpEdge(edgeOptions, wordOtlpRefusal);
  addHealthRoute(otlpEdge);
  for (const edge of [xrayEdge, otlpEdge]) addOtlpRoutes(edge, ingest);

  const stop = async (): Promise<void> => {
    await Promise.all([closeAll([xrayEdge, otlpEdge]), daemon?.close()]);
    waits.close();
    rejections.logOutstanding();
    evictions.logOutstanding();
    stores.close();
  };
  try {
    addresses.xray = await listen(xrayEdge.app, { host, port: settings.port });
    addresses.otlp = await listen(otlpEdge.app, { host, port: settings.otlpPort });
    const { address, port } = xrayEdge.app.server.address() as AddressInfo;
    daemon = await startDaemonListener(
      { address, port, isAnyPortFine: settings.port === 0 },
      { ingest, rejections },
    );
    return {
      url: addresses.xray,
      otlpUrl: addresses.otlp,
      daemonUrl: daemon.url,
      status,
      waitForTrace,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What is undefined or empty is not set: an empty host, above all, would be every address of this machine. */
function withoutGaps(options: XrayLocalOptions): XrayLocalOptions {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]: [string, unknown]) => value !== undefined && value !== ''),
  );
}

function addPages(edge: HttpEdge, consoleDir: string | undefined, addresses: () => Addresses): void {
  if (hasConsole(consoleDir)) addConsoleRoutes(edge, consoleDir);
  else addHomePage(edge, addresses);
}

async function closeAll(edges: readonly HttpEdge[]): Promise<void> {
  await Promise.all(edges.map((edge) => edge.close()));
}
