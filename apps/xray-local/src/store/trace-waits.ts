import { compileTrace, toXRayTraceId } from '#xray-model';
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
  private readonly waits = new Set<{ check: () => void; giveUp: (why: string) => void }>();

  constructor(private readonly store: TraceStore) {}

  /** To be called after documents were stored. */
  notify(): void {
    for (const { check } of this.waits) check();
  }

  /** Ends every wait: nothing will be stored any more. */
  close(): void {
    for (const { giveUp } of this.waits) giveUp('when X-Ray Local was stopped');
  }

  /**
   * @throws {TraceTimeoutError} which says what there was instead
   * @throws {TraceIdFormatError} the id is none
   */
  async waitFor(
    traceId: string,
    { timeoutMs = DEFAULT_TIMEOUT_MS, until }: WaitOptions = {},
  ): Promise<WaitedTrace> {
    const id = toXRayTraceId(traceId);
    const isReady = until ?? ((trace: WaitedTrace) => !trace.isPartial);
    return await new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        this.waits.delete(wait);
        act();
      };
      const giveUp = (why: string): void =>
        settle(() => reject(new TraceTimeoutError(describe(id, this.store.get(id), why))));
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
      const timer = setTimeout(() => giveUp(`after ${timeoutMs} ms`), timeoutMs);
      const wait = { check, giveUp };
      this.waits.add(wait);
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

function describe(id: string, stored: StoredTrace | undefined, when: string): string {
  if (stored === undefined) return `no document of trace ${id} ${when}`;
  const names = stored.trace.segments.map(({ node }) => node.name).join(', ');
  const state = stored.trace.isPartial ? 'still partial' : 'not as wanted';
  return `trace ${id} is ${state} ${when}; its segments: ${names || 'none'}`;
}
