import type { PaymentStatus, RefundStatus } from '../../../contract/states.ts';
import { StatusBadge, type Tone } from '../list/status-badge.tsx';
import { useMoneyTexts } from './money-texts.ts';

const paymentTones: Record<PaymentStatus, Tone> = {
  created: 'calm',
  pending: 'wait',
  succeeded: 'good',
  closed: 'calm',
  failed: 'bad',
  refunding: 'wait',
  refunded: 'calm',
};

export function PaymentStatusBadge({ status }: { status: PaymentStatus }) {
  const t = useMoneyTexts();
  return <StatusBadge tone={paymentTones[status]}>{t(`status.${status}`)}</StatusBadge>;
}

const refundTones: Record<RefundStatus, Tone> = { requested: 'wait', succeeded: 'good', rejected: 'bad' };

export function RefundStatusBadge({ status }: { status: RefundStatus }) {
  const t = useMoneyTexts();
  return <StatusBadge tone={refundTones[status]}>{t(`refund.${status}`)}</StatusBadge>;
}
