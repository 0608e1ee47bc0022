/** The `audit_chain` table: a link for each entry of the audit log. Rows are added, never changed and never removed. */
import { type ChainHead, chainStart, linkHash, type StoredEntry } from './audit-chain.ts';
import { insertRows } from './db/bulk.ts';
import type { Db, Tx } from './db/database.ts';

/** Ids are given out before they are committed, so a lower one may appear after a higher one. By far not so many later. */
export const lookBackIds = 2000;

const entryColumns = [
  'audit_log.id',
  'audit_log.at',
  'audit_log.actor',
  'audit_log.action',
  'audit_log.subject',
  'audit_log.order_id',
  'audit_log.reason',
  'audit_log.before_state',
  'audit_log.after_state',
  'audit_log.request_id',
] as const;

export async function readChainHead(db: Db | Tx): Promise<ChainHead> {
  const last = await db
    .selectFrom('audit_chain')
    .select(['seq', 'hash'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last ?? chainStart;
}

export async function readLinkHash(db: Db | Tx, seq: number): Promise<string | undefined> {
  if (seq === chainStart.seq) return chainStart.hash;
  return (await db.selectFrom('audit_chain').select('hash').where('seq', '=', seq).executeTakeFirst())?.hash;
}

/**
 * Chains the next entries that have no link. Two who do it at once want the same `seq`: the key lets one of them through.
 * @param afterId entries up to this id are taken to have one
 * @returns how many were chained
 */
export async function chainEntries(tx: Tx, afterId: number, limit: number, now: number): Promise<number> {
  const entries: StoredEntry[] = await tx
    .selectFrom('audit_log')
    .leftJoin('audit_chain', 'audit_chain.entry_id', 'audit_log.id')
    .select(entryColumns)
    .where('audit_log.id', '>', afterId)
    .where('audit_chain.entry_id', 'is', null)
    .orderBy('audit_log.id')
    .limit(limit)
    .execute();
  if (entries.length === 0) return 0;
  let head = await readChainHead(tx);
  const links = entries.map((entry) => {
    const hash = linkHash(head, entry);
    const link = { seq: head.seq + 1, entry_id: entry.id, prev_hash: head.hash, hash, sealed_at: now };
    head = { seq: link.seq, hash };
    return link;
  });
  return insertRows(tx, 'audit_chain', links);
}

export async function highestChainedId(db: Db | Tx): Promise<number> {
  const row = await db
    .selectFrom('audit_chain')
    .select((eb) => eb.fn.max('entry_id').as('id'))
    .executeTakeFirst();
  return Number(row?.id ?? 0);
}

export interface ChainedEntry {
  seq: number;
  entryId: number;
  prevHash: string;
  hash: string;
  /** Undefined: there is a link, but no such entry. */
  entry: StoredEntry | undefined;
}

/** Links behind `afterSeq`, in their order, each with its entry. */
export async function readChain(db: Db, afterSeq: number, limit: number): Promise<ChainedEntry[]> {
  const rows = await db
    .selectFrom('audit_chain')
    .leftJoin('audit_log', 'audit_log.id', 'audit_chain.entry_id')
    .select(['audit_chain.seq', 'audit_chain.entry_id', 'audit_chain.prev_hash', 'audit_chain.hash', ...entryColumns])
    .where('audit_chain.seq', '>', afterSeq)
    .orderBy('audit_chain.seq')
    .limit(limit)
    .execute();
  return rows.map(({ seq, entry_id, prev_hash, hash, ...entry }) => ({
    seq,
    entryId: entry_id,
    prevHash: prev_hash,
    hash,
    entry: entry.id === null ? undefined : (entry as StoredEntry),
  }));
}

/** Entries older than `before` that have no link, among the last ones. Stops counting at `limit`. */
export async function countUnchained(db: Db, before: number, limit: number): Promise<number> {
  const from = (await highestChainedId(db)) - lookBackIds;
  const rows = await db
    .selectFrom('audit_log')
    .leftJoin('audit_chain', 'audit_chain.entry_id', 'audit_log.id')
    .select('audit_log.id')
    .where('audit_chain.entry_id', 'is', null)
    .where('audit_log.id', '>', from)
    .where('audit_log.at', '<', before)
    .limit(limit)
    .execute();
  return rows.length;
}
