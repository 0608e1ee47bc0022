/**
 * Things that happened and that somebody may want to be told of. Written in the transaction of the thing itself, under a
 * key that names it: causing it twice writes one row. Who is told, and how, is the delivery's business (server/delivery/notices).
 */
import type { NoticeEventName } from '../../contract/notices.ts';
import { insertRows, updateIn } from './db/bulk.ts';
import type { Db, Tx } from './db/database.ts';
import { sha256 } from './ids.ts';
import { readSetting } from './settings-store.ts';

export interface ShopEvent {
  event: NoticeEventName;
  /** Names this occurrence among those of its event. */
  about: string;
  orderId?: string | undefined;
  /** Never a secret, a card, or a buyer's contact in full: it goes to other people's servers. */
  detail?: Record<string, unknown>;
}

export interface RecordedEvent {
  id: number;
  event: string;
  orderId: string | null;
  detail: Record<string, unknown>;
  at: number;
}

const longestKey = 120;

export async function recordEvents(tx: Tx, events: readonly ShopEvent[], nowMs: number): Promise<number> {
  return insertRows(
    tx,
    'shop_events',
    events.map(({ event, about, orderId, detail }) => ({
      event_key: keyOf(event, about),
      event,
      order_id: orderId ?? null,
      detail: JSON.stringify(detail ?? {}),
      created_at: nowMs,
    })),
    { onConflict: 'ignore' },
  );
}

function keyOf(event: string, about: string): string {
  const key = `${event}:${about}`;
  const fits = key.length <= longestKey && /^[\x20-\x7e]*$/.test(key);
  return fits ? key : `${event}:#${sha256(about)}`;
}

/** Which events any target wants, for those so frequent that nobody should write them in vain. */
export const wantedEventsSetting = 'notices.wanted';

export async function readWantedEvents(db: Db | Tx): Promise<ReadonlySet<string>> {
  const value = await readSetting(db, wantedEventsSetting);
  return new Set(value ? (JSON.parse(value) as string[]) : []);
}

/** Those that have not been spread over the targets yet, oldest first. */
export async function eventsToSpread(db: Db | Tx, limit: number): Promise<RecordedEvent[]> {
  const rows = await db
    .selectFrom('shop_events')
    .select(['id', 'event', 'order_id', 'detail', 'created_at'])
    .where('spread_at', 'is', null)
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(eventOf);
}

export async function readEvents(db: Db | Tx, ids: readonly number[]): Promise<RecordedEvent[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('shop_events')
    .select(['id', 'event', 'order_id', 'detail', 'created_at'])
    .where('id', 'in', ids)
    .orderBy('id')
    .execute();
  return rows.map(eventOf);
}

export async function markSpread(tx: Tx, ids: readonly number[], nowMs: number): Promise<number> {
  return updateIn(tx, 'shop_events', 'id', ids, { set: 'spread_at = ?', params: [nowMs], where: 'spread_at IS NULL' });
}

export async function forgetEvents(tx: Tx, beforeMs: number, limit: number): Promise<number> {
  const rows = await tx
    .selectFrom('shop_events')
    .select('id')
    .where('spread_at', '<', beforeMs)
    .orderBy('spread_at')
    .limit(limit)
    .execute();
  if (rows.length === 0) return 0;
  const gone = await tx
    .deleteFrom('shop_events')
    .where(
      'id',
      'in',
      rows.map((row) => row.id),
    )
    .executeTakeFirst();
  return Number(gone.numDeletedRows);
}

function eventOf(row: {
  id: number;
  event: string;
  order_id: string | null;
  detail: string;
  created_at: number;
}): RecordedEvent {
  const { id, event, order_id: orderId, created_at: at } = row;
  return { id, event, orderId, detail: JSON.parse(row.detail) as Record<string, unknown>, at };
}
