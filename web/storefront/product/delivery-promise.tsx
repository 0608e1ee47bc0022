import { IconBolt, IconHourglass, IconReceipt, IconShieldLock } from '@tabler/icons-react';
import type { SkuView } from '../../../contract/shop.ts';
import { useTexts } from '../shop-texts.ts';
import classes from './delivery-promise.module.css';

const promiseOf = {
  cards: 'product.promiseAuto',
  loop: 'product.promiseLoop',
  manual: 'product.promiseManual',
  webhook: 'product.promiseWebhook',
} as const;

export function DeliveryPromise({ delivery }: { delivery: SkuView['delivery'] }) {
  const t = useTexts();
  return (
    <ul className={classes.promises}>
      <li>
        {delivery === 'manual' ? <IconHourglass size={18} aria-hidden /> : <IconBolt size={18} aria-hidden />}
        {t(promiseOf[delivery])}
      </li>
      <li>
        <IconReceipt size={18} aria-hidden />
        {t('product.promiseFind')}
      </li>
      {delivery === 'cards' && (
        <li>
          <IconShieldLock size={18} aria-hidden />
          {t('product.promiseSafe')}
        </li>
      )}
    </ul>
  );
}
