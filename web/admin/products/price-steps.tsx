import { ActionIcon, Button } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { CountInput } from '../forms/count-input.tsx';
import { MoneyInput } from '../forms/money-input.tsx';
import { useProductTexts } from './product-texts.ts';
import type { StepDraft } from './sku-draft.ts';
import classes from './sku-list.module.css';

interface Props {
  steps: StepDraft[];
  currency: string;
  isWrong: boolean;
  onChange: (steps: StepDraft[]) => void;
}

const maxSteps = 20;

/** Cheaper from so many pieces on. */
export function PriceSteps({ steps, currency, isWrong, onChange }: Props) {
  const t = useProductTexts();
  const change = (key: number, more: Partial<StepDraft>) =>
    onChange(steps.map((step) => (step.key === key ? { ...step, ...more } : step)));
  const add = () => {
    const key = Math.max(0, ...steps.map((step) => step.key)) + 1;
    onChange([...steps, { key, minQuantity: null, priceMinor: null }]);
  };
  return (
    <fieldset className={classes.steps}>
      <legend>{t('sku.steps')}</legend>
      <p className={classes.none}>{t('sku.stepsHint')}</p>
      {steps.map((step) => (
        <div key={step.key} className={classes.step}>
          <CountInput
            label={t('step.from')}
            value={step.minQuantity}
            onChange={(minQuantity) => change(step.key, { minQuantity })}
          />
          <MoneyInput
            label={t('step.price')}
            currency={currency}
            value={step.priceMinor}
            onChange={(priceMinor) => change(step.key, { priceMinor })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('step.remove')}
            onClick={() => onChange(steps.filter((one) => one.key !== step.key))}
          >
            <IconTrash size={18} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      {isWrong && (
        <p role="alert" className={classes.wrong}>
          {t('step.wrong')}
        </p>
      )}
      {steps.length < maxSteps && (
        <Button variant="subtle" size="sm" leftSection={<IconPlus size={16} aria-hidden />} onClick={add}>
          {t('step.add')}
        </Button>
      )}
    </fieldset>
  );
}
