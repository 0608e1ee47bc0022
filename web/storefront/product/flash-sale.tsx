import { IconBolt } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { FlashSaleView } from '../../../contract/flash-sale.ts';
import type { SkuView } from '../../../contract/shop.ts';
import { useDateTime } from '../../ui/dates.ts';
import { useMoney } from '../../ui/money.ts';
import { serverNowMs } from '../../ui/server-clock.ts';
import { isOn, priceNow } from '../cart/priced-line.ts';
import { useTexts } from '../shop-texts.ts';
import classes from './flash-sale.module.css';
import { WasPrice } from './was-price.tsx';

/** What a flash sale offers, or will, and how long. */
export function FlashSale({ sku, sale }: { sku: SkuView; sale: FlashSaleView }) {
  const t = useTexts();
  const money = useMoney();
  const at = useDateTime();
  const now = serverNowMs();
  if (now >= sale.endsAt) return null;
  const on = isOn(sale, now);
  const isGone = on && sale.left === 0;
  const facts = [
    on && sale.left !== null && !isGone && t('sale.left', { count: sale.left }),
    sale.perBuyerLimit !== null && t('sale.limit', { count: sale.perBuyerLimit }),
    t(on ? 'sale.until' : 'sale.from', { at: at(on ? sale.endsAt : sale.startsAt) }),
  ].filter((fact) => fact !== false);
  return (
    <section className={classes.sale} data-on={(on && !isGone) || undefined} aria-label={t('sale.badge')}>
      <div className={classes.head}>
        <span className={classes.badge}>
          <IconBolt size={16} aria-hidden /> {t('sale.badge')}
        </span>
        {!isGone && <TimeLeft untilMs={on ? sale.endsAt : sale.startsAt} isOn={on} />}
      </div>
      {isGone ? (
        <p className={classes.facts}>{t('sale.gone')}</p>
      ) : (
        <>
          <p className={classes.prices}>
            <span className={`cw-price ${classes.price}`}>{money(sale.priceMinor, sku.currency)}</span>{' '}
            <WasPrice
              was={sku.priceMinor}
              now={on ? priceNow(sku, sku.minQuantity) : sale.priceMinor}
              currency={sku.currency}
            />
          </p>
          <p className={classes.facts}>{facts.join(' · ')}</p>
        </>
      )}
    </section>
  );
}

/** By the shop's clock. Screen readers hear the date beside it; seconds would only chatter. */
function TimeLeft({ untilMs, isOn }: { untilMs: number; isOn: boolean }) {
  const t = useTexts();
  const [leftMs, setLeftMs] = useState(() => untilMs - serverNowMs());
  useEffect(() => {
    const tick = () => setLeftMs(untilMs - serverNowMs());
    tick();
    const timer = setInterval(tick, 500);
    return () => clearInterval(timer);
  }, [untilMs]);
  const seconds = Math.max(0, Math.ceil(leftMs / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const clock = `${two(Math.floor(seconds / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  const days = Math.floor(seconds / 86_400);
  const time = days > 0 ? t('sale.days', { days, clock }) : clock;
  return (
    <span className={classes.clock} aria-hidden="true">
      {t(isOn ? 'sale.endsIn' : 'sale.startsIn', { time })}
    </span>
  );
}
