/** The `processes` table: who serves, as of the last ten seconds. */
import { insertRows } from '../../platform/db/bulk.ts';
import type { Db, Tx } from '../../platform/db/database.ts';

export interface ProcessBeat {
  id: string;
  host: string;
  roles: readonly string[];
  version: string;
  node: string;
  startedAt: number;
  seenAt: number;
  /** What it did lately, by the name of the scan. */
  scans: Record<string, ScanNote>;
}

export interface ScanNote {
  at: number;
  durationMs: number;
  found: number;
  mended: number;
  error: string | null;
}

export async function putBeat(tx: Tx, beat: ProcessBeat): Promise<void> {
  const { id, host, roles, version, node, startedAt, seenAt, scans } = beat;
  const detail = JSON.stringify({ scans });
  const changed = await tx
    .updateTable('processes')
    .set({ seen_at: seenAt, detail })
    .where('id', '=', id)
    .executeTakeFirst();
  if (changed.numUpdatedRows > 0n) return;
  const row = { id, host, roles: roles.join(' '), version, node, started_at: startedAt, seen_at: seenAt, detail };
  await insertRows(tx, 'processes', [row], { onConflict: 'ignore' });
}

export async function removeBeat(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('processes').where('id', '=', id).execute();
}

export async function forgetBeats(tx: Tx, before: number): Promise<void> {
  await tx.deleteFrom('processes').where('seen_at', '<', before).execute();
}

export async function readBeats(db: Db): Promise<ProcessBeat[]> {
  const rows = await db.selectFrom('processes').selectAll().orderBy('started_at').limit(500).execute();
  return rows.map((row) => ({
    id: row.id,
    host: row.host,
    roles: row.roles.split(' '),
    version: row.version,
    node: row.node,
    startedAt: row.started_at,
    seenAt: row.seen_at,
    scans: (JSON.parse(row.detail) as { scans?: Record<string, ScanNote> }).scans ?? {},
  }));
}
