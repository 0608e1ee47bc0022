import { Button, NativeSelect, TextInput } from '@mantine/core';
import { type CouponKind, type CouponStatus, couponKinds, couponStatuses } from '../../../contract/admin.ts';
import { CountInput } from '../forms/count-input.tsx';
import { FieldGrid } from '../forms/field-grid.tsx';
import { fromLocalTime, localTime } from '../forms/local-time.ts';
import { MoneyInput } from '../forms/money-input.tsx';
import { type CouponDraft, type CouponFault, inventCode } from './coupon-draft.ts';
import { useCouponTexts } from './coupon-texts.ts';

interface Props {
  draft: CouponDraft;
  set: <K extends keyof CouponDraft>(name: K) => (value: CouponDraft[K]) => void;
  faults: ReadonlySet<CouponFault>;
}

export function CouponFields({ draft, set, faults }: Props) {
  const t = useCouponTexts();
  return (
    <>
      <TextInput
        label={t('field.code')}
        description={t('field.codeHint')}
        required
        data-autofocus
        maxLength={40}
        spellCheck={false}
        value={draft.code}
        error={faults.has('code') && t('field.codeWrong')}
        rightSectionWidth={110}
        rightSection={
          <Button variant="subtle" size="compact-sm" onClick={() => set('code')(inventCode())}>
            {t('field.generate')}
          </Button>
        }
        onChange={(event) => set('code')(event.currentTarget.value.toUpperCase())}
      />
      <CouponTerms draft={draft} set={set} faults={faults} />
      <FieldGrid>
        <NativeSelect
          label={t('field.status')}
          value={draft.status}
          onChange={(event) => set('status')(event.currentTarget.value as CouponStatus)}
          data={couponStatuses.map((status) => ({ value: status, label: t(`status.${status}`) }))}
        />
      </FieldGrid>
    </>
  );
}

/** What the buyer gets, and when: the same for one code and for many. */
export function CouponTerms({ draft, set, faults }: Props) {
  const t = useCouponTexts();
  return (
    <>
      <FieldGrid>
        <NativeSelect
          label={t('field.kind')}
          value={draft.kind}
          onChange={(event) => set('kind')(event.currentTarget.value as CouponKind)}
          data={couponKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
        />
        {draft.kind === 'amount' ? (
          <MoneyInput
            key={draft.currency}
            label={t('field.amount')}
            currency={draft.currency}
            value={draft.amountMinor}
            error={faults.has('value') && t('field.valueWrong')}
            onChange={set('amountMinor')}
          />
        ) : (
          <CountInput
            label={t('field.percent')}
            value={draft.percent}
            error={faults.has('value') && t('field.valueWrong')}
            onChange={set('percent')}
          />
        )}
        <TextInput
          label={t('field.currency')}
          description={t('field.currencyHint')}
          maxLength={5}
          spellCheck={false}
          value={draft.currency}
          error={faults.has('currency') && t('field.currencyWrong')}
          onChange={(event) => set('currency')(event.currentTarget.value.toUpperCase())}
        />
      </FieldGrid>
      <FieldGrid>
        <MoneyInput
          key={draft.currency}
          label={t('field.min')}
          currency={draft.currency}
          value={draft.minTotalMinor}
          error={faults.has('min') && t('field.valueWrong')}
          onChange={set('minTotalMinor')}
        />
        <CountInput
          label={t('field.max')}
          description={t('field.maxHint')}
          value={draft.maxUses}
          error={faults.has('max') && t('field.countWrong')}
          onChange={set('maxUses')}
        />
        <CountInput
          label={t('field.product')}
          description={t('field.productHint')}
          value={draft.productId}
          error={faults.has('product') && t('field.countWrong')}
          onChange={set('productId')}
        />
      </FieldGrid>
      <FieldGrid>
        <TextInput
          type="datetime-local"
          label={t('field.starts')}
          value={localTime(draft.startsAt)}
          onChange={(event) => set('startsAt')(fromLocalTime(event.currentTarget.value))}
        />
        <TextInput
          type="datetime-local"
          label={t('field.ends')}
          value={localTime(draft.endsAt)}
          error={faults.has('window') && t('field.windowWrong')}
          onChange={(event) => set('endsAt')(fromLocalTime(event.currentTarget.value))}
        />
        <CountInput
          label={t('field.perBuyer')}
          description={t('field.perBuyerHint')}
          value={draft.perBuyer}
          error={faults.has('perBuyer') && t('field.countWrong')}
          onChange={set('perBuyer')}
        />
      </FieldGrid>
    </>
  );
}
