import { signal } from './signal.js';
import { readPreference, writePreference } from './storage.js';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const stored = readPreference('theme');

/** `system` follows the system's own setting. */
export const theme = signal<Theme>(THEMES.find((known) => known === stored) ?? 'system');

export function setTheme(wanted: Theme): void {
  theme.value = wanted;
  writePreference('theme', wanted === 'system' ? undefined : wanted);
  applyTheme();
}

/** Tells the style sheets; without the attribute they ask the system. */
export function applyTheme(): void {
  if (theme.value === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme.value;
}
