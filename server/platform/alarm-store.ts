/**
 * What is going on right now and was told once: a storm of the same trouble is one event when it begins and one when it is
 * over. The row is the memory, so it makes no difference which process looks, or how often.
 */
import type { NoticeEventName } from '../../contract/notices.ts';
import { insertRows } from './db/bulk.ts';
import type { Db, Tx } from './db/database.ts';
import { recordEvents } from './event-store.ts';

export interface Alarm {
  /** What this is about, for example `stock:12`; at most 80 characters of ASCII. */
  name: string;
  begins: NoticeEventName;
  /** Absent: nobody needs to hear that it is over. */
  ends?: NoticeEventName;
  detail: Record<string, unknown>;
  /** When it began, where that is known better than by this call. */
  sinceMs?: number;
}

/** @returns true when this call began it; one that goes on already is renewed */
export async function raiseAlarm(tx: Tx, { name, begins, detail, sinceMs }: Alarm, nowMs: number): Promise<boolean> {
  const raisedAt = sinceMs ?? nowMs;
  const row = { name, raised_at: raisedAt, renewed_at: nowMs };
  const isNew = (await insertRows(tx, 'alarms', [row], { onConflict: 'ignore' })) === 1;
  if (!isNew) {
    const again = await tx
      .updateTable('alarms')
      .set((eb) => ({ raised_at: raisedAt, renewed_at: nowMs, over_at: null, round: eb('round', '+', 1) }))
      .where('name', '=', name)
      .where('over_at', 'is not', null)
      .executeTakeFirst();
    if (again.numUpdatedRows === 0n) {
      await tx.updateTable('alarms').set({ renewed_at: nowMs }).where('name', '=', name).execute();
      return false;
    }
  }
  const round = await roundOf(tx, name);
  await recordEvents(tx, [{ event: begins, about: `${name}:${round}`, detail }], nowMs);
  return true;
}

/** @returns true when this call ended it */
export async function endAlarm(tx: Tx, { name, ends, detail }: Omit<Alarm, 'begins'>, nowMs: number): Promise<boolean> {
  const ended = await tx
    .updateTable('alarms')
    .set({ over_at: nowMs })
    .where('name', '=', name)
    .where('over_at', 'is', null)
    .executeTakeFirst();
  if (ended.numUpdatedRows === 0n) return false;
  const round = await roundOf(tx, name);
  if (ends) await recordEvents(tx, [{ event: ends, about: `${name}:${round}`, detail }], nowMs);
  return true;
}

export interface GoingAlarm {
  name: string;
  raisedAt: number;
  renewedAt: number;
}

/** Those that go on. `prefix` is fixed text of our own. */
export async function goingAlarms(db: Db | Tx, prefix: string): Promise<GoingAlarm[]> {
  const rows = await db
    .selectFrom('alarms')
    .select(['name', 'raised_at', 'renewed_at'])
    .where('over_at', 'is', null)
    .where('name', 'like', `${prefix}%`)
    .execute();
  return rows.map((row) => ({ name: row.name, raisedAt: row.raised_at, renewedAt: row.renewed_at }));
}

async function roundOf(tx: Tx, name: string): Promise<number> {
  const row = await tx.selectFrom('alarms').select('round').where('name', '=', name).executeTakeFirstOrThrow();
  return row.round;
}
