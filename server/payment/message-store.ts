/** Genuine messages of channels that are not the first proof of a payment: kept as they came, each different one once. */
import { insertRows } from '../platform/db/bulk.ts';
import type { Tx } from '../platform/db/database.ts';
import { sha256 } from '../platform/ids.ts';

export interface ChannelMessage {
  channel: string;
  kind: 'repeat' | 'failed' | 'refund' | 'disputed' | 'ask' | 'ignored';
  paymentId: string | null;
  tradeNo: string | null;
  raw: string;
}

/** @returns false when this very message is on record already */
export async function keepMessage(tx: Tx, message: ChannelMessage, nowMs: number): Promise<boolean> {
  const { channel, kind, paymentId, tradeNo, raw } = message;
  const row = {
    channel,
    digest: sha256(`${kind}\n${raw}`),
    kind,
    payment_id: paymentId?.slice(0, 64) ?? null,
    trade_no: tradeNo?.slice(0, 64) ?? null,
    raw,
    received_at: nowMs,
  };
  return (await insertRows(tx, 'payment_messages', [row], { onConflict: 'ignore' })) === 1;
}
