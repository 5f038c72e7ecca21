import { compileTrace, isXRayTraceId, toXRayTraceId } from '#xray-model';
import type { SegmentDocument, TraceSummary } from '#xray-model';
import type { StoredTrace, TraceStore } from './trace.store.js';

/** A trace as a test wants to look at it. */
export interface WaitedTrace {
  /** `1-` + 8 hex digits + `-` + 24 hex digits. */
  id: string;
  /** Something is known to be missing: an end, the parent of a subsegment, the segment of a call marked `traced`. */
  isPartial: boolean;
  /** What `GetTraceSummaries` answers. */
  summary: TraceSummary;
  /** What `BatchGetTraces` answers, parsed: each segment with its subsegments nested, inferred ones too. */
  segments: SegmentDocument[];
}

export interface WaitOptions {
  /** 5000 by default. */
  timeoutMs?: number;
  /** Tells when the trace has what is waited for; by default when it is not partial. */
  until?: (trace: WaitedTrace) => boolean;
}

/** The trace was not there, or not as wanted, in time. */
export class TraceTimeoutError extends Error {
  override readonly name = 'TraceTimeoutError';
}

const DEFAULT_TIMEOUT_MS = 5_000;

/** Lets callers wait for traces, and looks at them whenever something was stored. */
export class TraceWaits {
  private readonly checks = new Set<() => void>();

  constructor(private readonly store: TraceStore) {}

  /** To be called after documents were stored. */
  notify(): void {
    for (const check of this.checks) check();
  }

  /** @throws {TraceTimeoutError} which says what there was instead */
  waitFor(
    traceId: string,
    { timeoutMs = DEFAULT_TIMEOUT_MS, until }: WaitOptions = {},
  ): Promise<WaitedTrace> {
    const id = isXRayTraceId(traceId) ? traceId : toXRayTraceId(traceId);
    const isReady = until ?? ((trace: WaitedTrace) => !trace.isPartial);
    return new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        this.checks.delete(check);
        act();
      };
      const check = (): void => {
        const stored = this.store.get(id);
        if (stored === undefined) return;
        try {
          const trace = toWaitedTrace(stored);
          if (isReady(trace)) settle(() => resolve(trace));
        } catch (error) {
          // The caller's condition failed.
          settle(() => reject(error instanceof Error ? error : new Error(String(error))));
        }
      };
      const timer = setTimeout(
        () => settle(() => reject(new TraceTimeoutError(describe(id, this.store.get(id), timeoutMs)))),
        timeoutMs,
      );
      this.checks.add(check);
      check();
    });
  }
}

function toWaitedTrace({ id, trace, summary }: StoredTrace): WaitedTrace {
  return {
    id,
    isPartial: trace.isPartial,
    summary,
    segments: compileTrace(trace).Segments.map(({ Document }) => JSON.parse(Document) as SegmentDocument),
  };
}

function describe(id: string, stored: StoredTrace | undefined, timeoutMs: number): string {
  if (stored === undefined) return `no document of trace ${id} within ${timeoutMs} ms`;
  const names = stored.trace.segments.map(({ node }) => node.name).join(', ');
  const state = stored.trace.isPartial ? 'still partial' : 'not as wanted';
  return `trace ${id} is ${state} after ${timeoutMs} ms; its segments: ${names || 'none'}`;
}
