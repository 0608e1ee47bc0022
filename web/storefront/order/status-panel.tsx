import {
  IconCircleCheck,
  IconCircleX,
  IconClockOff,
  IconLoader2,
  IconReceiptRefund,
  IconShieldCheck,
} from '@tabler/icons-react';
import type { OrderView } from '../../../contract/shop.ts';
import { useMoney } from '../../ui/money.ts';
import { OrderAgain } from './order-again.tsx';
import { useTexts } from './order-texts.ts';
import classes from './status-panel.module.css';

const icons = {
  paid: IconLoader2,
  delivered: IconCircleCheck,
  expired: IconClockOff,
  cancelled: IconCircleX,
  review: IconShieldCheck,
  refunded: IconReceiptRefund,
} as const;
export type ShownStatus = keyof typeof icons;

/** Where an order stands once nothing is left to pay, and what the buyer may do now. */
export function StatusPanel({ order, status }: { order: OrderView; status: ShownStatus }) {
  const t = useTexts();
  const money = useMoney();
  const Icon = icons[status];
  const waitsForPerson = order.lines.some(
    (line) => (line.delivery === 'manual' || line.delivery === 'webhook') && line.deliveredAt === null,
  );
  const hasSome = order.lines.some((line) => line.deliveredAt !== null);
  const hint =
    status === 'paid' && waitsForPerson ? t(hasSome ? 'delivered.part' : 'paid.manualHint') : t(`${status}.hint`);
  const partlyRefunded = status !== 'refunded' && order.refundedMinor > 0;
  return (
    <section className={`cw-panel ${classes.panel}`} data-status={status}>
      <div className={classes.icon} aria-hidden="true">
        <Icon size={30} className={status === 'paid' && !waitsForPerson ? classes.turning : undefined} />
      </div>
      <div>
        <h1 className={classes.title}>{t(`${status}.title`)}</h1>
        <p className={classes.hint}>{hint}</p>
        {status === 'review' && <p className={classes.hint}>{t('review.keep')}</p>}
        {partlyRefunded && (
          <p className={classes.hint}>{t('refunded.part', { amount: money(order.refundedMinor, order.currency) })}</p>
        )}
        {(status === 'expired' || status === 'cancelled') && <OrderAgain order={order} />}
      </div>
    </section>
  );
}
