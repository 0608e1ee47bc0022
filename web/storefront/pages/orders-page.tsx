import { useId, useState } from 'react';
import { DeviceOrderList } from '../order/device-order-list.tsx';
import { FindByContact } from '../order/find-by-contact.tsx';
import { FindByNumber } from '../order/find-by-number.tsx';
import { useTexts } from '../order/order-texts.ts';
import { useTitle } from '../shell/use-title.ts';
import classes from './orders-page.module.css';

export function OrdersPage() {
  const t = useTexts();
  useTitle(t('orders.title'));
  return (
    <div className={`cw-page ${classes.page}`}>
      <h1 className="cw-page-title">{t('orders.title')}</h1>
      <div className={classes.columns}>
        <DeviceOrderList />
        <FindOrder />
      </div>
    </div>
  );
}

function FindOrder() {
  const t = useTexts();
  const [way, setWay] = useState<'contact' | 'number'>('contact');
  const name = useId();
  return (
    <section aria-labelledby="find">
      <h2 id="find" className="cw-section-title">
        {t('orders.find')}
      </h2>
      <div className="cw-panel">
        <fieldset className={classes.ways}>
          <legend className="cw-sr-only">{t('orders.find')}</legend>
          {(['contact', 'number'] as const).map((choice) => (
            <label key={choice} className={classes.way}>
              <input type="radio" name={name} checked={way === choice} onChange={() => setWay(choice)} />
              {t(choice === 'contact' ? 'orders.byContact' : 'orders.byNumber')}
            </label>
          ))}
        </fieldset>
        {way === 'contact' ? <FindByContact /> : <FindByNumber />}
      </div>
    </section>
  );
}
