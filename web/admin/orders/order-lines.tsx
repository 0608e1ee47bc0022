import { Button } from '@mantine/core';
import { useState } from 'react';
import type { OrderLineView, OrderView } from '../../../contract/shop.ts';
import { useDateTime } from '../../ui/dates.ts';
import { useMoney } from '../../ui/money.ts';
import { IfMay } from '../access/if-may.tsx';
import { DeliverLine } from './deliver-line.tsx';
import { LineForm } from './line-form.tsx';
import classes from './order-rows.module.css';
import { useOrderTexts } from './order-texts.ts';

export function OrderLines({ order }: { order: OrderView }) {
  const t = useOrderTexts();
  const [delivering, setDelivering] = useState<OrderLineView>();
  return (
    <section className="cw-panel" aria-labelledby="lines">
      <h2 id="lines" className="cw-section-title">
        {t('lines.title')}
      </h2>
      <ul className={classes.rows}>
        {order.lines.map((line) => (
          <Line
            key={line.lineNo}
            orderId={order.id}
            line={line}
            currency={order.currency}
            onDeliver={
              (line.delivery === 'manual' || line.delivery === 'webhook') &&
              line.deliveredAt === null &&
              order.status === 'paid'
                ? () => setDelivering(line)
                : undefined
            }
          />
        ))}
      </ul>
      {delivering && <DeliverLine orderId={order.id} line={delivering} onClose={() => setDelivering(undefined)} />}
    </section>
  );
}

interface LineProps {
  orderId: string;
  line: OrderLineView;
  currency: string;
  onDeliver: (() => void) | undefined;
}

function Line({ orderId, line, currency, onDeliver }: LineProps) {
  const t = useOrderTexts();
  const money = useMoney();
  const dateTime = useDateTime();
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <div className={classes.name}>
          {line.productName} {line.skuName}
        </div>
        <div className={classes.facts}>
          {t('line.quantity', { count: line.quantity })} · {money(line.unitPriceMinor, currency)} ·{' '}
          {line.deliveredAt === null ? t('line.waiting') : t('line.delivered', { at: dateTime(line.deliveredAt) })}
        </div>
      </div>
      <div className="cw-number">{money(line.amountMinor, currency)}</div>
      {onDeliver && (
        <IfMay action="cards.deliver">
          <Button variant="light" size="sm" onClick={onDeliver}>
            {t('line.deliver')}
          </Button>
        </IfMay>
      )}
      {line.delivery !== 'cards' && line.delivery !== 'loop' && (
        <IfMay action="cards.deliver">
          <LineForm orderId={orderId} lineNo={line.lineNo} />
        </IfMay>
      )}
    </li>
  );
}
