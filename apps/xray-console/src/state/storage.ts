const PREFIX = 'xray-console.';

/** A preference of this browser; undefined where there is none or the browser keeps nothing. */
export function readPreference(name: string): string | undefined {
  try {
    return localStorage.getItem(PREFIX + name) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a preference, or forgets it; without effect where the browser keeps nothing. */
export function writePreference(name: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(PREFIX + name);
    else localStorage.setItem(PREFIX + name, value);
  } catch {
    // A preference that is lost is no reason to disturb.
  }
}
