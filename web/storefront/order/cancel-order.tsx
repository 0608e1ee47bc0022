import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { OrderView } from '../../../contract/shop.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { cancelOrder } from '../api.ts';
import { orderKey } from '../queries.ts';
import classes from './cancel-order.module.css';
import { useTexts } from './order-texts.ts';

export function CancelOrder({ order, token }: { order: OrderView; token: string }) {
  const t = useTexts();
  const client = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const cancelling = useMutation({
    networkMode: 'always',
    mutationFn: () => cancelOrder(order.id, token),
    onSuccess: (reply) => client.setQueryData<OrderView>(orderKey(order.id), reply.order),
    // Whatever went wrong, the order may have moved on meanwhile.
    onError: () => client.invalidateQueries({ queryKey: orderKey(order.id) }),
  });
  if (!isAsking) {
    return (
      <Button variant="subtle" color="gray" c="dimmed" size="sm" onClick={() => setAsking(true)}>
        {t('order.cancel')}
      </Button>
    );
  }
  return (
    <div className={classes.ask} role="alert">
      <p>{t('order.cancelAsk')}</p>
      {cancelling.error && <ProblemNotice problem={cancelling.error} />}
      <div className={classes.actions}>
        <Button variant="default" size="sm" autoFocus onClick={() => setAsking(false)}>
          {t('order.cancelKeep')}
        </Button>
        <Button
          variant="light"
          color="red"
          size="sm"
          loading={cancelling.isPending}
          onClick={() => cancelling.mutate()}
        >
          {t('order.cancelSure')}
        </Button>
      </div>
    </div>
  );
}
