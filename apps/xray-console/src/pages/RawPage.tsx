import '../trace/trace.css';
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { batchGetTraces } from '../api/xray-client.js';
import { usePolling } from '../api/use-polling.js';
import { linkTo } from '../route/navigate.js';
import { formatRawTrace } from '../trace/raw-trace.js';
import { readTraceId } from '../trace/read-trace-id.js';
import { CopyButton } from '../ui/CopyButton.js';
import { ErrorPanel } from '../ui/ErrorPanel.js';

/** The documents of a trace as they are, to read, to copy and to keep. */
export function RawPage({ traceId }: { traceId: string }): JSX.Element {
  // What is none is asked for as it is: the answer is that there is no such trace.
  const id = readTraceId(traceId) ?? traceId;
  const { data, error } = usePolling(
    `raw ${id}`,
    async (signal) => ({ raw: (await batchGetTraces([id], signal))[0] }),
    null,
  );
  const json = useMemo(() => (data?.raw === undefined ? undefined : formatRawTrace(data.raw)), [data]);
  return (
    <>
      <header class="trace-summary">
        <div class="trace-heading">
          <nav aria-label="Breadcrumb">
            <a href={linkTo('traces')}>Traces</a> <span aria-hidden="true">/</span>{' '}
            <a href={linkTo('trace', { traceId: id })}>
              <code>{id}</code>
            </a>
          </nav>
          <h1>Raw data</h1>
        </div>
        {json !== undefined && (
          <div class="trace-actions">
            <CopyButton text={json} label="Copy JSON" />
            <DownloadLink json={json} fileName={`${id}.json`} />
          </div>
        )}
      </header>
      {error !== undefined && <ErrorPanel error={error} />}
      {data === undefined && error === undefined && (
        <p class="muted" role="status">
          Loading the documents…
        </p>
      )}
      {data !== undefined && json === undefined && <p>There is no trace {id} here.</p>}
      {json !== undefined && (
        <pre class="card raw-json" tabIndex={0} role="region" aria-label="Documents as JSON">
          {json}
        </pre>
      )}
    </>
  );
}

function DownloadLink({ json, fileName }: { json: string; fileName: string }): JSX.Element | null {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([json], { type: 'application/json' }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [json]);
  if (url === undefined) return null;
  return (
    <a class="button small quiet" href={url} download={fileName}>
      Download
    </a>
  );
}
