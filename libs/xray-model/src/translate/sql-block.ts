import type { AnyValue } from '../otlp/otlp-span.js';
import type { SegmentSql } from '../segment/segment-document.js';
import { presentTextOf, textOf } from './attribute-value.js';

const SQL_SYSTEMS: ReadonlySet<string> = new Set([
  'db2',
  'derby',
  'hive',
  'mariadb',
  'mssql',
  'mysql',
  'oracle',
  'postgresql',
  'sqlite',
  'teradata',
  'other_sql',
]);

const SQL_KEYS = ['db.connection_string', 'db.system', 'db.name', 'db.statement', 'db.user'];

/** Takes the attributes of a call to an SQL database out of `attributes` and makes the `sql` block of them. */
export function takeSqlBlock(spanName: string, attributes: Map<string, AnyValue>): SegmentSql | undefined {
  const system = textOf(attributes.get('db.system'));
  if (!SQL_SYSTEMS.has(system)) return undefined;
  const connection = presentTextOf(attributes.get('db.connection_string')) ?? 'localhost';
  const sql: SegmentSql = { connection_string: `${connection}/${textOf(attributes.get('db.name'))}` };
  // AWS documents the URL of the database here; the exporter sends the operation.
  if (spanName !== '') sql.url = spanName;
  const statement = textOf(attributes.get('db.statement'));
  if (statement !== '') sql.sanitized_query = statement;
  sql.database_type = system;
  const user = textOf(attributes.get('db.user'));
  if (user !== '') sql.user = user;
  for (const key of SQL_KEYS) attributes.delete(key);
  return sql;
}
