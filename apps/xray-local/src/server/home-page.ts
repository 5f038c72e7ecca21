import { createHash } from 'node:crypto';

export interface Addresses {
  /** Base URL of the X-Ray API, OTLP and this page. */
  xray: string;
  /** Base URL of OTLP alone. */
  otlp: string;
}

const STYLE = `
:root { color-scheme: light dark; --ink: #16202c; --soft: #51606f; --paper: #fff; --box: #f2f5f8; --line: #d5dde5; --link: #0b5cad; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8edf2; --soft: #a3b1bf; --paper: #12181f; --box: #1c252f; --line: #33404d; --link: #7db8f2; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 46rem; padding: 2.5rem 1.25rem 4rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.6 system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.9rem; line-height: 1.2; }
h2 { margin: 2.25rem 0 0.5rem; font-size: 1.2rem; }
p { margin: 0.5rem 0; }
.lead { color: var(--soft); font-size: 1.1rem; }
a { color: var(--link); }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
dl { margin: 0.75rem 0; }
dt { margin-top: 0.9rem; color: var(--soft); }
dd { margin: 0.25rem 0 0; }
pre { margin: 0.25rem 0; padding: 0.7rem 0.9rem; overflow-x: auto; background: var(--box); border: 1px solid var(--line);
  border-radius: 6px; }
code { font: 0.9rem/1.5 ui-monospace, monospace; }
`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** The page runs no script and loads nothing. */
export const HOME_PAGE_POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** The page at `/`: that X-Ray Local runs, how traces get in and how they are looked at. */
export function buildHomePage(addresses: Addresses): string {
  const xray = escapeHtml(addresses.xray);
  const otlp = escapeHtml(addresses.otlp);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>X-Ray Local</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>X-Ray Local is running</h1>
<p class="lead">It takes traces as AWS X-Ray does and answers X-Ray’s API, on this machine alone.</p>

<h2>Send traces to it</h2>
<dl>
<dt>From an OpenTelemetry SDK, by OTLP over HTTP</dt>
<dd><pre tabindex="0" aria-label="Variable for an OpenTelemetry SDK"><code>OTEL_EXPORTER_OTLP_ENDPOINT=${otlp}</code></pre></dd>
<dt>From a collector, with its <code>awsxray</code> exporter</dt>
<dd><pre tabindex="0" aria-label="Configuration of the collector"><code>exporters:
  awsxray:
    endpoint: ${xray}
    region: us-east-1
    local_mode: true</code></pre></dd>
<dt>From anything that speaks X-Ray’s API</dt>
<dd><pre tabindex="0" aria-label="Variable for the AWS SDKs and the AWS CLI"><code>AWS_ENDPOINT_URL_XRAY=${xray}</code></pre></dd>
</dl>

<h2>Look at them</h2>
<dl>
<dt>The service map, in the terminal</dt>
<dd><pre tabindex="0" aria-label="Command for the service map"><code>npm run lab -- map</code></pre></dd>
<dt>The list of traces, and one trace’s timeline</dt>
<dd><pre tabindex="0" aria-label="Commands for traces"><code>npm run lab -- traces
npm run lab -- trace 1-…</code></pre></dd>
</dl>

<h2>See how it is doing</h2>
<p>What came in, what was refused and why, and what had to go to make room: <a href="/status">status</a>.</p>
</main>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
