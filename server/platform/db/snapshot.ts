/** Reads whole tables of one moment, page by page, while the shop goes on. Knows tables only by what the database says of them. */
import { CompiledQuery } from 'kysely';
import { isMysql } from './bulk.ts';
import type { Database, Db } from './database.ts';

export interface TableShape {
  name: string;
  columns: string[];
  /** Columns of the primary key, in its order. */
  key: string[];
}

export type Cell = string | number | null | Uint8Array;

/** All reads of `work` see the database as it was at one moment. */
export function inSnapshot<T>(database: Database, work: (db: Db) => Promise<T>): Promise<T> {
  return database.read.connection().execute(async (db) => {
    const run = (text: string) => db.executeQuery(CompiledQuery.raw(text));
    if (isMysql(db)) {
      await run('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
      await run('START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY');
    } else {
      await run('BEGIN');
      // The snapshot is that of the first read.
      await run('SELECT COUNT(*) FROM sqlite_schema');
    }
    try {
      return await work(db);
    } finally {
      await run('COMMIT');
    }
  });
}

export async function tableShapes(db: Db, leaveOut: readonly string[]): Promise<TableShape[]> {
  const tables = (await db.introspection.getTables()).filter(
    (table) => !table.isView && !leaveOut.includes(table.name),
  );
  const shapes: TableShape[] = [];
  for (const { name, columns } of tables) {
    shapes.push({ name, columns: columns.map((column) => column.name), key: await primaryKey(db, name) });
  }
  return shapes.sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function primaryKey(db: Db, table: string): Promise<string[]> {
  const text = isMysql(db)
    ? `SELECT column_name AS name FROM information_schema.key_column_usage
       WHERE table_schema = DATABASE() AND table_name = ? AND constraint_name = 'PRIMARY' ORDER BY ordinal_position`
    : 'SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk';
  const { rows } = await db.executeQuery<{ name: string }>(CompiledQuery.raw(text, [table]));
  if (rows.length === 0) throw new Error(`table ${table} has no primary key to page by`);
  return rows.map((row) => row.name);
}

export async function* tableRows(db: Db, shape: TableShape, pageRows: number): AsyncGenerator<Cell[][]> {
  const { name, columns, key } = shape;
  const list = columns.map(quoted).join(', ');
  const order = key.map(quoted).join(', ');
  for (let after: Cell[] | undefined; ; ) {
    const { where, params } = after ? beyond(key, after) : { where: '', params: [] };
    const text = `SELECT ${list} FROM ${quoted(name)}${where} ORDER BY ${order} LIMIT ?`;
    const { rows } = await db.executeQuery<Record<string, Cell>>(CompiledQuery.raw(text, [...params, pageRows]));
    if (rows.length > 0) yield rows.map((row) => columns.map((column) => row[column] ?? null));
    const last = rows.at(-1);
    if (!last || rows.length < pageRows) return;
    after = key.map((column) => last[column] as Cell);
  }
}

/** (a, b) > (x, y), written so that both databases begin at x in the index instead of at the first row. */
function beyond(key: readonly string[], after: readonly Cell[]): { where: string; params: Cell[] } {
  const [first, ...rest] = key.map(quoted) as [string, ...string[]];
  if (rest.length === 0) return { where: ` WHERE ${first} > ?`, params: [...after] };
  const params: Cell[] = [after[0] as Cell];
  const steps = key.map((_, i) => {
    params.push(...after.slice(0, i + 1));
    return [...key.slice(0, i).map((column) => `${quoted(column)} = ?`), `${quoted(key[i] as string)} > ?`].join(
      ' AND ',
    );
  });
  return { where: ` WHERE ${first} >= ? AND (${steps.map((step) => `(${step})`).join(' OR ')})`, params };
}

function quoted(name: string): string {
  if (!/^\w+$/.test(name)) throw new Error(`not a name of ours: ${name}`);
  return `\`${name}\``;
}
