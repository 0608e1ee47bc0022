import { NativeSelect, PasswordInput, TextInput } from '@mantine/core';
import type { AnswerFault } from '../../../contract/buyer-answers.ts';
import type { BuyerField } from '../../../contract/buyer-fields.ts';
import type { SkuView } from '../../../contract/shop.ts';
import { useLanguage } from '../../ui/language.ts';
import type { PricedLine } from '../cart/priced-line.ts';
import { useTexts } from '../shop-texts.ts';
import classes from './buyer-forms.module.css';
import { type BuyerInput, fieldId } from './buyer-input.ts';

interface Props {
  lines: readonly PricedLine[];
  value: BuyerInput;
  faults: ReadonlyMap<string, AnswerFault>;
  onChange: (value: BuyerInput) => void;
}

/** What goods that are made by hand need to know of their buyer. */
export function BuyerForms({ lines, value, faults, onChange }: Props) {
  const t = useTexts();
  return lines.map(({ sku, product, skuId }) => {
    if (!sku || sku.buyerFields.length === 0) return null;
    const answers = value.forms[skuId] ?? {};
    const set = (key: string, answer: string) =>
      onChange({ ...value, forms: { ...value.forms, [skuId]: { ...answers, [key]: answer } } });
    return (
      <section key={skuId} className="cw-panel cw-stack" aria-labelledby={`form-${skuId}`}>
        <h2 id={`form-${skuId}`} className="cw-section-title">
          {t('form.title')}
        </h2>
        <p className={`cw-soft ${classes.hint}`}>{t('form.hint', { name: `${product?.name ?? ''} ${sku.name}` })}</p>
        {sku.buyerFields.map((field) => (
          <Answer
            key={field.key}
            sku={sku}
            field={field}
            value={answers[field.key] ?? ''}
            fault={faults.get(fieldId(skuId, field.key))}
            onChange={(answer) => set(field.key, answer)}
          />
        ))}
      </section>
    );
  });
}

interface AnswerProps {
  sku: SkuView;
  field: BuyerField;
  value: string;
  fault: AnswerFault | undefined;
  onChange: (answer: string) => void;
}

function Answer({ sku, field, value, fault, onChange }: AnswerProps) {
  const t = useTexts();
  const language = useLanguage();
  const said = ({ zh, en }: BuyerField['label']) => (language === 'en' ? (en ?? zh) : zh);
  const common = {
    id: fieldId(sku.id, field.key),
    size: 'md' as const,
    label: said(field.label) + (field.required ? '' : t('form.optional')),
    required: field.required,
    value,
    error: fault && t(`form.${fault}`),
    autoComplete: 'off',
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  };
  const maxLength = field.maxLength ?? 300;
  if (field.kind === 'select') {
    const options = (field.options ?? []).map((one) => ({
      value: one.value,
      label: one.label ? said(one.label) : one.value,
    }));
    return <NativeSelect {...common} data={[{ value: '', label: t('form.pick') }, ...options]} />;
  }
  if (field.kind === 'secret') {
    return (
      <PasswordInput
        {...common}
        autoComplete="new-password"
        description={t('form.secretHint')}
        maxLength={maxLength}
        visibilityToggleButtonProps={{ 'aria-label': t('form.show') }}
      />
    );
  }
  const modes = { number: 'numeric', email: 'email', text: 'text' } as const;
  return <TextInput {...common} inputMode={modes[field.kind]} autoCapitalize="off" maxLength={maxLength} />;
}
