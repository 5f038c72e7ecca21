import '../trace/trace.css';
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { isXRayTraceId } from '#xray-model';
import { batchGetTraces, getTraceSummaries } from '../api/xray-client.js';
import { usePolling } from '../api/use-polling.js';
import { currentRoute, linkTo, navigate } from '../route/navigate.js';
import { LinkedTraceList } from '../trace/LinkedTraceList.js';
import type { LinkedTrace } from '../trace/linked-traces.js';
import { createLinkSearch } from '../trace/linked-traces.js';
import type { LoadedTrace } from '../trace/load-trace.js';
import { createTraceLoader } from '../trace/load-trace.js';
import { readTraceId } from '../trace/read-trace-id.js';
import { tracePollMs } from '../trace/trace-polling.js';
import { titleOf } from '../trace/trace-title.js';
import { TraceMap } from '../trace/TraceMap.js';
import { TraceSummary } from '../trace/TraceSummary.js';
import { TraceTimeline } from '../trace/TraceTimeline.js';
import { Empty } from '../ui/Empty.js';
import { ErrorPanel } from '../ui/ErrorPanel.js';

/** One trace. The address takes its id in X-Ray's form and in OpenTelemetry's. */
export function TracePage({ traceId }: { traceId: string }): JSX.Element {
  const xrayId = readTraceId(traceId);
  useEffect(() => {
    if (xrayId === undefined || isXRayTraceId(traceId)) return;
    navigate({ ...currentRoute.value, traceId: xrayId }, 'replace');
  }, [traceId, xrayId]);
  if (xrayId === undefined) return <WrongId traceId={traceId} />;
  return <KnownId key={xrayId} traceId={xrayId} />;
}

function KnownId({ traceId }: { traceId: string }): JSX.Element {
  const load = useMemo(() => createTraceLoader(traceId, batchGetTraces), [traceId]);
  const [intervalMs, setIntervalMs] = useState<number | null>(tracePollMs(undefined, Date.now()));
  const { data, error, isFirstLoad } = usePolling(
    traceId,
    // Undefined would read as "nothing has come yet".
    async (signal) => ({ loaded: await load(signal) }),
    intervalMs,
  );
  const loaded = data?.loaded;
  useEffect(() => setIntervalMs(tracePollMs(loaded, Date.now())));
  const links = useLinkedTraces(loaded, intervalMs);
  useDocumentTitle(loaded);

  if (loaded !== undefined) {
    return (
      <>
        {error !== undefined && <ErrorPanel error={error} />}
        <TraceSummary loaded={loaded} />
        {links.length > 0 && (
          <section class="card trace-links" aria-labelledby="links-heading">
            <h2 id="links-heading">Linked traces</h2>
            <LinkedTraceList links={links} />
          </section>
        )}
        <TraceMap loaded={loaded} />
        <TraceTimeline loaded={loaded} links={links} />
      </>
    );
  }
  return (
    <>
      <h1>Trace</h1>
      {error !== undefined && <ErrorPanel error={error} />}
      {isFirstLoad && (
        <p class="muted" role="status">
          Loading the trace…
        </p>
      )}
      {data !== undefined && <Missing traceId={traceId} />}
    </>
  );
}

/** Looks for the traces on the other ends of messages, as long as the trace itself is looked at again. */
function useLinkedTraces(loaded: LoadedTrace | undefined, intervalMs: number | null): readonly LinkedTrace[] {
  const search = useMemo(
    () => createLinkSearch({ readSummaries: getTraceSummaries, readTraces: batchGetTraces }),
    [],
  );
  const { data } = usePolling(
    loaded === undefined ? 'links of nothing' : `links of ${loaded.trace.id}`,
    async (signal) => (loaded === undefined ? [] : search.find(loaded.trace, Date.now() / 1_000, signal)),
    intervalMs === null ? null : 2 * intervalMs,
  );
  return data ?? [];
}

function useDocumentTitle(loaded: LoadedTrace | undefined): void {
  const title = loaded === undefined ? undefined : `${titleOf(loaded.trace).text} · trace`;
  useEffect(() => {
    if (title === undefined) return undefined;
    const before = document.title;
    document.title = title;
    return () => void (document.title = before);
  }, [title]);
}

function Missing({ traceId }: { traceId: string }): JSX.Element {
  return (
    <Empty title="There is no such trace here">
      <p>
        Nothing has arrived for <code>{traceId}</code>. It may be on its way: the page looks again by itself.
        Or it is older than what is kept.
      </p>
      <p>
        <a href={linkTo('traces')}>All traces</a>
      </p>
    </Empty>
  );
}

function WrongId({ traceId }: { traceId: string }): JSX.Element {
  return (
    <>
      <h1>Trace</h1>
      <Empty title="That is not a trace id">
        <p>
          <code>{traceId}</code> is neither X-Ray’s form, <code>1-5759e988-bd862e3fe1be46a994272793</code>,
          nor OpenTelemetry’s, 32 hexadecimal digits.
        </p>
        <p>
          <a href={linkTo('traces')}>All traces</a>
        </p>
      </Empty>
    </>
  );
}
