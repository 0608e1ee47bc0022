/** The payment a buyer is in the middle of, kept for this tab so that a reload shows the same code again. */
import type { PaymentView } from '../../../contract/shop.ts';
import { readStored, removeStored, writeStored } from '../../ui/stored-value.ts';

const keyOf = (orderId: string) => `cardwell.payment.${orderId}`;
const isPayment = (value: unknown): value is PaymentView =>
  typeof (value as Partial<PaymentView> | null)?.outTradeNo === 'string' &&
  typeof (value as Partial<PaymentView>).action?.type === 'string';

export const storedPayment = (orderId: string): PaymentView | undefined =>
  readStored('session', keyOf(orderId), isPayment);
export const storePayment = (orderId: string, payment: PaymentView): void =>
  writeStored('session', keyOf(orderId), payment);
export const dropPayment = (orderId: string): void => removeStored('session', keyOf(orderId));
