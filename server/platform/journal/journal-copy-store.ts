/** The second place of the issue journal: its lines in a table of a database of its own, by chain and number. */
import { CompiledQuery } from 'kysely';
import type { Database, Db, Tx } from '../db/database.ts';
import type { ChainedRecord } from './journal-line.ts';

const createTable = `CREATE TABLE IF NOT EXISTS issue_journal (
  chain VARCHAR(160) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  seq BIGINT NOT NULL,
  card_id BIGINT NOT NULL,
  order_id VARCHAR(28) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  issued_at BIGINT NOT NULL,
  card_hash VARCHAR(43) CHARACTER SET ascii COLLATE ascii_bin,
  prev VARCHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  hash VARCHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (chain, seq),
  KEY issue_journal_by_issued_at (issued_at)
) ENGINE=InnoDB`;

const columns = 'chain, seq, card_id, order_id, issued_at, card_hash, prev, hash';

export interface CopiedRecord extends ChainedRecord {
  chain: string;
}

export async function makeCopyTable(database: Database): Promise<void> {
  await database.transact('journal.copy-table', async (tx) => void (await run(tx, createTable, [])));
}

/** A line that is there already is left as it is. */
export async function insertCopies(tx: Tx, chain: string, records: readonly ChainedRecord[]): Promise<void> {
  if (records.length === 0) return;
  const rows = records.map((one) => [
    chain,
    one.seq,
    one.cardId,
    one.orderId,
    one.at,
    one.cardHash ?? null,
    one.prev,
    one.hash,
  ]);
  await run(tx, `INSERT INTO issue_journal (${columns}) VALUES ? ON DUPLICATE KEY UPDATE seq = seq`, [rows]);
}

/** Of each chain: the last number up to which every line is there. */
export async function copiedUpTo(db: Db): Promise<Map<string, number>> {
  const rows = await run<{ chain: string; last_seq: number; line_count: number }>(
    db,
    'SELECT chain, MAX(seq) AS last_seq, COUNT(*) AS line_count FROM issue_journal GROUP BY chain',
    [],
  );
  // A gap is filled by sending all of its chain again.
  return new Map(
    rows.map((row) => [row.chain, Number(row.last_seq) === Number(row.line_count) ? Number(row.last_seq) : 0]),
  );
}

/** A page of the records issued since, by chain and number. */
export async function copiesSince(
  db: Db,
  sinceMs: number,
  after: { chain: string; seq: number },
  limit: number,
): Promise<CopiedRecord[]> {
  const rows = await run<Record<string, string | number | null>>(
    db,
    `SELECT ${columns} FROM issue_journal
     WHERE issued_at >= ? AND (chain > ? OR (chain = ? AND seq > ?)) ORDER BY chain, seq LIMIT ?`,
    [sinceMs, after.chain, after.chain, after.seq, limit],
  );
  return rows.map((row) => ({
    chain: String(row.chain),
    seq: Number(row.seq),
    cardId: Number(row.card_id),
    orderId: String(row.order_id),
    at: Number(row.issued_at),
    ...(row.card_hash === null ? {} : { cardHash: String(row.card_hash) }),
    prev: String(row.prev),
    hash: String(row.hash),
  }));
}

async function run<Row>(db: Db | Tx, text: string, params: readonly unknown[]): Promise<Row[]> {
  return (await db.executeQuery<Row>(CompiledQuery.raw(text, [...params]))).rows;
}
