import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { AskDialog } from '../ask/ask-dialog.tsx';
import { MoneyInput } from '../forms/money-input.tsx';
import { useOrderTexts } from './order-texts.ts';
import { confirmPayment, type OrderDetailReply } from './orders-api.ts';

interface Props {
  payment: OrderDetailReply['payments'][number];
  onDone: () => void;
  onClose: () => void;
}

/** A transfer by hand has arrived: a person says so, with what their account shows. */
export function ConfirmDialog({ payment, onDone, onClose }: Props) {
  const t = useOrderTexts();
  const [amountMinor, setAmountMinor] = useState<number | null>(payment.amountMinor);
  const [bank, setBank] = useState('');
  const bankReference = bank.trim();
  const isWrong = amountMinor === null || amountMinor < 1;
  return (
    <AskDialog
      title={t('confirm.title', { id: payment.id })}
      says={t('confirm.says')}
      confirm={t('confirm.sure')}
      withReason
      blocked={isWrong}
      run={(reason) =>
        confirmPayment(payment.id, { amountMinor: amountMinor ?? 0, reason, ...(bankReference && { bankReference }) })
      }
      onDone={onDone}
      onClose={onClose}
    >
      <MoneyInput
        label={t('confirm.amount')}
        currency={payment.currency}
        value={amountMinor}
        error={isWrong && t('confirm.amountWrong')}
        onChange={setAmountMinor}
      />
      <TextInput
        label={t('confirm.bank')}
        description={t('confirm.bankHint')}
        maxLength={64}
        spellCheck={false}
        value={bank}
        onChange={(event) => setBank(event.currentTarget.value)}
      />
    </AskDialog>
  );
}
