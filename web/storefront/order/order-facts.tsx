import type { OrderView } from '../../../contract/shop.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { useDateTime } from '../../ui/dates.ts';
import { useMoney } from '../../ui/money.ts';
import { titleOf } from './cards-text.ts';
import { orderLink } from './device-orders.ts';
import classes from './order-facts.module.css';
import { useTexts } from './order-texts.ts';

/** What was ordered, what it cost, and how to find it again. */
export function OrderFacts({ order, token }: { order: OrderView; token: string }) {
  const t = useTexts();
  const money = useMoney();
  const at = useDateTime();
  const rows: [string, string][] = [
    [t('order.placedAt'), at(order.createdAt)],
    ...(order.paidAt ? ([[t('order.paidAt'), at(order.paidAt)]] as [string, string][]) : []),
    [t('order.contact'), order.contact],
    ...(order.discountMinor > 0
      ? ([[t('order.discount'), `−${money(order.discountMinor, order.currency)}`]] as [string, string][])
      : []),
    [t('order.amount'), money(order.totalMinor, order.currency)],
    ...(order.receivedMinor > 0 && order.receivedMinor !== order.totalMinor
      ? ([[t('order.received'), money(order.receivedMinor, order.currency)]] as [string, string][])
      : []),
    ...(order.refundedMinor > 0
      ? ([[t('order.refunded'), money(order.refundedMinor, order.currency)]] as [string, string][])
      : []),
  ];
  return (
    <section className="cw-panel" aria-labelledby="details">
      <h2 id="details" className="cw-section-title">
        {t('order.details')}
      </h2>
      <ul className={classes.lines}>
        {order.lines.map((line) => (
          <li key={line.lineNo} className="cw-spread">
            <span>
              {titleOf(line)} <span className="cw-soft">×&nbsp;{line.quantity}</span>
            </span>
            <span className="cw-number">{money(line.amountMinor, order.currency)}</span>
          </li>
        ))}
      </ul>
      <dl className={classes.facts}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div>
          <dt>{t('order.number')}</dt>
          <dd className={classes.id}>{order.id}</dd>
        </div>
      </dl>
      <div className={classes.keep}>
        <div className={classes.keepTitle}>{t('order.saveLink')}</div>
        <p>{t('order.saveLinkHint')}</p>
        <div className={classes.actions}>
          <CopyButton text={orderLink(order.id, token)} label={t('order.copyLink')} />
          <CopyButton variant="subtle" text={order.id} label={t('order.copyNumber')} />
        </div>
      </div>
    </section>
  );
}
