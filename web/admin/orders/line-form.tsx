import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AnsweredField } from '../../../contract/buyer-fields.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { useLanguage } from '../../ui/language.ts';
import classes from './line-form.module.css';
import { formQuery } from './order-queries.ts';
import { useOrderTexts } from './order-texts.ts';

/** What the buyer of a line answered at the checkout; passwords stay covered until somebody wants to see them. */
export function LineForm({ orderId, lineNo }: { orderId: string; lineNo: number }) {
  const t = useOrderTexts();
  const { data: lines } = useQuery(formQuery(orderId));
  const fields = lines?.find((line) => line.lineNo === lineNo)?.fields ?? [];
  if (fields.length === 0) return null;
  return (
    <dl className={classes.form} aria-label={t('form.title')}>
      {fields.map((field) => (
        <Answer key={field.key} field={field} />
      ))}
    </dl>
  );
}

function Answer({ field }: { field: AnsweredField }) {
  const t = useOrderTexts();
  const language = useLanguage();
  const [isShown, setShown] = useState(field.kind !== 'secret');
  const name = language === 'en' ? (field.label.en ?? field.label.zh) : field.label.zh;
  return (
    <div className={classes.answer}>
      <dt>{name}</dt>
      <dd>
        <span className={classes.value}>{isShown ? field.value : '••••••'}</span>
        {field.kind === 'secret' && (
          <Button variant="subtle" size="compact-sm" onClick={() => setShown(!isShown)}>
            {t(isShown ? 'form.hide' : 'form.show')}
          </Button>
        )}
        <CopyButton variant="subtle" text={field.value} describes={t('form.copy', { name })} />
      </dd>
    </div>
  );
}
