import type { OrderStatus } from '../../../contract/states.ts';
import { StatusBadge, type Tone } from '../list/status-badge.tsx';
import { useOrderTexts } from './order-texts.ts';

const tones: Readonly<Record<OrderStatus, Tone>> = {
  pending: 'wait',
  paid: 'wait',
  delivered: 'good',
  expired: 'calm',
  cancelled: 'calm',
  review: 'bad',
  refunded: 'calm',
};

export function OrderStatusBadge({ status }: { status: OrderStatus }) {
  const t = useOrderTexts();
  return <StatusBadge tone={tones[status]}>{t(`status.${status}`)}</StatusBadge>;
}
