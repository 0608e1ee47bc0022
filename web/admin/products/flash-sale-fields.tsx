import { Switch, TextInput } from '@mantine/core';
import { CountInput } from '../forms/count-input.tsx';
import { FieldGrid } from '../forms/field-grid.tsx';
import { fromLocalTime, localTime } from '../forms/local-time.ts';
import { MoneyInput } from '../forms/money-input.tsx';
import { useProductTexts } from './product-texts.ts';
import type { SaleDraft, SkuFault } from './sku-draft.ts';
import classes from './sku-list.module.css';

interface Props {
  sale: SaleDraft;
  sold: number;
  currency: string;
  faults: ReadonlySet<SkuFault>;
  onChange: (sale: SaleDraft) => void;
}

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A lower price for a while, with limits of its own. */
export function FlashSaleFields({ sale, sold, currency, faults, onChange }: Props) {
  const t = useProductTexts();
  const set = (more: Partial<SaleDraft>) => onChange({ ...sale, ...more });
  return (
    <fieldset className={classes.steps}>
      <legend>{t('sale.title')}</legend>
      <Switch
        label={t('sale.on')}
        checked={sale.isOn}
        onChange={(event) => set({ isOn: event.currentTarget.checked })}
      />
      {sale.isOn && (
        <>
          <p className={classes.none}>
            {t('sale.hint', { zone })} {sold > 0 && t('sale.sold', { count: sold })}
          </p>
          <FieldGrid>
            <TextInput
              type="datetime-local"
              label={t('sale.from')}
              value={localTime(sale.startsAt)}
              onChange={(event) => set({ startsAt: fromLocalTime(event.currentTarget.value) })}
            />
            <TextInput
              type="datetime-local"
              label={t('sale.until')}
              value={localTime(sale.endsAt)}
              error={faults.has('saleWindow') && t('sale.windowWrong')}
              onChange={(event) => set({ endsAt: fromLocalTime(event.currentTarget.value) })}
            />
          </FieldGrid>
          <FieldGrid>
            <MoneyInput
              key={currency}
              label={t('sale.price')}
              currency={currency}
              value={sale.priceMinor}
              error={faults.has('salePrice') && t('sale.priceWrong')}
              onChange={(priceMinor) => set({ priceMinor })}
            />
            <CountInput
              label={t('sale.limit')}
              description={t('sku.limitHint')}
              value={sale.perBuyerLimit}
              error={faults.has('saleLimit') && t('sku.countWrong')}
              onChange={(perBuyerLimit) => set({ perBuyerLimit })}
            />
            <CountInput
              label={t('sale.quantity')}
              description={t('sale.quantityHint')}
              value={sale.quantityLimit}
              error={faults.has('saleQuantity') && t('sku.countWrong')}
              onChange={(quantityLimit) => set({ quantityLimit })}
            />
          </FieldGrid>
        </>
      )}
    </fieldset>
  );
}
