import { join } from 'node:path';
import type { EvictionReport } from '../report/eviction-report.js';
import type { JsonLog } from '../report/json-log.js';
import { MemorySettingsStore } from '../settings/settings.store.js';
import type { SettingsStore } from '../settings/settings.store.js';
import { startIdleWork } from './idle-work.js';
import { LocalTraceStore } from './local-trace.store.js';
import { SqliteSettingsStore } from './sqlite-settings.store.js';
import { SqliteTraceArchive } from './sqlite-trace.archive.js';

export const DATABASE_FILE = 'xray-local.sqlite';

export interface StoreSettings {
  /** Where to keep everything; undefined keeps it in memory. */
  dataDir?: string | undefined;
  maxTraces: number;
  maxBytes: number;
  retentionMs: number;
}

export interface Stores {
  traces: LocalTraceStore;
  settings: SettingsStore;
  /** Writes what is not written yet, and closes. */
  close(): void;
}

/**
 * Opens what keeps traces and settings.
 *
 * @throws {ArchiveTakenError} another process uses the folder
 * @throws {ArchiveError} the folder cannot be used
 */
export function openStores(
  { dataDir, ...limits }: StoreSettings,
  report: { log: JsonLog; evictions: EvictionReport },
): Stores {
  const { log, evictions } = report;
  const options = {
    ...limits,
    onEvicted: (reason: Parameters<EvictionReport['add']>[0]) => evictions.add(reason),
    onProblem: (message: string, fields: Readonly<Record<string, unknown>>) => log('error', message, fields),
  };
  if (dataDir === undefined) {
    return toStores(new LocalTraceStore(options), new MemorySettingsStore());
  }
  const startedMs = performance.now();
  const archive = new SqliteTraceArchive(join(dataDir, DATABASE_FILE));
  if (archive.setAside !== undefined) {
    const { file, setAside } = archive;
    log('error', 'the stored traces are damaged or of another version: set aside, begun anew', {
      file,
      setAside,
    });
  }
  const traces = new LocalTraceStore({ ...options, archive });
  const openMs = Math.round(performance.now() - startedMs);
  log('info', 'opened the stored traces', { file: archive.file, traces: traces.counts().traces, openMs });
  return toStores(traces, new SqliteSettingsStore(archive.database));
}

function toStores(traces: LocalTraceStore, settings: SettingsStore): Stores {
  const stopIdleWork = startIdleWork(traces);
  const close = (): void => {
    stopIdleWork();
    traces.close();
  };
  return { traces, settings, close };
}
