/** The channels an owner has set up, their settings sealed, and which of them are blocked. */
import { insertRows } from '../platform/db/bulk.ts';
import type { Db, Tx } from '../platform/db/database.ts';

export interface ChannelRow {
  code: string;
  kind: string;
  nameZh: string;
  nameEn: string;
  enabled: boolean;
  /** Higher comes first. */
  priority: number;
  feeBasisPoints: number;
  sealed: Uint8Array;
  version: number;
  createdAt: number;
  updatedAt: number;
}

export type NewChannelRow = Omit<ChannelRow, 'version' | 'createdAt' | 'updatedAt'>;

export async function readChannels(db: Db | Tx): Promise<ChannelRow[]> {
  return (await db.selectFrom('channels').selectAll().orderBy('code').execute()).map(channelOf);
}

export async function readChannel(db: Db | Tx, code: string): Promise<ChannelRow | undefined> {
  const row = await db.selectFrom('channels').selectAll().where('code', '=', code).executeTakeFirst();
  return row && channelOf(row);
}

/** What has changed since the last look, cheaply. */
export async function channelVersions(db: Db): Promise<string> {
  const rows = await db.selectFrom('channels').select(['code', 'version', 'created_at']).orderBy('code').execute();
  return JSON.stringify(rows.map((row) => [row.code, row.version, row.created_at]));
}

/** @returns false when the code is taken */
export async function insertChannel(tx: Tx, channel: NewChannelRow, nowMs: number): Promise<boolean> {
  const row = { code: channel.code, created_at: nowMs, ...columnsOf(channel), updated_at: nowMs };
  return (await insertRows(tx, 'channels', [row], { onConflict: 'ignore' })) === 1;
}

/** @returns false when somebody else was faster */
export async function updateChannel(
  tx: Tx,
  channel: NewChannelRow & { version: number },
  nowMs: number,
): Promise<boolean> {
  const result = await tx
    .updateTable('channels')
    .set({ ...columnsOf(channel), version: channel.version + 1, updated_at: nowMs })
    .where('code', '=', channel.code)
    .where('version', '=', channel.version)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function deleteChannel(tx: Tx, code: string, version: number): Promise<boolean> {
  const result = await tx
    .deleteFrom('channels')
    .where('code', '=', code)
    .where('version', '=', version)
    .executeTakeFirst();
  if (result.numDeletedRows === 0n) return false;
  await tx.deleteFrom('channel_health').where('channel', '=', code).execute();
  return true;
}

/** Whether any payment was ever begun or received through it. */
export async function channelWasUsed(tx: Tx, code: string): Promise<boolean> {
  const payment = await tx.selectFrom('payments').select('id').where('channel', '=', code).limit(1).executeTakeFirst();
  if (payment) return true;
  const evidence = tx.selectFrom('payment_evidence').select('trade_no').where('channel', '=', code).limit(1);
  return (await evidence.executeTakeFirst()) !== undefined;
}

/** The same settings under another key. @returns false when somebody has changed them since */
export async function resealChannel(tx: Tx, { code, version, sealed }: ChannelRow, next: Uint8Array): Promise<boolean> {
  const result = await tx
    .updateTable('channels')
    .set({ config: next })
    .where('code', '=', code)
    .where('version', '=', version)
    .where('config', '=', sealed)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

function columnsOf(channel: NewChannelRow) {
  return {
    kind: channel.kind,
    name: channel.nameZh,
    name_en: channel.nameEn,
    enabled: channel.enabled ? 1 : 0,
    priority: channel.priority,
    fee_basis_points: channel.feeBasisPoints,
    config: channel.sealed,
  };
}

function channelOf(row: {
  code: string;
  kind: string;
  name: string;
  name_en: string;
  enabled: number;
  priority: number;
  fee_basis_points: number;
  config: Uint8Array | null;
  version: number;
  created_at: number;
  updated_at: number;
}): ChannelRow {
  return {
    code: row.code,
    kind: row.kind,
    nameZh: row.name,
    nameEn: row.name_en,
    enabled: row.enabled === 1,
    priority: row.priority,
    feeBasisPoints: row.fee_basis_points,
    sealed: row.config ?? new Uint8Array(),
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
