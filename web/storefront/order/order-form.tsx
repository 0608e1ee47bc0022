import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AnsweredField } from '../../../contract/buyer-fields.ts';
import type { OrderView } from '../../../contract/shop.ts';
import { useLanguage } from '../../ui/language.ts';
import { formQuery } from '../queries.ts';
import { useTexts } from '../shop-texts.ts';
import classes from './order-facts.module.css';

/** Only goods that somebody or something delivers ask for anything. */
const mayAsk = (order: OrderView): boolean =>
  order.lines.some(({ delivery }) => delivery === 'manual' || delivery === 'webhook');

/** What the buyer told the shop, to check it. */
export function OrderForm({ order, token }: { order: OrderView; token: string }) {
  const t = useTexts();
  const language = useLanguage();
  const { data: lines = [] } = useQuery({ ...formQuery(order.id, token), enabled: mayAsk(order) });
  const fields = lines.flatMap(({ lineNo, fields: of }) => of.map((field) => ({ ...field, lineNo })));
  if (fields.length === 0) return null;
  return (
    <section className="cw-panel" aria-labelledby="form">
      <h2 id="form" className="cw-section-title">
        {t('form.answered')}
      </h2>
      <dl className={classes.facts}>
        {fields.map((field) => (
          <div key={`${field.lineNo} ${field.key}`}>
            <dt>{language === 'en' ? (field.label.en ?? field.label.zh) : field.label.zh}</dt>
            <dd>{field.kind === 'secret' ? <Secret field={field} /> : field.value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Secret({ field }: { field: AnsweredField }) {
  const t = useTexts();
  const [isShown, setShown] = useState(false);
  return (
    <>
      {isShown ? field.value : '••••••'}{' '}
      <Button variant="subtle" size="compact-sm" aria-pressed={isShown} onClick={() => setShown(!isShown)}>
        {t('form.show')}
      </Button>
    </>
  );
}
