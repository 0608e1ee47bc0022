/** Pure: what a channel keeps, and what is left for the shop. */
import type { PaymentDetail } from '../../../contract/admin-money.ts';
import type { RevenueCell } from './revenue-store.ts';

/** @param basisPoints 1/100 of a percent, of what was received: most networks keep their fee when money goes back */
export function feeByRate(receivedMinor: number, basisPoints: number): number {
  return Math.round((receivedMinor * basisPoints) / 10_000);
}

export function netOf(cell: RevenueCell, basisPoints: number): { feeMinor: number; netMinor: number } {
  const feeMinor = cell.billedFeeMinor + feeByRate(cell.unbilledMinor, basisPoints);
  return { feeMinor, netMinor: cell.receivedMinor - cell.refundedMinor - feeMinor };
}

export function feeOfPayment(
  payment: { receivedMinor: number; refundedMinor: number },
  billedMinor: number | null,
  basisPoints: number,
): PaymentDetail['fee'] {
  const { receivedMinor, refundedMinor } = payment;
  const from = billedMinor !== null ? 'bill' : basisPoints > 0 ? 'rate' : 'none';
  const minor = billedMinor ?? feeByRate(receivedMinor, basisPoints);
  return { minor, from, basisPoints, netMinor: receivedMinor - refundedMinor - minor };
}
