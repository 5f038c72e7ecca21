import { mkdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ArchiveError, ArchiveTakenError } from './trace-archive.js';

/** SQLite's primary result codes. @see https://www.sqlite.org/rescode.html */
const SQLITE_BUSY = 5;
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;
const PRIMARY_CODE_MASK = 0xff;

/**
 * One process alone: the lock is the operating system's, so a killed process leaves none behind. What is committed
 * survives the end of the process in any way; after a loss of power the last seconds may be missing.
 */
const SETTINGS = `
PRAGMA page_size = 8192;
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA wal_autocheckpoint = 2000;
`;

export interface OpenedDatabase {
  database: DatabaseSync;
  /** Where a damaged file has been put. */
  setAside?: string;
}

/**
 * Opens a database, creating its folder and file. A file that is damaged, or of another version, is set aside under
 * another name, and a new one begun: a tool for today's traces must never be kept from starting by yesterday's.
 *
 * @param prepare creates tables, and reads what must be readable
 * @throws {ArchiveTakenError} another process has it open
 * @throws {ArchiveError} the folder or file cannot be opened at all
 */
export function openDatabase(
  file: string,
  version: number,
  prepare: (database: DatabaseSync) => void,
): OpenedDatabase {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    return { database: tryOpen(file, version, prepare) };
  } catch (error) {
    const code = resultCode(error);
    if (code === SQLITE_BUSY) {
      throw new ArchiveTakenError(`${file} is in use by another process`, { cause: error });
    }
    if (!isDamage(error)) throw toArchiveError(file, error);
  }
  const setAside = setFileAside(file);
  try {
    return { database: tryOpen(file, version, prepare), setAside };
  } catch (error) {
    throw toArchiveError(file, error);
  }
}

/** The file is of another version of this program. */
class OtherVersionError extends Error {
  override readonly name = 'OtherVersionError';
}

function tryOpen(file: string, version: number, prepare: (database: DatabaseSync) => void): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec(SETTINGS);
    const found = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
    if (found !== 0 && found !== version) throw new OtherVersionError(`version ${found}, not ${version}`);
    database.exec(`BEGIN IMMEDIATE; PRAGMA user_version = ${version}; COMMIT`);
    prepare(database);
    return database;
  } catch (error) {
    closeQuietly(database);
    throw error;
  }
}

function closeQuietly(database: DatabaseSync): void {
  try {
    database.close();
  } catch {
    // What is wrong with it is being reported already.
  }
}

/** Whether the content of the file is the trouble, rather than its place or its rights. */
export function isDamage(error: unknown): boolean {
  const code = resultCode(error);
  return error instanceof OtherVersionError || code === SQLITE_CORRUPT || code === SQLITE_NOTADB;
}

export function toArchiveError(file: string, error: unknown): ArchiveError {
  const reason = error instanceof Error ? error.message : String(error);
  return new ArchiveError(`${file}: ${reason}`, { cause: error });
}

function resultCode(error: unknown): number | undefined {
  const code = (error as { errcode?: unknown }).errcode;
  return typeof code === 'number' ? code & PRIMARY_CODE_MASK : undefined;
}

/** @returns the new name */
function setFileAside(file: string): string {
  const setAside = `${file}.damaged-${new Date().toISOString().replaceAll(':', '')}`;
  renameSync(file, setAside);
  for (const suffix of ['-wal', '-shm']) {
    try {
      renameSync(file + suffix, setAside + suffix);
    } catch {
      // There need not be one.
    }
  }
  return setAside;
}
