/** What can be done about each kind of case, the suggested one first. The server decides again. */
import type { ResolutionAction, ReviewKind } from '../../../contract/states.ts';

export const actionsOfKind: Readonly<Record<ReviewKind, readonly ResolutionAction[]>> = {
  amount_mismatch: ['refund', 'issue', 'close'],
  out_of_stock: ['refund', 'issue', 'close'],
  unknown_order: ['refund', 'link', 'close'],
  evidence_conflict: ['refund', 'issue', 'close'],
  refund_rejected: ['refund', 'confirm', 'close'],
  refund_by_hand: ['confirm', 'close'],
  refunded_at_channel: ['close'],
  dispute: ['close', 'refund'],
  journal_mismatch: ['release', 'issue', 'close'],
  delivery_failed: ['close'],
  stock_drift: ['close'],
  intent_quarantined: ['release', 'close'],
  bill_channel_only: ['close', 'link'],
  bill_local_only: ['close'],
  bill_amount: ['close'],
  bill_status: ['close'],
};
