import { Checkbox, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { exportFormats } from '../../../contract/card.ts';
import { AskDialog } from '../ask/ask-dialog.tsx';
import { ProveField, prove } from '../ask/prove-field.tsx';
import { useCardTexts } from './card-texts.ts';
import { exportCards } from './cards-api.ts';

interface Props {
  skuId: number;
  /** One import of it only. */
  batchId?: number;
  onDone: () => void;
  onClose: () => void;
}

const statuses = ['available', 'quarantined', 'withdrawn', 'sold'] as const;

/** Cards in clear, out of the shop: with a reason, and only after the owner has proved who they are. */
export function ExportDialog({ skuId, batchId, onDone, onClose }: Props) {
  const t = useCardTexts();
  const [typed, setTyped] = useState('');
  const [status, setStatus] = useState<(typeof statuses)[number]>('available');
  const [format, setFormat] = useState<(typeof exportFormats)[number]>('csv');
  const [withdraw, setWithdraw] = useState(false);
  const isWithdrawing = withdraw && status === 'available';
  return (
    <AskDialog
      title={batchId === undefined ? t('export.title') : t('export.titleBatch', { id: batchId })}
      says={t('export.says')}
      confirm={t('export.sure')}
      danger={isWithdrawing}
      withReason
      blocked={typed === ''}
      run={async (reason) => {
        await prove(typed);
        await exportCards({
          skuId,
          status,
          format,
          withdraw: isWithdrawing,
          reason,
          ...(batchId !== undefined && { batchId }),
        });
      }}
      onDone={onDone}
      onClose={onClose}
    >
      <NativeSelect
        label={t('export.status')}
        value={status}
        data={statuses.map((value) => ({ value, label: t(`count.${value}`) }))}
        onChange={(event) => setStatus(event.currentTarget.value as (typeof statuses)[number])}
      />
      <NativeSelect
        label={t('export.format')}
        value={format}
        data={exportFormats.map((value) => ({ value, label: t(`export.format.${value}`) }))}
        onChange={(event) => setFormat(event.currentTarget.value === 'lines' ? 'lines' : 'csv')}
      />
      {status === 'available' && (
        <Checkbox
          label={t('export.withdraw')}
          description={t('export.withdrawHint')}
          checked={withdraw}
          onChange={(event) => setWithdraw(event.currentTarget.checked)}
        />
      )}
      <ProveField value={typed} onChange={setTyped} />
    </AskDialog>
  );
}
