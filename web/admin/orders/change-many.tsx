import { Button } from '@mantine/core';
import { useState } from 'react';
import type { OrderView } from '../../../contract/shop.ts';
import { type BatchAction, batchActions } from '../../../contract/states.ts';
import { IfMay } from '../access/if-may.tsx';
import { AskDialog } from '../ask/ask-dialog.tsx';
import classes from '../list/selection-bar.module.css';
import { useOrderTexts } from './order-texts.ts';
import { changeOrders } from './orders-api.ts';

interface Props {
  orders: readonly OrderView[];
  onDone: () => void;
  onClear: () => void;
}

/** The same for many orders. Each goes by itself; those that would not are told with the reason. */
export function ChangeMany({ orders, onDone, onClear }: Props) {
  const t = useOrderTexts();
  const [asked, setAsked] = useState<BatchAction>();
  const [told, setTold] = useState<string>();
  const run = async (action: BatchAction, reason: string) => {
    const { results } = await changeOrders(
      orders.map(({ id }) => id),
      action,
      reason,
    );
    const left = results.flatMap(({ outcome }) => (outcome === 'done' ? [] : [outcome]));
    const done = results.length - left.length;
    const why = [...new Set(left)].map((outcome) => t(`why.${outcome}`)).join('、');
    setTold(left.length === 0 ? t('many.all', { done }) : t('many.done', { done, left: left.length, why }));
  };
  return (
    <div className={classes.bar}>
      <span>{t('selected', { count: orders.length })}</span>
      {batchActions.map((action) => (
        <IfMay key={action} action={`orders.${action}`}>
          <Button variant="default" size="sm" onClick={() => setAsked(action)}>
            {t(`do.${action}`)}
          </Button>
        </IfMay>
      ))}
      <Button variant="subtle" size="sm" onClick={onClear}>
        {t('unselect')}
      </Button>
      {told && (
        <span role="status" className={classes.report}>
          {told}
        </span>
      )}
      {asked && (
        <AskDialog
          title={`${t('selected', { count: orders.length })} · ${t(`do.${asked}`)}`}
          says={t(`do.${asked}Says`)}
          confirm={t(`do.${asked}Sure`)}
          danger={asked !== 'complete'}
          withReason
          run={(reason) => run(asked, reason)}
          onDone={() => {
            setAsked(undefined);
            onDone();
          }}
          onClose={() => setAsked(undefined)}
        />
      )}
    </div>
  );
}
