/** A compiled query -> what SQLite is given. */
import type { SQLInputValue } from 'node:sqlite';
import type { CompiledQuery } from 'kysely';

export interface SqliteInput {
  sql: string;
  params?: SQLInputValue[];
  rows?: SQLInputValue[][];
}

/** A parameter that stands for many rows: the statement is run once for each (bulk.ts). */
export class ManyRows {
  readonly rows: readonly (readonly unknown[])[];
  constructor(rows: readonly (readonly unknown[])[]) {
    this.rows = rows;
  }
}

export function statementOf({ sql, parameters }: CompiledQuery): SqliteInput {
  const first = parameters[0];
  if (first instanceof ManyRows) return { sql, rows: first.rows.map((row) => row.map(toSqlite)) };
  return { sql, params: parameters.map(toSqlite) };
}

function toSqlite(value: unknown): SQLInputValue {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return value;
  if (value instanceof Uint8Array) return value;
  throw new TypeError(`not a value SQLite can store: ${typeof value}`);
}
