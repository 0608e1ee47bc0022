/** Set-wise writes for group commit: one statement for many rows, in the way each database does it fastest. */
import { CompiledQuery, type Insertable, MysqlAdapter } from 'kysely';
import type { Db, Tx } from './database.ts';
import { ManyRows } from './sqlite-statement.ts';
import type { Tables } from './tables.ts';

type Name = keyof Tables & string;
type Value = string | number | null | Uint8Array;

export function isMysql(db: Db | Tx): boolean {
  return db.getExecutor().adapter instanceof MysqlAdapter;
}

/**
 * Inserts rows that all have the same columns. With `onConflict: 'ignore'` rows whose key exists are left alone;
 * the number returned counts those really inserted.
 */
export async function insertRows<T extends Name>(
  tx: Tx,
  table: T,
  rows: readonly Insertable<Tables[T]>[],
  options?: { onConflict?: 'fail' | 'ignore' },
): Promise<number> {
  const first = rows[0];
  if (!first) return 0;
  const columns = Object.keys(first) as (keyof typeof first & string)[];
  const values = rows.map((row) => columns.map((column) => (row[column] ?? null) as Value));
  const ignore = options?.onConflict === 'ignore';
  const names = columns.join(', ');
  if (isMysql(tx)) {
    // `column = column` changes nothing, and unlike INSERT IGNORE it does not swallow other errors.
    const tail = ignore ? ` ON DUPLICATE KEY UPDATE ${columns[0]} = ${columns[0]}` : '';
    return affected(tx, `INSERT INTO ${table} (${names}) VALUES ?${tail}`, [values.map((row) => row.map(asBuffer))]);
  }
  const marks = columns.map(() => '?').join(', ');
  const tail = ignore ? ' ON CONFLICT DO NOTHING' : '';
  return affected(tx, `INSERT INTO ${table} (${names}) VALUES (${marks})${tail}`, [new ManyRows(values)]);
}

/**
 * Updates many rows by one key column, each with values of its own: `UPDATE t SET a = ?, <set> WHERE key = ? AND <where>`.
 * `set` and `where` are fixed SQL written in our own source, never built from input. Returns the rows changed, which
 * the caller must compare with the rows it meant. Rows are taken in the order of their keys, so two batches never deadlock.
 */
export async function updateRows<T extends Name>(
  tx: Tx,
  table: T,
  key: keyof Tables[T] & string,
  rows: readonly Record<string, Value>[],
  fixed: { set?: string; where?: string } = {},
): Promise<number> {
  const first = rows[0];
  if (!first) return 0;
  const sorted = [...rows].sort((a, b) => ((a[key] as string) < (b[key] as string) ? -1 : 1));
  const columns = Object.keys(first).filter((column) => column !== key);
  const where = fixed.where ? ` AND ${fixed.where}` : '';
  if (isMysql(tx)) {
    const params: unknown[] = [];
    const sets = columns.map((column) => {
      // Most columns of a batch hold one value for all its rows. A CASE is looked through anew for each row.
      const same = asBuffer(first[column] ?? null);
      if (sorted.every((row) => (row[column] ?? null) === (first[column] ?? null))) {
        params.push(same);
        return `${column} = ?`;
      }
      const cases = sorted.map((row) => {
        params.push(row[key], asBuffer(row[column] ?? null));
        return 'WHEN ? THEN ?';
      });
      return `${column} = CASE ${key} ${cases.join(' ')} END`;
    });
    if (fixed.set) sets.push(fixed.set);
    params.push(sorted.map((row) => row[key]));
    return affected(tx, `UPDATE ${table} SET ${sets.join(', ')} WHERE ${key} IN (?)${where}`, params);
  }
  const sets = columns.map((column) => `${column} = ?`);
  if (fixed.set) sets.push(fixed.set);
  const values = sorted.map((row) => [...columns.map((column) => row[column] ?? null), row[key] as Value]);
  return affected(tx, `UPDATE ${table} SET ${sets.join(', ')} WHERE ${key} = ?${where}`, [new ManyRows(values)]);
}

/**
 * `UPDATE table SET <set> WHERE key IN (keys) AND <where>`, the same values for all. `set` may hold `?` for `params`.
 * Returns the rows changed.
 */
export async function updateIn<T extends Name>(
  tx: Tx,
  table: T,
  key: keyof Tables[T] & string,
  keys: readonly (string | number)[],
  fixed: { set: string; params?: readonly Value[]; where?: string },
): Promise<number> {
  if (keys.length === 0) return 0;
  const sorted = [...keys].sort();
  const params = fixed.params ?? [];
  const where = fixed.where ? ` AND ${fixed.where}` : '';
  if (isMysql(tx)) {
    return affected(tx, `UPDATE ${table} SET ${fixed.set} WHERE ${key} IN (?)${where}`, [...params, sorted]);
  }
  const rows = sorted.map((one) => [...params, one]);
  return affected(tx, `UPDATE ${table} SET ${fixed.set} WHERE ${key} = ?${where}`, [new ManyRows(rows)]);
}

/**
 * Rows of a SELECT whose text holds one `IN (?)` for `values`, with the statement text the same for any number of them.
 * `lock` takes row locks on MySQL; SQLite has one writer at a time and needs none.
 */
export async function selectIn<Row>(
  db: Db | Tx,
  text: string,
  values: readonly (string | number)[],
  options: { params?: readonly Value[]; tail?: string; lock?: boolean } = {},
): Promise<Row[]> {
  if (values.length === 0) return [];
  const params = options.params ?? [];
  const tail = options.tail ?? '';
  if (isMysql(db)) {
    const lock = options.lock ? ' FOR UPDATE' : '';
    const sorted = [...values].sort();
    return (await db.executeQuery<Row>(CompiledQuery.raw(text + tail + lock, [sorted, ...params]))).rows;
  }
  const sql = text.replace('IN (?)', 'IN (SELECT value FROM json_each(?))') + tail;
  return (await db.executeQuery<Row>(CompiledQuery.raw(sql, [JSON.stringify(values), ...params]))).rows;
}

/**
 * Runs one SELECT with each row of parameters and returns all rows together, in one round trip: the statement is
 * repeated on SQLite and joined with UNION ALL on MySQL, where `SKIP LOCKED` passes over rows that another order holds.
 */
export async function selectEach<Row>(
  tx: Db | Tx,
  text: string,
  paramRows: readonly (readonly Value[])[],
  options: { lock?: 'skip-locked' | 'wait' } = {},
): Promise<Row[]> {
  if (paramRows.length === 0) return [];
  if (isMysql(tx)) {
    const lock = options.lock ? ` FOR UPDATE${options.lock === 'skip-locked' ? ' SKIP LOCKED' : ''}` : '';
    const union = paramRows.map(() => `(${text}${lock})`).join(' UNION ALL ');
    return (await tx.executeQuery<Row>(CompiledQuery.raw(union, paramRows.flat()))).rows;
  }
  return (await tx.executeQuery<Row>(CompiledQuery.raw(text, [new ManyRows(paramRows)]))).rows;
}

async function affected(tx: Tx, sql: string, params: unknown[]): Promise<number> {
  const result = await tx.executeQuery(CompiledQuery.raw(sql, params));
  return Number(result.numAffectedRows ?? 0n);
}

/** mysql2 writes a Buffer as a binary literal but a plain Uint8Array as an object. */
function asBuffer(value: Value): Value | Buffer {
  return value instanceof Uint8Array && !Buffer.isBuffer(value)
    ? Buffer.from(value.buffer, value.byteOffset, value.byteLength)
    : value;
}
