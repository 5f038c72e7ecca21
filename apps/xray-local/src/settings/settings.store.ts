/**
 * Keeps what users set up (groups, sampling rules, policies, …), one JSON value a key. In memory here; a store on disk
 * makes it survive restarts.
 */
export interface SettingsStore {
  /** The value last set, or undefined. The caller may change it. */
  get(key: string): unknown;
  /** Replaces the value, which must be JSON. */
  set(key: string, value: unknown): void;
}

/** Settings of this process's life. */
export class MemorySettingsStore implements SettingsStore {
  private readonly texts = new Map<string, string>();

  get(key: string): unknown {
    const text = this.texts.get(key);
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  }

  set(key: string, value: unknown): void {
    this.texts.set(key, JSON.stringify(value));
  }
}
