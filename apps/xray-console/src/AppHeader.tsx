import type { JSX } from 'preact';
import { currentRoute, linkTo } from './route/navigate.js';
import { setTheme, theme, THEMES } from './state/theme.js';
import type { Theme } from './state/theme.js';
import { REFRESH_MODES, refreshMode, refreshNow, setRefreshMode, timeRange } from './state/view.js';
import type { RefreshMode } from './state/view.js';
import { TimeRangePicker } from './ui/TimeRangePicker.js';

const REFRESH_LABELS: Record<RefreshMode, string> = {
  live: 'Live',
  '10s': '10 s',
  '60s': '1 min',
  off: 'Paused',
};

const THEME_LABELS: Record<Theme, string> = { system: 'System', light: 'Light', dark: 'Dark' };

/** The top of every page: where one is, what time is looked at, how it stays up to date. */
export function AppHeader(): JSX.Element {
  const { page } = currentRoute.value;
  return (
    <header class="app-header">
      <a class="brand" href={linkTo('service-map')}>
        <BrandMark />
        <span class="brand-name">X-Ray Local</span>
      </a>
      <nav aria-label="Main">
        <a href={linkTo('service-map')} aria-current={page === 'service-map' ? 'page' : undefined}>
          Service map
        </a>
        <a href={linkTo('traces')} aria-current={page === 'service-map' ? undefined : 'page'}>
          Traces
        </a>
      </nav>
      <div class="app-tools">
        <TimeRangePicker />
        <RefreshTools />
      </div>
      <ThemeSwitch />
    </header>
  );
}

function RefreshTools(): JSX.Element {
  const mode = refreshMode.value;
  const isFixed = timeRange.value.kind === 'absolute';
  const isPaused = mode === 'off';
  return (
    <div class="refresh-tools">
      <button
        type="button"
        class="button quiet small"
        aria-label="Refresh"
        title="Refresh"
        onClick={refreshNow}
      >
        ↻
      </button>
      {!isFixed && (
        <>
          <button
            type="button"
            class="button quiet small pause"
            aria-pressed={isPaused}
            onClick={() => setRefreshMode(isPaused ? 'live' : 'off')}
          >
            Pause
          </button>
          <label class="select-label">
            <span class="unseen">Refresh interval</span>
            <select
              value={mode}
              onChange={(event) => setRefreshMode(event.currentTarget.value as RefreshMode)}
            >
              {REFRESH_MODES.map((known) => (
                <option key={known} value={known}>
                  {REFRESH_LABELS[known]}
                </option>
              ))}
            </select>
          </label>
        </>
      )}
    </div>
  );
}

function ThemeSwitch(): JSX.Element {
  return (
    <label class="select-label theme-switch">
      <span class="unseen">Theme</span>
      <select value={theme.value} onChange={(event) => setTheme(event.currentTarget.value as Theme)}>
        {THEMES.map((known) => (
          <option key={known} value={known}>
            {THEME_LABELS[known]}
          </option>
        ))}
      </select>
    </label>
  );
}

function BrandMark(): JSX.Element {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path d="M7 16h9m0 0 9-8m-9 8 9 8" />
      <circle cx="7" cy="16" r="4" />
      <circle cx="25" cy="7" r="4" />
      <circle cx="25" cy="25" r="4" />
    </svg>
  );
}
