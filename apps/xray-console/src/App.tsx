import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { AppHeader } from './AppHeader.js';
import { RawPage } from './pages/RawPage.js';
import { ServiceMapPage } from './pages/ServiceMapPage.js';
import { TracePage } from './pages/TracePage.js';
import { TracesPage } from './pages/TracesPage.js';
import { currentRoute, linkTo } from './route/navigate.js';
import type { Route } from './route/route.js';
import { useSignals } from './state/signal.js';

const TITLES: Record<Route['page'], string> = {
  'service-map': 'Service map',
  traces: 'Traces',
  trace: 'Trace',
  raw: 'Raw trace',
  unknown: 'Nothing here',
};

export function App(): JSX.Element {
  useSignals();
  const route = currentRoute.value;
  const main = useRef<HTMLElement>(null);
  const place = `${route.page} ${route.traceId ?? ''}`;
  const isFirst = useRef(true);
  useEffect(() => {
    document.title = `${TITLES[route.page]} · X-Ray Local`;
    // Whoever reads by ear or by keyboard starts at the top of a new page.
    if (!isFirst.current) main.current?.focus({ preventScroll: true });
    isFirst.current = false;
  }, [place]);
  return (
    <>
      <button type="button" class="skip" onClick={() => main.current?.focus()}>
        Skip to content
      </button>
      <AppHeader />
      <main tabIndex={-1} ref={main}>
        <Page route={route} />
      </main>
    </>
  );
}

function Page({ route }: { route: Route }): JSX.Element {
  const { page, traceId = '' } = route;
  switch (page) {
    case 'service-map':
      return <ServiceMapPage />;
    case 'traces':
      return <TracesPage />;
    case 'trace':
      return <TracePage key={traceId} traceId={traceId} />;
    case 'raw':
      return <RawPage key={traceId} traceId={traceId} />;
    case 'unknown':
      return (
        <section class="empty">
          <h1>Nothing is at this address</h1>
          <p>
            Try the <a href={linkTo('service-map')}>service map</a> or the{' '}
            <a href={linkTo('traces')}>traces</a>.
          </p>
        </section>
      );
  }
}
