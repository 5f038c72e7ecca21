import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { openDatabase, toArchiveError } from './sqlite-database.js';
import type { ArchiveBatch, TraceArchive } from './trace-archive.js';
import type { TraceHead } from './trace-record.js';

/** Of the tables, the packed texts and the digests together. */
const FORMAT_VERSION = 2;

// Documents are kept in packs: one row for all that a trace got between two writes. Their key begins with the number of
// the trace, so that those of a trace lie together and mostly at the end, without an index to keep beside them.
const TABLES = `
CREATE TABLE IF NOT EXISTS traces (
  number INTEGER PRIMARY KEY, id TEXT NOT NULL, start_sec REAL NOT NULL, end_sec REAL NOT NULL,
  last_arrival_ms INTEGER NOT NULL, arrivals INTEGER NOT NULL, document_bytes INTEGER NOT NULL,
  document_count INTEGER NOT NULL, is_limit_exceeded INTEGER NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS packs (key INTEGER PRIMARY KEY, packed TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS digests (
  trace INTEGER PRIMARY KEY, arrivals INTEGER NOT NULL, digest TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;

/** A trace's packs are told apart by how many arrivals it had seen; with so many the 2^53 last for 500 million traces. */
const PACKS_PER_TRACE = 2 ** 24;

type Row = [number, string, number, number, number, number, number, number, number];

/** The traces in one SQLite file, which may also hold the settings. */
export class SqliteTraceArchive implements TraceArchive {
  /** The damaged file that this one replaces. */
  readonly setAside: string | undefined;
  readonly database: DatabaseSync;
  private heads: TraceHead[] = [];
  private readonly statements: ReturnType<typeof prepareStatements>;

  /**
   * @throws {ArchiveTakenError} another process has it open
   * @throws {ArchiveError} it cannot be opened
   */
  constructor(readonly file: string) {
    const { database, setAside } = openDatabase(file, FORMAT_VERSION, (opened) => {
      opened.exec(TABLES);
      // Also finds out whether the file can be read, as long as it can still be replaced.
      this.heads = readHeads(opened);
    });
    this.database = database;
    this.setAside = setAside;
    this.statements = prepareStatements(database);
  }

  loadHeads(): TraceHead[] {
    const { heads } = this;
    this.heads = [];
    return heads;
  }

  readPacked(number: number): string[] {
    return this.attempt(() =>
      this.statements.readPacked.all(...packKeys(number, number)).map((row) => String(row['packed'])),
    );
  }

  readDigest({ number, arrivals }: TraceHead): string | undefined {
    const digest = this.attempt(() => this.statements.readDigest.get(number, arrivals)?.['digest']);
    return typeof digest === 'string' ? digest : undefined;
  }

  write({ traces, digests, droppedNumbers }: ArchiveBatch): void {
    const { putTrace, putPack, putDigest, dropTraces, dropPacks, dropDigests } = this.statements;
    this.attempt(() => {
      this.database.exec('BEGIN IMMEDIATE');
      try {
        for (const { head, packed } of traces) {
          putTrace.run(...toRow(head));
          if (packed !== '') putPack.run(head.number * PACKS_PER_TRACE + head.arrivals, packed);
        }
        for (const { head, digest } of digests) putDigest.run(head.number, head.arrivals, digest);
        for (const [first, last] of rangesOf(droppedNumbers)) {
          dropTraces.run(first, last);
          dropPacks.run(...packKeys(first, last));
          dropDigests.run(first, last);
        }
        this.database.exec('COMMIT');
      } catch (error) {
        if (this.database.isTransaction) this.database.exec('ROLLBACK');
        throw error;
      }
    });
  }

  close(): void {
    if (this.database.isOpen) this.attempt(() => this.database.close());
  }

  private attempt<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw toArchiveError(this.file, error);
    }
  }
}

function packKeys(firstTrace: number, lastTrace: number): [first: number, last: number] {
  return [firstTrace * PACKS_PER_TRACE, (lastTrace + 1) * PACKS_PER_TRACE - 1];
}

/** Traces go mostly in the order in which they came, so that many of them are few ranges. */
function rangesOf(numbers: readonly number[]): [first: number, last: number][] {
  const ranges: [number, number][] = [];
  for (const number of numbers.toSorted((a, b) => a - b)) {
    const range = ranges.at(-1);
    if (range?.[1] === number - 1) range[1] = number;
    else ranges.push([number, number]);
  }
  return ranges;
}

function readHeads(database: DatabaseSync): TraceHead[] {
  const select = database.prepare('SELECT * FROM traces ORDER BY last_arrival_ms, number');
  select.setReturnArrays(true);
  const heads: TraceHead[] = [];
  // Node's types know rows as objects only.
  for (const row of select.iterate() as unknown as Iterable<Row>) heads.push(toHead(row));
  return heads;
}

function toHead(row: Row): TraceHead {
  const [number, id, startSec, endSec, lastArrivalMs, arrivals, documentBytes, documentCount, limited] = row;
  return {
    id,
    number,
    startSec,
    endSec,
    lastArrivalMs,
    arrivals,
    documentBytes,
    documentCount,
    isLimitExceeded: limited === 1,
  };
}

function toRow(head: TraceHead): Row {
  const { number, id, startSec, endSec, lastArrivalMs, arrivals, documentBytes, documentCount } = head;
  const isLimitExceeded = Number(head.isLimitExceeded);
  return [
    number,
    id,
    startSec,
    endSec,
    lastArrivalMs,
    arrivals,
    documentBytes,
    documentCount,
    isLimitExceeded,
  ];
}

function prepareStatements(
  database: DatabaseSync,
): Record<
  | 'readPacked'
  | 'readDigest'
  | 'putTrace'
  | 'putPack'
  | 'putDigest'
  | 'dropTraces'
  | 'dropPacks'
  | 'dropDigests',
  StatementSync
> {
  return {
    readPacked: database.prepare('SELECT packed FROM packs WHERE key BETWEEN ? AND ? ORDER BY key'),
    readDigest: database.prepare('SELECT digest FROM digests WHERE trace = ? AND arrivals = ?'),
    putTrace: database.prepare('INSERT OR REPLACE INTO traces VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
    putPack: database.prepare('INSERT INTO packs VALUES (?, ?)'),
    putDigest: database.prepare('INSERT OR REPLACE INTO digests VALUES (?, ?, ?)'),
    dropTraces: database.prepare('DELETE FROM traces WHERE number BETWEEN ? AND ?'),
    dropPacks: database.prepare('DELETE FROM packs WHERE key BETWEEN ? AND ?'),
    dropDigests: database.prepare('DELETE FROM digests WHERE trace BETWEEN ? AND ?'),
  };
}
