/**
 * X-Ray Local in the process of a test.
 *
 * @module xray-local
 */

/** How X-Ray Local is started; everything has a default. */
export interface XrayLocalOptions {
  /** Address to listen on [127.0.0.1]. */
  host?: string;
  /** X-Ray's API, OTLP and the console, and the daemon's protocol on UDP [2000]; 0 takes a free port. */
  port?: number;
  /** OTLP alone [4318, or a free port when `port` is 0]; 0 takes a free port. */
  otlpPort?: number;
  /** Names, besides those of this machine, that requests may have in their `Host` header. */
  allowedHosts?: readonly string[];
  /** Keeps traces and settings in this folder over restarts; by default they are in memory alone. */
  dataDir?: string;
  /** Traces to keep [10000]; the one quiet for the longest goes first. */
  maxTraces?: number;
  /** Largest sum of the lengths of the documents' JSON [256 MiB]. */
  maxBytes?: number;
  /** How long to keep a trace after its last document [24 hours]. */
  retentionMs?: number;
  /** Span attributes that become annotations. */
  indexedAttributes?: readonly string[];
  /** Every span attribute becomes an annotation. */
  indexAllAttributes?: boolean;
  /** Nothing is logged by default. */
  log?: (
    level: 'error' | 'warn' | 'info',
    message: string,
    fields?: Readonly<Record<string, unknown>>,
  ) => void;
}

/** A running X-Ray Local. */
export interface XrayLocal {
  /** Base URL of X-Ray's API, for `AWS_ENDPOINT_URL_XRAY`; OTLP and the console are there too. */
  url: string;
  /** Base URL for `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  otlpUrl: string;
  /** `udp://ADDRESS:PORT` of the X-Ray daemon's protocol. */
  daemonUrl: string;
  /** What came in, was refused, was dropped: what `GET /status` answers. */
  status(): object;
  /**
   * Waits until a trace is there and, unless told otherwise, complete.
   *
   * @param traceId X-Ray's form, or the 32 hex digits of OpenTelemetry
   * @throws {TraceTimeoutError} which says what there was instead
   */
  waitForTrace(traceId: string, options?: WaitOptions): Promise<WaitedTrace>;
  /** Finishes what is under way and closes. */
  stop(): Promise<void>;
}

/** How long to wait for a trace, and for what of it. */
export interface WaitOptions {
  /** 5000 by default. */
  timeoutMs?: number;
  /** Tells when the trace has what is waited for; by default when it is not partial. */
  until?: (trace: WaitedTrace) => boolean;
}

/** A trace as a test wants to look at it. */
export interface WaitedTrace {
  /** `1-` + 8 hex digits + `-` + 24 hex digits. */
  id: string;
  /** Something is known to be missing: an end, the parent of a subsegment, the segment of a traced call. */
  isPartial: boolean;
  /** What `GetTraceSummaries` answers about the trace. */
  summary: object;
  /** What `BatchGetTraces` answers, parsed: each segment with its subsegments nested, inferred ones too. */
  segments: Segment[];
}

/**
 * A segment or subsegment document; times are epoch seconds.
 *
 * @see https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html
 */
export interface Segment {
  name: string;
  id: string;
  start_time: number;
  end_time?: number;
  error?: boolean;
  fault?: boolean;
  throttle?: boolean;
  annotations?: Record<string, string | number | boolean>;
  subsegments?: Segment[];
}

/**
 * Starts X-Ray Local in this process.
 *
 * @throws {PortTakenError} another program listens on one of the ports; nothing is left listening
 * @throws {ArchiveTakenError} another process uses the data folder
 * @throws {ArchiveError} the data folder cannot be used
 */
export function startXrayLocal(options?: XrayLocalOptions): Promise<XrayLocal>;

/** Another program listens on the port; the message names it. */
export class PortTakenError extends Error {}
/** Another process uses the data folder. */
export class ArchiveTakenError extends Error {}
/** The data folder cannot be read or written. */
export class ArchiveError extends Error {}
/** A trace was not there, or not as wanted, in time; the message says what there was instead. */
export class TraceTimeoutError extends Error {}
