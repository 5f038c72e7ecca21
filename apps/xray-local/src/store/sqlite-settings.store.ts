import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { SettingsStore } from '../settings/settings.store.js';

/** Settings beside the traces, in the same file; they are few, so each is written at once. */
export class SqliteSettingsStore implements SettingsStore {
  private readonly select: StatementSync;
  private readonly replace: StatementSync;

  constructor(database: DatabaseSync) {
    this.select = database.prepare('SELECT value FROM settings WHERE key = ?');
    this.replace = database.prepare('INSERT OR REPLACE INTO settings VALUES (?, ?)');
  }

  get(key: string): unknown {
    const value = this.select.get(key)?.['value'];
    return typeof value === 'string' ? (JSON.parse(value) as unknown) : undefined;
  }

  set(key: string, value: unknown): void {
    this.replace.run(key, JSON.stringify(value));
  }
}
