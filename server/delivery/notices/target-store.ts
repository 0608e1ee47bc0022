/** Whom the shop tells: one row for each group, phone, mailbox or program, its settings sealed. */
import type { Language } from '../../../contract/common.ts';
import { isNoticeEvent, type NoticeEventName } from '../../../contract/notices.ts';
import { insertRows } from '../../platform/db/bulk.ts';
import type { Db, Tx } from '../../platform/db/database.ts';
import type { QuietHours } from './sending-times.ts';

export interface NoticeTarget {
  id: number;
  kind: string;
  name: string;
  lang: Language;
  enabled: boolean;
  sealed: Uint8Array;
  events: readonly NoticeEventName[];
  quiet: QuietHours;
  version: number;
  createdAt: number;
  updatedAt: number;
}

export type TargetFields = Omit<NoticeTarget, 'id' | 'version' | 'createdAt' | 'updatedAt'>;

export async function readTargets(db: Db | Tx): Promise<NoticeTarget[]> {
  return (await db.selectFrom('notice_targets').selectAll().orderBy('id').execute()).map(targetOf);
}

export async function readTarget(db: Db | Tx, id: number): Promise<NoticeTarget | undefined> {
  const row = await db.selectFrom('notice_targets').selectAll().where('id', '=', id).executeTakeFirst();
  return row && targetOf(row);
}

/** @param requestId makes it once, however often the transaction runs */
export async function insertTarget(tx: Tx, fields: TargetFields, requestId: string, nowMs: number): Promise<number> {
  const row = { ...columnsOf(fields), kind: fields.kind, request_id: requestId, created_at: nowMs, updated_at: nowMs };
  await insertRows(tx, 'notice_targets', [row], { onConflict: 'ignore' });
  const made = await tx
    .selectFrom('notice_targets')
    .select('id')
    .where('request_id', '=', requestId)
    .executeTakeFirstOrThrow();
  return made.id;
}

/** @returns false when somebody else was faster */
export async function writeTarget(
  tx: Tx,
  key: { id: number; version: number },
  fields: TargetFields,
  nowMs: number,
): Promise<boolean> {
  const result = await tx
    .updateTable('notice_targets')
    .set({ ...columnsOf(fields), version: key.version + 1, updated_at: nowMs })
    .where('id', '=', key.id)
    .where('version', '=', key.version)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** What still waits for it goes with it; what was sent stays in the log. */
export async function deleteTarget(tx: Tx, key: { id: number; version: number }): Promise<boolean> {
  const result = await tx
    .deleteFrom('notice_targets')
    .where('id', '=', key.id)
    .where('version', '=', key.version)
    .executeTakeFirst();
  if (result.numDeletedRows !== 1n) return false;
  await tx.deleteFrom('notice_waiting').where('target_id', '=', key.id).where('delivery_id', 'is', null).execute();
  return true;
}

/** The same settings under another key. @returns false when somebody has changed them since */
export async function resealTarget(tx: Tx, { id, sealed }: NoticeTarget, next: Uint8Array): Promise<boolean> {
  const result = await tx
    .updateTable('notice_targets')
    .set({ config: next })
    .where('id', '=', id)
    .where('config', '=', sealed)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

function columnsOf(fields: TargetFields) {
  return {
    name: fields.name,
    lang: fields.lang,
    enabled: fields.enabled ? 1 : 0,
    config: fields.sealed,
    events: JSON.stringify(fields.events),
    quiet_from: fields.quiet.from,
    quiet_to: fields.quiet.to,
    utc_offset: fields.quiet.utcOffset,
  };
}

function targetOf(row: {
  id: number;
  kind: string;
  name: string;
  lang: string;
  enabled: number;
  config: Uint8Array;
  events: string;
  quiet_from: number | null;
  quiet_to: number | null;
  utc_offset: number;
  version: number;
  created_at: number;
  updated_at: number;
}): NoticeTarget {
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    lang: row.lang === 'en' ? 'en' : 'zh',
    enabled: row.enabled === 1,
    sealed: row.config,
    events: (JSON.parse(row.events) as string[]).filter(isNoticeEvent),
    quiet: { from: row.quiet_from, to: row.quiet_to, utcOffset: row.utc_offset },
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
