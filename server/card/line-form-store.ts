/** line_forms: what buyers answered at the checkout. Written with the order, never changed but for its key. */
import { insertRows } from '../platform/db/bulk.ts';
import type { Db, Tx } from '../platform/db/database.ts';

export interface LineForm {
  orderId: string;
  lineNo: number;
  skuId: number;
  /** JSON of AnsweredField: the value of a secret is empty here. */
  answers: string;
  /** JSON of key -> value, sealed; null without secrets. */
  secrets: Uint8Array | null;
  keyId: number | null;
}

export async function insertLineForms(tx: Tx, forms: readonly LineForm[]): Promise<void> {
  await insertRows(
    tx,
    'line_forms',
    forms.map(({ orderId, lineNo, skuId, answers, secrets, keyId }) => ({
      order_id: orderId,
      line_no: lineNo,
      sku_id: skuId,
      answers,
      secrets,
      key_id: keyId,
    })),
  );
}

export async function readLineForms(db: Db | Tx, orderId: string): Promise<LineForm[]> {
  const query = db.selectFrom('line_forms').selectAll().where('order_id', '=', orderId).orderBy('line_no');
  return (await query.execute()).map((row) => ({
    orderId: row.order_id,
    lineNo: row.line_no,
    skuId: row.sku_id,
    answers: row.answers,
    secrets: row.secrets,
    keyId: row.key_id,
  }));
}
