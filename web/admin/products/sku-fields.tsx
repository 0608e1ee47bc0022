import { NativeSelect, TextInput } from '@mantine/core';
import { type SaleStatus, saleStatuses } from '../../../contract/admin-catalogue.ts';
import { type DeliveryMode, deliveryModes } from '../../../contract/states.ts';
import { CountInput } from '../forms/count-input.tsx';
import { FieldGrid } from '../forms/field-grid.tsx';
import { MoneyInput } from '../forms/money-input.tsx';
import { BuyerFieldsEditor } from './buyer-fields-editor.tsx';
import { FlashSaleFields } from './flash-sale-fields.tsx';
import { PriceSteps } from './price-steps.tsx';
import { useProductTexts } from './product-texts.ts';
import type { SkuDraft, SkuFault } from './sku-draft.ts';

interface Props {
  draft: SkuDraft;
  set: <K extends keyof SkuDraft>(name: K) => (value: SkuDraft[K]) => void;
  faults: ReadonlySet<SkuFault>;
  /** Pieces of its flash sale that orders hold. */
  sold: number;
}

export function SkuFields({ draft, set, faults, sold }: Props) {
  const t = useProductTexts();
  return (
    <>
      <FieldGrid>
        <TextInput
          label={t('sku.name')}
          required
          data-autofocus
          maxLength={160}
          value={draft.name}
          error={faults.has('name') && t('form.needName')}
          onChange={(event) => set('name')(event.currentTarget.value)}
        />
        <TextInput
          label={t('sku.nameEn')}
          maxLength={160}
          value={draft.nameEn}
          onChange={(event) => set('nameEn')(event.currentTarget.value)}
        />
      </FieldGrid>
      <FieldGrid>
        <MoneyInput
          // Another currency writes its minor digits differently.
          key={draft.currency}
          label={t('sku.price')}
          required
          currency={draft.currency}
          value={draft.priceMinor}
          error={faults.has('price') && t('sku.priceWrong')}
          onChange={set('priceMinor')}
        />
        <TextInput
          label={t('sku.currency')}
          maxLength={5}
          spellCheck={false}
          value={draft.currency}
          error={faults.has('currency') && t('sku.currencyWrong')}
          onChange={(event) => set('currency')(event.currentTarget.value.toUpperCase())}
        />
      </FieldGrid>
      <FieldGrid>
        <NativeSelect
          label={t('sku.delivery')}
          value={draft.delivery}
          onChange={(event) => set('delivery')(event.currentTarget.value as DeliveryMode)}
          data={deliveryModes.map((mode) => ({ value: mode, label: t(`delivery.${mode}`) }))}
        />
        <NativeSelect
          label={t('form.status')}
          value={draft.status}
          onChange={(event) => set('status')(event.currentTarget.value as SaleStatus)}
          data={saleStatuses.map((status) => ({ value: status, label: t(`status.${status}`) }))}
        />
      </FieldGrid>
      <FieldGrid>
        <CountInput
          label={t('sku.min')}
          value={draft.minQuantity}
          error={faults.has('min') && t('sku.countWrong')}
          onChange={set('minQuantity')}
        />
        <CountInput
          label={t('sku.max')}
          value={draft.maxQuantity}
          error={(faults.has('max') && t('sku.countWrong')) || (faults.has('range') && t('sku.rangeWrong'))}
          onChange={set('maxQuantity')}
        />
        <CountInput
          label={t('sku.limit')}
          description={t('sku.limitHint')}
          value={draft.perBuyerLimit}
          error={faults.has('limit') && t('sku.countWrong')}
          onChange={set('perBuyerLimit')}
        />
      </FieldGrid>
      <FieldGrid>
        <CountInput
          label={t('sku.lowStock')}
          description={t('sku.lowStockHint')}
          value={draft.lowStockAt}
          error={faults.has('lowStock') && t('sku.countWrong')}
          onChange={set('lowStockAt')}
        />
        <CountInput
          label={t('form.position')}
          description={t('form.positionHint')}
          value={draft.position}
          error={faults.has('position') && t('sku.countWrong')}
          onChange={set('position')}
        />
      </FieldGrid>
      <PriceSteps steps={draft.steps} currency={draft.currency} isWrong={faults.has('steps')} onChange={set('steps')} />
      {(draft.delivery === 'manual' || draft.delivery === 'webhook') && (
        <BuyerFieldsEditor fields={draft.fields} isWrong={faults.has('fields')} onChange={set('fields')} />
      )}
      <FlashSaleFields sale={draft.sale} sold={sold} currency={draft.currency} faults={faults} onChange={set('sale')} />
    </>
  );
}
