import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import type { OrderView } from '../../../contract/shop.ts';
import { useMoney } from '../../ui/money.ts';
import { AskDialog } from '../ask/ask-dialog.tsx';
import { MoneyInput } from '../forms/money-input.tsx';
import { useOrderTexts } from './order-texts.ts';
import { refundOrder } from './orders-api.ts';

interface Props {
  order: OrderView;
  /** What can still be given back, in minor units. */
  leftMinor: number;
  onDone: () => void;
  onClose: () => void;
}

export function RefundDialog({ order, leftMinor: leftNow, onDone, onClose }: Props) {
  // As it was when the person began: the page behind goes on asking, and must not agree for them.
  const [leftMinor] = useState(leftNow);
  const t = useOrderTexts();
  const money = useMoney();
  const [amountMinor, setAmountMinor] = useState<number | null>(leftMinor);
  const [mode, setMode] = useState<'channel' | 'recorded'>('channel');
  const isWrong = amountMinor === null || amountMinor < 1 || amountMinor > leftMinor;
  return (
    <AskDialog
      title={t('do.refund')}
      says={t('do.refundSays')}
      confirm={t('do.refundSure')}
      danger
      withReason
      blocked={isWrong}
      run={(reason) =>
        // What was left when the person looked: a refund that somebody else asked for meanwhile is not repeated.
        refundOrder(order.id, {
          reason,
          mode,
          refundableMinor: leftMinor,
          ...(amountMinor !== null && { amountMinor }),
        })
      }
      onDone={onDone}
      onClose={onClose}
    >
      <MoneyInput
        label={t('refund.amount')}
        description={t('refund.amountHint', { max: money(leftMinor, order.currency) })}
        currency={order.currency}
        value={amountMinor}
        error={isWrong && t('refund.amountWrong')}
        onChange={setAmountMinor}
      />
      <NativeSelect
        label={t('refund.mode')}
        value={mode}
        onChange={(event) => setMode(event.currentTarget.value === 'recorded' ? 'recorded' : 'channel')}
        data={[
          { value: 'channel', label: t('refund.mode.channel') },
          { value: 'recorded', label: t('refund.mode.recorded') },
        ]}
      />
    </AskDialog>
  );
}
