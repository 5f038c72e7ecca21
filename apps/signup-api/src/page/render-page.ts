import { html } from './html.js';
import type { SafeHtml } from './html.js';
import { mapSketch } from './map-sketch.js';
import type { PageSettings } from './page.settings.js';
import type { PageView } from './page.view.js';
import { signupSection } from './signup-section.js';
import { createTraceLink } from './trace-link.js';
import { trafficSection } from './traffic-section.js';

/** The whole page, complete without JavaScript but for the automated sign-ups. */
export function renderPage(view: PageView, settings: PageSettings): SafeHtml {
  const traceLink = createTraceLink(settings.serviceMapUrl);
  // No <link rel="icon">: the browser then asks for /favicon.ico, and its 404 is part of the tutorial.
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${titleOf(view)}</title>
        <meta name="description" content="Sign up, and follow the request on the service map." />
        <link rel="stylesheet" href="/assets/page.css" />
        <script type="module" src="/assets/page.js"></script>
      </head>
      <body>
        <a class="skip" href="#sign-up">Skip to the form</a>
        ${banner(settings.serviceMapUrl)}
        <main data-trace-url="${traceLink.prefix}">
          <section class="hero">
            <div class="intro">
              <h1>Sign up, and watch the request travel.</h1>
              <p class="lead">
                Every sign-up becomes a trace: through this service, its table, the notifier and the topic it
                publishes to. Send one, then find it on the map a second later.
              </p>
              <p>
                <a class="button quiet" href="${settings.serviceMapUrl}" target="_blank" rel="noopener"
                  >Open the service map ${newTab()}</a
                >
              </p>
            </div>
            ${signupSection(view, traceLink)}
          </section>
          ${trafficSection()} ${mapSketch()}
        </main>
        <footer>
          <p>The AWS X-Ray sample application, rebuilt as NestJS services traced with OpenTelemetry.</p>
        </footer>
      </body>
    </html> `;
}

function titleOf(view: PageView): string {
  const name = 'Sign-up lab';
  if (view.outcome?.kind === 'created') return `Thanks for signing up – ${name}`;
  if (view.outcome?.kind === 'failed') return `Error: ${view.outcome.problem.title} – ${name}`;
  return name;
}

function banner(serviceMapUrl: string): SafeHtml {
  return html`<header class="banner">
    <p class="brand">
      <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
        <path d="M6 17 12 7l6 10z" />
        <circle cx="12" cy="6" r="3.4" />
        <circle cx="5.6" cy="17.4" r="3.4" />
        <circle cx="18.4" cy="17.4" r="3.4" />
      </svg>
      Sign-up lab
    </p>
    <nav aria-label="Elsewhere">
      <a href="${serviceMapUrl}" target="_blank" rel="noopener">Service map ${newTab()}</a>
      <a href="/docs">API</a>
    </nav>
  </header>`;
}

function newTab(): SafeHtml {
  return html`<span aria-hidden="true">↗</span><span class="unseen">(opens in a new tab)</span>`;
}
