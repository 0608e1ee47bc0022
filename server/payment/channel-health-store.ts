/** Which channels are blocked, by whom and why: in the database, so that every process steers buyers the same way. */
import { insertRows } from '../platform/db/bulk.ts';
import type { Db, Tx } from '../platform/db/database.ts';

export interface ChannelBlock {
  channel: string;
  /** `health`, or the person who blocked it; null when it is open. */
  blockedBy: string | null;
  reason: string;
  since: number;
  /** When to ask it whether it is well again; null for a block by a person. */
  probeAt: number | null;
  /** Probes in a row that found it well (or failing, as the breaker counts). */
  probes: number;
  version: number;
}

export async function readBlocks(db: Db | Tx): Promise<ChannelBlock[]> {
  const rows = await db.selectFrom('channel_health').selectAll().execute();
  return rows.map((row) => ({
    channel: row.channel,
    blockedBy: row.blocked_by,
    reason: row.reason,
    since: row.since,
    probeAt: row.probe_at,
    probes: row.probes,
    version: row.version,
  }));
}

/** Writes what was decided from `before`. @returns false when somebody else decided meanwhile */
export async function writeBlock(tx: Tx, before: ChannelBlock | undefined, after: ChannelBlock): Promise<boolean> {
  const values = {
    blocked_by: after.blockedBy,
    reason: after.reason.slice(0, 300),
    since: after.since,
    probe_at: after.probeAt,
    probes: after.probes,
  };
  if (!before) {
    const row = { channel: after.channel, ...values };
    return (await insertRows(tx, 'channel_health', [row], { onConflict: 'ignore' })) === 1;
  }
  const result = await tx
    .updateTable('channel_health')
    .set({ ...values, version: before.version + 1 })
    .where('channel', '=', after.channel)
    .where('version', '=', before.version)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
