/**
 * Rows by the key they are sealed with. Every update names the key it replaces, so a row that changed meanwhile is left.
 *
 * For cards that guard is enough: a ciphertext of `card_keys` is written at import and by a rotation, by nobody else.
 */
import { updateRows } from '../platform/db/bulk.ts';
import type { Db, Tx } from '../platform/db/database.ts';

export const sealedTables = ['card_keys', 'loop_cards', 'manual_deliveries', 'line_forms'] as const;

/** Key id -> rows sealed with it, over all tables. */
export async function rowsPerKey(db: Db | Tx): Promise<Map<number, number>> {
  const rows = new Map<number, number>();
  for (const table of sealedTables) {
    const counts = await db
      .selectFrom(table)
      .select(['key_id', (eb) => eb.fn.countAll<number>().as('count')])
      .where('key_id', 'is not', null)
      .groupBy('key_id')
      .execute();
    for (const { key_id, count } of counts) rows.set(Number(key_id), (rows.get(Number(key_id)) ?? 0) + Number(count));
  }
  return rows;
}

/** The lowest key id above `after` that a card is sealed with: one look into the index, however many cards there are. */
export async function nextKeyInUse(db: Db | Tx, after: number): Promise<number | undefined> {
  const row = await db
    .selectFrom('card_keys')
    .select('key_id')
    .where('key_id', '>', after)
    .orderBy('key_id')
    .limit(1)
    .executeTakeFirst();
  return row?.key_id;
}

export interface SealedCard {
  id: number;
  card_no: Uint8Array | null;
  card_secret: Uint8Array;
  card_no_hash: string;
}

export function cardsOfKey(db: Db | Tx, keyId: number, afterId: number, limit: number): Promise<SealedCard[]> {
  return db
    .selectFrom('card_keys')
    .select(['id', 'card_no', 'card_secret', 'card_no_hash'])
    .where('key_id', '=', keyId)
    .where('id', '>', afterId)
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Returns the rows changed. `version` stays: it counts what happened to the card, and an order may be picking it now. */
export function replaceCardSeals(
  tx: Tx,
  cards: readonly { id: number; card_no: Uint8Array | null; card_secret: Uint8Array }[],
  fromKeyId: number,
  toKeyId: number,
): Promise<number> {
  const fixed = { set: `key_id = ${Math.trunc(toKeyId)}`, where: `key_id = ${Math.trunc(fromKeyId)}` };
  return updateRows(tx, 'card_keys', 'id', cards, fixed);
}

export function loopCardsNotOfKey(db: Db | Tx, keyId: number) {
  return db
    .selectFrom('loop_cards')
    .select(['sku_id', 'secret', 'key_id', 'version'])
    .where('key_id', '<>', keyId)
    .execute();
}

/** False when the owner has set another secret meanwhile. */
export async function replaceLoopSeal(
  tx: Tx,
  row: { sku_id: number; key_id: number; version: number },
  secret: Uint8Array,
  keyId: number,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('loop_cards')
    .set({ secret, key_id: keyId })
    .where('sku_id', '=', row.sku_id)
    .where('key_id', '=', row.key_id)
    .where('version', '=', row.version)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** A page of the deliveries sealed with another key. */
export function deliveriesNotOfKey(db: Db | Tx, keyId: number, after: DeliveryKey, limit: number) {
  return db
    .selectFrom('manual_deliveries')
    .select(['order_id', 'line_no', 'content', 'key_id'])
    .where('key_id', '<>', keyId)
    .where((eb) =>
      eb.or([
        eb('order_id', '>', after.order_id),
        eb.and([eb('order_id', '=', after.order_id), eb('line_no', '>', after.line_no)]),
      ]),
    )
    .orderBy('order_id')
    .orderBy('line_no')
    .limit(limit)
    .execute();
}

export interface DeliveryKey {
  order_id: string;
  line_no: number;
}

/** False when the content was replaced meanwhile. */
export async function replaceDeliverySeal(
  tx: Tx,
  row: DeliveryKey & { content: Uint8Array; key_id: number },
  content: Uint8Array,
  keyId: number,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('manual_deliveries')
    .set({ content, key_id: keyId })
    .where('order_id', '=', row.order_id)
    .where('line_no', '=', row.line_no)
    .where('key_id', '=', row.key_id)
    .where('content', '=', row.content)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}

/** A page of the answers of buyers whose secrets are sealed with another key. */
export function formsNotOfKey(db: Db | Tx, keyId: number, after: DeliveryKey, limit: number) {
  return db
    .selectFrom('line_forms')
    .select(['order_id', 'line_no', 'sku_id', 'secrets', 'key_id'])
    .where('key_id', '<>', keyId)
    .where((eb) =>
      eb.or([
        eb('order_id', '>', after.order_id),
        eb.and([eb('order_id', '=', after.order_id), eb('line_no', '>', after.line_no)]),
      ]),
    )
    .orderBy('order_id')
    .orderBy('line_no')
    .limit(limit)
    .execute();
}

export async function replaceFormSeal(
  tx: Tx,
  row: DeliveryKey & { key_id: number | null },
  secrets: Uint8Array,
  keyId: number,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('line_forms')
    .set({ secrets, key_id: keyId })
    .where('order_id', '=', row.order_id)
    .where('line_no', '=', row.line_no)
    .where('key_id', '=', row.key_id)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n;
}
